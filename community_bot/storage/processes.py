"""Processes of this machine, as far as Linux shows them: which space, which number, since when."""

import functools
import hashlib
import os
from pathlib import Path

PROC = Path("/proc")
_START = 19  # of the fields behind the name, which may hold anything (proc_pid_stat(5), field 22)


@functools.cache
def space() -> str:
    """Name the space in which a process number means one process; "" where nobody can tell."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii")
        seen_from_here = str((PROC / "self/ns/pid").readlink())
    except OSError:
        return ""
    return hashlib.sha256(f"{boot} {seen_from_here}".encode()).hexdigest()[:16]


def started(pid: int) -> str:
    """Return when a process began, as the kernel counts; "" where it does not say."""
    try:
        said = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return said.rpartition(")")[2].split()[_START]


def is_there(pid: int) -> bool:
    """Say whether a process runs; one that is not ours to ask does."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
