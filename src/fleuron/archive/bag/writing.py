"""Write a bag (BagIt 1.0, RFC 8493); the same files give the same bag.

Written here and not by bagit.py: bagit.py 1.9 was measured to write BagIt 0.97 with no way to choose 1.0; not to encode
the “%” of file names (its issue 157), so that it finds its own bag of “a%0Ab.txt” incomplete; to sort the tags of
bag-info.txt; to move what is beside data/ into the payload; to accept symbolic links and names that differ only in
letter case; and to move the files before it writes anything, so that an interrupted run leaves a changed folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fleuron.archive.bag.bag_files import Fault, list_contents
from fleuron.archive.bag.bag_info import bag_info_text, payload_oxum
from fleuron.archive.bag.digests import digest, digest_all
from fleuron.archive.bag.manifests import BAG_INFO, DECLARATION, MANIFEST, TAG_MANIFEST, manifest_text, unexpected_files

# RFC 8493, 2.1.1: exactly these two lines.
DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write_bag(folder: Path, info: Mapping[str, str | Sequence[str]]) -> None:
    """Turn a folder with a subfolder data/ into a bag; all files beside data/ become tag files.

    ``info`` are the tags of bag-info.txt; Payload-Oxum is added. Raise ValueError, and write nothing, if the folder
    contains what is not allowed in a bag, or a tag is missing.
    """
    contents = list_contents(folder)  # as verification does, so that both refuse the same
    payload = contents.payload()
    faults = [*contents.faults, *unexpected_files(contents.files)]
    if "data" not in contents.folders:
        faults.append(Fault("data", "is missing"))
    raise_if_faulty(faults)
    bag_info = bag_info_text(info, payload_oxum(payload.values()))
    manifest = manifest_text(checksums(folder, payload))
    # Removed first and written last, so that an interrupted run does not leave a valid bag.
    (folder / TAG_MANIFEST).unlink(missing_ok=True)
    write_text(folder / MANIFEST, manifest)
    write_text(folder / BAG_INFO, bag_info)
    write_text(folder / DECLARATION, DECLARED)
    tags = {*contents.tags(), MANIFEST, BAG_INFO, DECLARATION} - {TAG_MANIFEST}
    write_text(folder / TAG_MANIFEST, manifest_text(checksums(folder, tags)))


def raise_if_faulty(faults: Sequence[Fault]) -> None:
    if faults:
        raise ValueError("cannot make a bag: " + "; ".join(map(str, faults)))


def checksums(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Compute the SHA-512 of files; raise ValueError if one cannot be read."""
    digests, faults = digest_all(folder, paths)
    raise_if_faulty(faults)
    return {path: found.sha512 for path, found in digests.items()}


def write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def root_hash(folder: Path) -> str:
    """Return the SHA-512 of the tag manifest, which identifies the whole bag.

    The tag manifest covers all tag files; one of them is the manifest, which covers the payload (RFC 8493, 2.2.1).
    Nothing in a bag covers the tag manifest itself, so that this hash must be kept elsewhere.
    """
    return f"sha512:{digest(folder, TAG_MANIFEST).sha512}"
