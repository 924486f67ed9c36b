"""The kinds of signatures of a root hash: of OpenSSH and of minisign, and timestamps of RFC 3161.

Each is made and checked by the program of its own, because a library should be able to do both without this one. A key
that is trusted is given as a file: the allowed signers of OpenSSH, a public key of minisign, or the certificate of an
authority that makes timestamps.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fleuron.archive.signatures.programs import run, sign_by
from fleuron.publish.settings import CommandError

# What a signature of OpenSSH is for; one for another purpose is not accepted.
NAMESPACE = "fleuron-archive"
SSH, MINISIGN, TIMESTAMP = ".sig", ".minisig", ".tsr"
CHECK = "to check the signature of a root hash"


@dataclass(frozen=True)
class CheckedSignature:
    """Whether a signature is that of a root hash, whether by whom is trusted, and what to say of it."""

    is_good: bool
    is_trusted: bool
    sentence: str


def sign(file: Path, key: Path) -> Path:
    """Sign a root hash with a key of OpenSSH or minisign, and return the signature; an older one is replaced."""
    if not key.is_file():
        raise CommandError(f"the key {key} does not exist")
    with key.open("rb") as stream:
        beginning = stream.read(200)
    if beginning.startswith(b"untrusted comment:"):
        signature = file.with_name(file.name + MINISIGN)
        sign_by(["minisign", "-S", "-s", key, "-m", file, "-x", signature], "to sign with this key")
        return signature
    signature = file.with_name(file.name + SSH)
    signature.unlink(missing_ok=True)  # ssh-keygen asks before it replaces one
    sign_by(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, file], "to sign with this key")
    return signature


def add_timestamp(file: Path, token: Path) -> Path:
    """Put a timestamp of a root hash beside it, and return it; raise CommandError if it is that of another file."""
    if not token.is_file():
        raise CommandError(f"the timestamp {token} does not exist")
    checked = check_timestamp(file, token, None)
    if not checked.is_good:
        raise CommandError(f"{token} is not a timestamp of {file}: {checked.sentence}")
    target = file.with_name(file.name + TIMESTAMP)
    if token.resolve() != target.resolve():
        shutil.copyfile(token, target)
    return target


def kind_of_trust(path: Path) -> str:
    """Return the suffix of the signatures that a trusted key is for; raise CommandError if it is not a key."""
    if not path.is_file():
        raise CommandError(f"there is no file {path} of trusted keys")
    text = path.read_text("utf-8", "replace")
    if "-----BEGIN CERTIFICATE-----" in text:
        return TIMESTAMP
    if text.startswith("untrusted comment:"):
        return MINISIGN
    if re.search(r"^\S+ .*(?:ssh|ecdsa|sk)-\S+ AAAA", text, re.MULTILINE):
        return SSH
    raise CommandError(
        f"{path} has no key that can be trusted: give the allowed signers of ssh-keygen (a name, a space and a public "
        "key), a public key of minisign, or a certificate (PEM) of an authority for timestamps"
    )


def check_ssh(file: Path, signature: Path, trusted: Path | None) -> CheckedSignature:
    """Check a signature of OpenSSH; whose it is can be known only by the allowed signers."""
    content = file.read_bytes()
    options: list[str | Path] = ["-n", NAMESPACE, "-s", signature]
    done = run(["ssh-keygen", "-Y", "check-novalidate", *options], CHECK, content)
    key = re.search(r"(\S+) key (SHA256:\S+)", done.stdout)
    if done.returncode or not key:
        return CheckedSignature(False, False, "it is not the signature of this root hash")
    named = f"{key[1]} key {key[2]}"
    if trusted is None:
        return CheckedSignature(True, False, f"made with the {named}; whose that is was not checked")
    principals = run(["ssh-keygen", "-Y", "find-principals", "-f", trusted, "-s", signature], CHECK)
    for signer in principals.stdout.splitlines():
        verified = run(["ssh-keygen", "-Y", "verify", "-f", trusted, "-I", signer, *options], CHECK, content)
        if not verified.returncode:
            return CheckedSignature(True, True, f"made by {signer} with the {named}")
    return CheckedSignature(True, False, f"made with the {named}, which is not one of {trusted.name}")


def check_minisign(file: Path, signature: Path, trusted: Path | None) -> CheckedSignature:
    """Check a signature of minisign, which cannot be checked at all without the public key."""
    if trusted is None:
        return CheckedSignature(True, False, "not checked: that needs the public key of minisign")
    done = run(["minisign", "-V", "-p", trusted, "-m", file, "-x", signature], CHECK)
    if done.returncode:
        return CheckedSignature(False, False, f"it was not made with the key {trusted.name}")
    comment = re.search(r"^Trusted comment: (.*)$", done.stdout, re.MULTILINE)
    return CheckedSignature(True, True, f"made with the key {trusted.name}" + (f" ({comment[1]})" if comment else ""))


def check_timestamp(file: Path, token: Path, trusted: Path | None) -> CheckedSignature:
    """Check a timestamp of RFC 3161: an answer of an authority, or its token alone."""
    token_option = next((each for each in ([], ["-token_in"]) if timestamp_text(token, each)), None)
    if token_option is None:
        return CheckedSignature(False, False, "it is not a timestamp of RFC 3161")
    text = timestamp_text(token, token_option)
    time = re.search(r"^Time stamp: (.*)$", text, re.MULTILINE)
    algorithm = re.search(r"^Hash Algorithm: (\S+)$", text, re.MULTILINE)
    if not time or not algorithm:
        return CheckedSignature(False, False, "it has no time")
    digest = run(["openssl", "dgst", f"-{algorithm[1]}", "-r", file], CHECK).stdout.partition(" ")[0]
    if not digest or digest != imprint_in(text):
        return CheckedSignature(False, False, "it is that of another content")
    if trusted is None:
        return CheckedSignature(True, False, f"of {time[1]}; which authority made it was not checked")
    command: list[str | Path] = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        file,
        "-in",
        token,
        *token_option,
        "-CAfile",
        trusted,
    ]
    done = run([*command, "-untrusted", trusted], CHECK)
    if done.returncode:
        return CheckedSignature(False, False, f"the authority of {trusted.name} did not make it")
    return CheckedSignature(True, True, f"of {time[1]}, by the authority of {trusted.name}")


def timestamp_text(token: Path, options: list[str]) -> str:
    """Return what OpenSSL tells of a timestamp, or an empty string if it cannot read it."""
    done = run(["openssl", "ts", "-reply", "-in", token, *options, "-text"], CHECK)
    return done.stdout if done.returncode == 0 else ""


def imprint_in(text: str) -> str:
    """Return the digest in what OpenSSL tells of a timestamp, from the lines of bytes below “Message data:”."""
    lines = text.partition("Message data:\n")[2].splitlines()
    digits = ""
    for line in lines:
        dumped = re.match(r"    [0-9a-f]{4} - ((?:[0-9a-f]{2}[ -]){1,16})", line)
        if not dumped:
            break
        digits += re.sub("[ -]", "", dumped[1])
    return digits


CHECKS: dict[str, tuple[str, Callable[[Path, Path, Path | None], CheckedSignature]]] = {
    SSH: ("signature", check_ssh),
    MINISIGN: ("signature of minisign", check_minisign),
    TIMESTAMP: ("timestamp", check_timestamp),
}
