"""Make a folder a bag (BagIt 1.0, RFC 8493), so that the same files always make the same bag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fleuron.archive.bag.bag_files import Fault, survey
from fleuron.archive.bag.bag_info import info_text, oxum
from fleuron.archive.bag.digests import digest, digest_all
from fleuron.archive.bag.manifests import BAG_INFO, DECLARATION, MANIFEST, TAG_MANIFEST, foreign, manifest_text

# RFC 8493, 2.1.1: exactly these two lines.
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write_bag(folder: Path, info: Mapping[str, str | Sequence[str]]) -> None:
    """Make a folder that has data/ a bag, in place; all that stands beside data/ becomes a tag file.

    ``info`` is what bag-info.txt says; Payload-Oxum is counted. Raise ValueError, and write nothing, if the folder
    holds what a bag may not, or a tag is missing.
    """
    contents = survey(folder)  # as the proof does, so that what is refused there is refused here
    payload = contents.payload()
    faults = [*contents.faults, *foreign(contents.files)]
    if "data" not in contents.folders:
        faults.append(Fault("data", "is missing"))
    refuse(faults)
    about = info_text(info, oxum(payload.values()))
    listed = manifest_text(checksums(folder, payload))
    # What covered another state of the folder: without it, a bag that is interrupted half written is no bag.
    (folder / TAG_MANIFEST).unlink(missing_ok=True)
    write_text(folder / MANIFEST, listed)
    write_text(folder / BAG_INFO, about)
    write_text(folder / DECLARATION, DECLARED)
    tags = {*contents.tags(), MANIFEST, BAG_INFO, DECLARATION} - {TAG_MANIFEST}
    write_text(folder / TAG_MANIFEST, manifest_text(checksums(folder, tags)))


def refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise ValueError("no bag can be made: " + "; ".join(str(each) for each in faults))


def checksums(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Compute the SHA-512 of files; raise ValueError if one cannot be read."""
    digests, faults = digest_all(folder, paths)
    refuse(faults)
    return {path: each.sha512 for path, each in digests.items()}


def write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def root_hash(folder: Path) -> str:
    """Return the SHA-512 of the tag manifest, which stands for all of the bag.

    The tag manifest covers all tag files, and among them the manifest, which covers the payload (RFC 8493, 2.2.1).
    Nothing in a bag covers the tag manifest: who keeps this hash elsewhere can prove the bag unchanged.
    """
    return f"sha512:{digest(folder, TAG_MANIFEST).sha512}"
