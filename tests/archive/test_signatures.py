"""A root hash signed and timestamped by OpenSSH, minisign and OpenSSL, and what verification says of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from fleuron.archive.bag.writing import root_hash
from fleuron.archive.signatures.kinds import add_timestamp, imprint_in, kind_of_trust, sign
from fleuron.archive.signatures.root_hash_file import read_root_hash, root_hash_file, write_root_hash
from fleuron.publish.settings import CommandError
from tests.archive.test_bag import PLAIN, make
from tests.support.publications import Result, run_in_process

needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
needs_minisign = pytest.mark.skipif(not shutil.which("minisign"), reason="minisign is not installed")


def run(*command: str | Path, cwd: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A bag with its root hash beside it."""
    made = make(tmp_path / "small-v1.0", PLAIN)
    write_root_hash(made)
    return made


def verify(bag: Path, *trusted: Path) -> Result:
    return run_in_process(["verify", str(bag), *(word for key in trusted for word in ("--trust", str(key)))])


def new_key(folder: Path, name: str) -> tuple[Path, Path]:
    """Return a new key of OpenSSH, and a file that says whose it is."""
    key = folder / name
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key, cwd=folder)
    signers = folder / f"{name}.signers"
    signers.write_text(f"{name}@press.example {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    return key, signers


def test_the_root_hash_lies_beside_the_bag_and_its_tar(bag: Path) -> None:
    file = bag.with_name("small-v1.0.roothash")
    assert root_hash_file(bag) == root_hash_file(bag.with_name("small-v1.0.tar")) == file
    assert file.read_text("utf-8") == f"{root_hash(bag)}  small-v1.0\n"
    assert read_root_hash(file) == root_hash(bag)
    done = verify(bag)
    assert done.code == 0 and "signature" not in done.output


def test_a_root_hash_of_another_bag_is_told(bag: Path) -> None:
    file = root_hash_file(bag)
    file.write_text(f"sha512:{'0' * 128}  small-v1.0\n", "utf-8")
    done = verify(bag)
    assert done.code == 1 and f"small-v1.0.roothash: is not that of this bag, which is {root_hash(bag)}" in done.output
    file.write_text("nothing\n", "utf-8")
    done = verify(bag)
    assert done.code == 1 and "small-v1.0.roothash: cannot be used" in done.output


@needs_ssh
def test_a_signature_of_ssh_is_checked_and_said_whose_it_is(bag: Path, tmp_path: Path) -> None:
    (key, signers), (_other, others) = new_key(tmp_path, "ada"), new_key(tmp_path, "bob")
    sign(root_hash_file(bag), key)
    sign(root_hash_file(bag), key)  # in place of the first
    unchecked = verify(bag)
    assert unchecked.code == 0
    assert "small-v1.0.roothash.sig: signature, made with the ED25519 key SHA256:" in unchecked.output
    assert "whose that is was not checked" in unchecked.output
    trusted = verify(bag, signers)
    assert trusted.code == 0 and "signature, made by ada@press.example with the ED25519 key" in trusted.output
    stranger = verify(bag, others)
    assert stranger.code == 1 and "which is not one of bob.signers" in stranger.output


@needs_ssh
def test_a_signature_of_something_else_is_wrong(bag: Path, tmp_path: Path) -> None:
    key, signers = new_key(tmp_path, "ada")
    file = root_hash_file(bag)
    right = file.read_text("utf-8")
    file.write_text(right.replace("small-v1.0", "small-v2.0"), "utf-8")
    sign(file, key)
    file.write_text(right, "utf-8")
    for keys in ((), (signers,)):
        done = verify(bag, *keys)
        assert done.code == 1 and "wrong signature, it is not the signature of this root hash" in done.output
    # For another purpose, as a letter is signed.
    file.with_name(f"{file.name}.sig").unlink()
    run("ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "file", file, cwd=tmp_path)
    assert verify(bag, signers).code == 1
    file.unlink()
    done = verify(bag)
    assert done.code == 1 and "small-v1.0.roothash: is missing" in done.output


@needs_ssh
def test_who_trusts_a_key_is_told_that_nothing_is_signed(bag: Path, tmp_path: Path) -> None:
    _key, signers = new_key(tmp_path, "ada")
    done = verify(bag, signers)
    assert done.code == 1 and "has no signature or timestamp that ada.signers could prove" in done.output
    root_hash_file(bag).unlink()
    assert verify(bag, signers).code == 1


CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
default_policy = 1.2.3.4
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
signer_digest = sha256
[request]
distinguished_name = name
[name]
[stamping]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[authority]
basicConstraints = critical,CA:TRUE
"""


def timestamps(folder: Path) -> Path:
    """Make an authority for timestamps in a folder, and return its certificate."""
    folder.mkdir()
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder), "utf-8")
    (folder / "serial").write_text("01\n", "utf-8")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    new = ("openssl", "req", "-config", "openssl.cnf", *curve)
    authority = ("-x509", "-extensions", "authority", "-days", "30000", "-subj", "/CN=Authority")
    run(*new, *authority, "-keyout", "ca.key", "-out", "ca.pem", cwd=folder)
    run(*new, "-subj", "/CN=Clock", "-keyout", "clock.key", "-out", "clock.csr", cwd=folder)
    signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30000")
    extended = ("-extfile", "openssl.cnf", "-extensions", "stamping")
    run("openssl", "x509", "-req", "-in", "clock.csr", *signed, *extended, "-out", "clock.pem", cwd=folder)
    return folder / "ca.pem"


def timestamp(folder: Path, file: Path, digest: str, more: Sequence[str] = ()) -> Path:
    """Return the answer of the authority in a folder for a file."""
    run("openssl", "ts", "-query", "-data", file, f"-{digest}", "-cert", "-out", "query.tsq", cwd=folder)
    reply = ("openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq")
    keys = ("-signer", "clock.pem", "-inkey", "clock.key", "-chain", "ca.pem")
    run(*reply, *keys, *more, "-out", "answer.tsr", cwd=folder)
    return folder / "answer.tsr"


@needs_openssl
def test_a_timestamp_is_kept_beside_the_bag_and_checked(bag: Path, tmp_path: Path) -> None:
    certificate, file = timestamps(tmp_path / "authority"), root_hash_file(bag)
    answer = timestamp(certificate.parent, file, "sha512")
    assert add_timestamp(file, answer).read_bytes() == answer.read_bytes()
    unchecked = verify(bag)
    assert unchecked.code == 0
    assert "small-v1.0.roothash.tsr: timestamp, of " in unchecked.output
    assert "GMT; which authority made it was not checked" in unchecked.output
    trusted = verify(bag, certificate)
    assert trusted.code == 0 and "GMT, by the authority of ca.pem" in trusted.output
    other = timestamps(tmp_path / "other").rename(tmp_path / "other.pem")
    stranger = verify(bag, other)
    assert stranger.code == 1 and "the authority of other.pem did not make it" in stranger.output


@needs_openssl
def test_a_token_alone_is_a_timestamp_too_and_that_of_another_file_is_refused(bag: Path, tmp_path: Path) -> None:
    certificate, file = timestamps(tmp_path / "authority"), root_hash_file(bag)
    other = tmp_path / "other"
    other.write_text("other", "utf-8")
    with pytest.raises(CommandError, match="it is that of another content"):
        add_timestamp(file, timestamp(certificate.parent, other, "sha512"))
    (tmp_path / "nonsense").write_text("nonsense", "utf-8")
    with pytest.raises(CommandError, match="it is not a timestamp of RFC 3161"):
        add_timestamp(file, tmp_path / "nonsense")
    add_timestamp(file, timestamp(certificate.parent, file, "sha256", ["-token_out"]))
    assert verify(bag, certificate).code == 0
    file.with_name(f"{file.name}.tsr").write_bytes(timestamp(certificate.parent, other, "sha256").read_bytes())
    done = verify(bag, certificate)
    assert done.code == 1 and "wrong timestamp, it is that of another content" in done.output


def test_the_digest_is_read_from_what_openssl_prints() -> None:
    text = (
        "Hash Algorithm: sha256\nMessage data:\n"
        "    0000 - 00 01 02 03 04 05 06 07-08 09 0a 0b 0c 0d 0e 0f   ................\n"
        "    0010 - 10 11 12 13 14 15 16 17-18 19 1a 1b 1c 1d 1e 1f   ................\n"
        "Serial number: 0x01\n"
    )
    assert imprint_in(text) == bytes(range(32)).hex()


@needs_minisign
def test_a_signature_of_minisign_is_checked(bag: Path, tmp_path: Path) -> None:
    for name in ("ada", "bob"):
        run("minisign", "-G", "-W", "-p", f"{name}.pub", "-s", f"{name}.key", cwd=tmp_path)
    sign(root_hash_file(bag), tmp_path / "ada.key")
    unchecked = verify(bag)
    assert unchecked.code == 0 and "not checked: that needs the public key of minisign" in unchecked.output
    trusted = verify(bag, tmp_path / "ada.pub")
    assert trusted.code == 0 and "signature of minisign, made with the key ada.pub (timestamp:" in trusted.output
    stranger = verify(bag, tmp_path / "bob.pub")
    assert stranger.code == 1 and "it was not made with the key bob.pub" in stranger.output


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"the key .* does not exist"):
        sign(tmp_path / "file", tmp_path / "absent")
    with pytest.raises(CommandError, match="there is no file"):
        kind_of_trust(tmp_path / "absent")
    (tmp_path / "text").write_text("nothing", "utf-8")
    with pytest.raises(CommandError, match="has no key that can be trusted"):
        kind_of_trust(tmp_path / "text")
