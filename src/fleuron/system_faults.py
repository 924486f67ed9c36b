"""Say in one message what the operating system refuses: to write on a full disk, or into a folder of somebody else."""

from __future__ import annotations

import errno
import os

# What stops a build, whatever it writes; by the exit code of a Sphinx process that was stopped by it, because a message
# may not fit on the disk any more.
EXIT_CODES = {errno.ENOSPC: 74, errno.EDQUOT: 75, errno.EFBIG: 76, errno.EROFS: 77}
PROBLEMS = {code: problem for problem, code in EXIT_CODES.items()}
MORE_SPACE = "free some space there, or name another folder"
OTHER_RIGHTS = "allow yourself to write there, or name another folder"
ADVICE = {
    errno.ENOSPC: MORE_SPACE,
    errno.EDQUOT: MORE_SPACE,
    errno.EFBIG: "allow larger files (ulimit -f)",
    errno.EROFS: OTHER_RIGHTS,
    errno.EACCES: OTHER_RIGHTS,
    errno.EPERM: OTHER_RIGHTS,
    errno.ENAMETOOLONG: "use shorter names",
    errno.ENOTDIR: "a part of this path is a file; name another folder",
    errno.EEXIST: "this is not a folder; name another one",
}


def stops_builds(error: BaseException) -> bool:
    """Return whether an exception says that nothing more can be written, wherever it was raised."""
    return isinstance(error, OSError) and error.errno in EXIT_CODES


def message_of_fault(error: OSError) -> str:
    """Return the message about what the system refuses: the file or folder, why, and what to do."""
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    problem = error.strerror or str(error)
    advice = ADVICE.get(error.errno or 0, "")
    return "".join((f"{place}: " if place else "", problem, f"; {advice}" if advice else ""))


def fault_of_exit_code(code: int, folder: str) -> OSError | None:
    """Return what stopped a Sphinx process that built in ``folder``, if it ended with a code for it."""
    problem = PROBLEMS.get(code)
    return OSError(problem, os.strerror(problem), folder) if problem else None
