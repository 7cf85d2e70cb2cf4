"""A child process that is slow, greedy or dies costs one call, and says why in a sentence."""

from __future__ import annotations

import gc
import os
import time

import pytest

from ingest.errors import UnreadableFile
from ingest.isolation import Worker, report, run


def add(left: int, right: int) -> int:
    print("printing must not disturb the answer")
    return left + right


def own_process() -> int:
    return os.getpid()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def spin() -> None:
    while True:
        pass


def hoard() -> int:
    return len(bytearray(3 * 1024**3))


def die() -> None:
    os.abort()


def refuse() -> None:
    raise UnreadableFile("文件是空的。")


def stumble() -> None:
    raise KeyError("missing")


def test_a_result_comes_back() -> None:
    assert run(add, 2, 3, seconds=20, memory_mb=512) == 5


def test_garbage_is_not_looked_for_among_modules() -> None:
    assert run(gc.get_freeze_count, seconds=20, memory_mb=512) > 1000


def test_the_child_serves_many_calls_and_survives_refusals() -> None:
    with Worker(seconds=20, memory_mb=512) as worker:
        first = worker.run(own_process)
        assert first != os.getpid()
        with pytest.raises(UnreadableFile, match=r"^文件是空的。$"):
            worker.run(refuse)
        with pytest.raises(UnreadableFile, match="KeyError") as caught:
            worker.run(stumble)
        assert "stumble" in str(caught.value.__cause__)
        assert worker.run(own_process) == first


@pytest.mark.parametrize("function", [spin, sleep], ids=["busy", "asleep"])
def test_too_slow(function: object) -> None:
    with Worker(seconds=2, memory_mb=512) as worker:
        began = time.monotonic()
        with pytest.raises(UnreadableFile, match="超过 2 秒"):
            worker.run(function, *([60] if function is sleep else []))  # type: ignore[arg-type]
        assert time.monotonic() - began < 8
        assert worker.run(add, 1, 1) == 2


def test_too_much_memory() -> None:
    with Worker(seconds=20, memory_mb=512) as worker:
        with pytest.raises(UnreadableFile, match="内存超过上限 512 MB"):
            worker.run(hoard)
        assert worker.run(add, 1, 1) == 2


def test_a_crash_is_told_and_the_next_call_works() -> None:
    with Worker(seconds=20, memory_mb=512) as worker:
        with pytest.raises(UnreadableFile, match="中途退出"):
            worker.run(die)
        assert worker.run(add, 1, 1) == 2


def test_large_arguments_and_results() -> None:
    data = bytes(20_000_000)
    with Worker(seconds=30, memory_mb=1024) as worker:
        assert worker.run(bytes.upper, data) == data


def tell_stages() -> str:
    for stage in ("一", "二"):
        report(stage)
    return "完"


def test_what_the_call_reports_is_heard_in_order() -> None:
    heard: list[str] = []
    with Worker(seconds=20, memory_mb=512) as worker:
        assert worker.run(tell_stages) == "完"  # nobody listens: no harm
        worker.hear = heard.append
        assert worker.run(tell_stages) == "完"
    assert heard == ["一", "二"]
    report("outside a child nothing happens")
