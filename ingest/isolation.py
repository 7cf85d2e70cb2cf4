"""Untrusted files are read in a child process that can be killed: too slow, too much memory, or a crash costs one file.

The child is a fresh Python process that talks over its standard input and output, so nothing of the caller is copied
into it and the caller's main module is not run again. A `Worker` keeps its child for many files, since starting one
takes about half a second; only a kill, a crash or running out of memory makes it start another.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from ingest.errors import UnreadableFile

P = ParamSpec("P")
R = TypeVar("R")

STARTUP_SECONDS = 60.0
RUNS_OF_ONE_CHILD = 200
"""After so many files a child makes way for a new one: native libraries never give all memory back."""


class _ChildError(Exception):
    """What went wrong in the child, with its traceback: the cause of the sentence that the caller sees."""


class Worker:
    """Runs module-level functions in a child process with limits on time and memory, one call at a time.

    `seconds` is wall-clock time of one call, `memory_mb` the address space of the child in MiB. `hear` is given every
    message that the function sends with `report` while it runs, in the thread of the call.
    """

    def __init__(self, *, seconds: float, memory_mb: int) -> None:
        self.seconds = seconds
        self.memory_mb = memory_mb
        self.hear: Callable[[str], None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._to: Connection | None = None
        self._from: Connection | None = None
        self._runs = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function(*args, **kwargs)` returns in the child. Function, arguments and result must pickle.

        Raises `UnreadableFile` when the function does, and when it is too slow, needs too much memory, crashes the
        child or raises anything else.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None or self._runs >= RUNS_OF_ONE_CHILD:
                self._start()
            self._runs += 1
            outcome, value = self._exchange(pickle.dumps((function, args, kwargs, self.seconds)))
            if outcome == "returned":
                return cast(R, value)
            if outcome == "unreadable":
                raise UnreadableFile(str(value))
            if outcome == "memory":
                self._stop()
                raise UnreadableFile(_too_much_memory(self.memory_mb))
            name, message, trace = value
            raise UnreadableFile(
                f"读取时程序出错（{name}: {message}），请把这个文件反馈给维护者。"
                f" The reader failed ({name}: {message}); please report this file."
            ) from _ChildError(trace)

    def close(self) -> None:
        """End the child. The worker can be used again and starts another then."""
        with self._lock:
            self._stop()

    def _exchange(self, request: bytes) -> tuple[str, Any]:
        assert self._to is not None
        assert self._from is not None
        try:
            self._to.send_bytes(request)
            until = time.monotonic() + self.seconds
            while self._from.poll(max(0.0, until - time.monotonic())):
                outcome, value = pickle.loads(self._from.recv_bytes())
                if outcome != "report":
                    return str(outcome), value
                if self.hear is not None:
                    self.hear(str(value))
            self._stop()
            raise UnreadableFile(
                f"读取超过 {self.seconds:g} 秒，已停止；文件可能过大或有意构造，请拆分后再试。"
                f" Reading took more than {self.seconds:g} s and was stopped; the file may be too large or crafted."
            )
        except (EOFError, OSError) as error:
            code = self._process.wait(5) if self._process is not None else None
            self._stop()
            raise UnreadableFile(
                f"读取程序中途退出（代码 {code}），文件可能损坏，或超出内存上限 {self.memory_mb} MB。"
                f" The reader stopped (code {code}); the file may be damaged or need more than {self.memory_mb} MB."
            ) from error

    def _start(self) -> None:
        self._stop()
        # the child finds modules where its parent does, tests and editable installs included
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from ingest.isolation import _serve; _serve({self.memory_mb})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._from = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._process.stdin.close()
        self._process.stdout.close()
        self._runs = 0
        if not self._from.poll(STARTUP_SECONDS) or self._from.recv_bytes() != b"ready":
            self._stop()
            raise RuntimeError("the reading process did not start")

    def _stop(self) -> None:
        for connection in (self._to, self._from):
            if connection is not None:
                connection.close()
        self._to = self._from = None
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            self._process = None


def run(function: Callable[..., R], *args: object, seconds: float, memory_mb: int) -> R:
    """One call in a child of its own; see `Worker.run`. For many files keep a `Worker`."""
    with Worker(seconds=seconds, memory_mb=memory_mb) as worker:
        return worker.run(function, *args)


_caller: Connection | None = None
"""In the child: where answers go."""


def report(message: str) -> None:
    """Send a message to the worker's `hear` from inside a call; outside a child nothing happens."""
    if _caller is not None:
        _caller.send_bytes(pickle.dumps(("report", message)))


def _too_much_memory(memory_mb: int) -> str:
    return (
        f"读取需要的内存超过上限 {memory_mb} MB，已停止；文件可能过大或有意构造，请拆分后再试。"
        f" Reading needs more than {memory_mb} MB and was stopped; the file may be too large or crafted."
    )


def _serve(memory_mb: int) -> None:
    """The child: take a call from standard input, answer on standard output, until the input ends."""
    global _caller
    _caller = answers = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what a library prints must not get between the answers
    requests = Connection(os.dup(0), writable=False)
    _limit_memory(memory_mb)
    answers.send_bytes(b"ready")
    while True:
        try:
            request = requests.recv_bytes()
        except (EOFError, OSError):
            return
        answers.send_bytes(_answer(request))


def _answer(request: bytes) -> bytes:
    try:
        function, args, kwargs, seconds = pickle.loads(request)
        if not gc.get_freeze_count():
            gc.freeze()  # what was just imported stays: looking through it for garbage took a tenth of the time
        _limit_time(seconds)
        return pickle.dumps(("returned", function(*args, **kwargs)))
    except UnreadableFile as error:
        return pickle.dumps(("unreadable", str(error)))
    except MemoryError:
        return pickle.dumps(("memory", None))
    except BaseException as error:
        return pickle.dumps(("failed", (type(error).__name__, str(error)[:300], traceback.format_exc())))


def _limit_memory(memory_mb: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has the limit
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most < 0 else min(wanted, most), most))


def _limit_time(seconds: float) -> None:
    """A child whose parent was killed must not work on for ever: processor time beyond the caller's limit ends it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + 4 * seconds + 60), most))
