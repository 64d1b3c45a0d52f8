"""Processes of an earlier start that was killed before it could stop them."""

import json
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil


def write(book: Path, pids: Iterable[int]) -> None:
    """Note the processes that run, each with the moment it began: a process number alone is used again."""
    noted = []
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            noted.append([pid, psutil.Process(pid).create_time()])
    fresh = book.with_suffix(".new")
    fresh.write_text(json.dumps(noted), encoding="utf-8")
    fresh.replace(book)


def clear(book: Path, *, grace: float = 8.0) -> int:
    """End the noted processes that still run, with whatever they started; how many there were."""
    found = [process for pid, began in _noted(book) if (process := _same(pid, began))]
    for process in found:
        _signal(process.pid, signal.SIGTERM)
    psutil.wait_procs(found, timeout=grace)
    for process in found:
        _signal(process.pid, signal.SIGKILL)
    psutil.wait_procs(found, timeout=grace)
    book.unlink(missing_ok=True)
    return len(found)


def _noted(book: Path) -> list[tuple[int, float]]:
    try:
        return [(int(pid), float(began)) for pid, began in json.loads(book.read_text(encoding="utf-8"))]
    except (OSError, ValueError):
        return []


def _same(pid: int, began: float) -> psutil.Process | None:
    """The process of that number, if it is the one that began then and leads its own group."""
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        process = psutil.Process(pid)
        if abs(process.create_time() - began) < 1 and os.getpgid(pid) == pid:
            return process
    return None


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
