"""One writer at a time: a lock on a file beside the book, and a note of which process holds it.

The operating system drops the lock when its holder dies, however it dies; the note may then be stale but is only read
while the lock is held by somebody.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock


class LockedError(Exception):
    """Another process writes; the message says which and what to do."""


class WriterLock:
    """The right to write beside `path`. `acquire` raises `LockedError` at once when another process has it."""

    def __init__(self, path: Path) -> None:
        self._note = path.with_name(path.name + ".writer")
        self._path = path.with_name(path.name + ".lock")
        self._lock: BaseFileLock | None = None

    def acquire(self) -> None:
        """Take the lock and leave a note of who holds it. Raises `LockedError`."""
        from filelock import FileLock, Timeout  # takes 0.05 s, which only writers need to spend

        lock = FileLock(str(self._path), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise LockedError(self._who()) from None
        self._lock = lock
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:120],
            "since": time.strftime("%Y-%m-%d %H:%M:%S"),
        }
        self._note.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._lock is not None:
            self._note.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def _who(self) -> str:
        try:
            holder = json.loads(self._note.read_text(encoding="utf-8"))
            who = "process {pid} on {host} ({command}), since {since}".format(**holder)
        except (OSError, ValueError, KeyError):
            who = "another process"
        place = self._note.parent
        return f"{place} is being written by {who}. Wait until it is done, stop it, or use another --store."
