"""Processes that are kept alive and stopped without a trace."""

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from embedded import leftovers
from embedded.budget import Budget
from embedded.children import TIED, Child, Children, GaveUp, Probe

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[2]
LOG = logging.getLogger("answerable.tests")

SLEEPER = """
import os, pathlib, subprocess, sys, time
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with pathlib.Path(sys.argv[1]).open("a") as file: file.write(f"{os.getpid()} {helper.pid}\\n")
print("here I am", flush=True)
time.sleep(600)
"""
STUBBORN = SLEEPER.replace(
    "import os", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); import os"
)


@pytest.fixture
async def children(tmp_path: Path) -> AsyncIterator[Children]:
    """A keeper of processes, stopped at the end."""
    keeper = Children(LOG, tmp_path / "children.json", tmp_path, grace=0.5)
    yield keeper
    await keeper.stop()


def child(notes: Path, code: str = SLEEPER, ready: Probe | None = None) -> Child:
    """A process that notes its own number and that of a helper which it starts."""
    return Child("sleeper", [sys.executable, "-c", code, str(notes)], {}, ready or lines(notes, 1), 10)


def lines(notes: Path, count: int) -> Probe:
    """Whether the processes have written so many lines."""

    async def probe() -> bool:
        return len(numbers(notes)) >= 2 * count

    return probe


def numbers(notes: Path) -> list[int]:
    """Every process number that was noted."""
    return [int(word) for word in notes.read_text(encoding="utf-8").split()] if notes.exists() else []


async def until(probe: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(seconds):
        while not await probe():
            await asyncio.sleep(0.02)


def runs(pid: int) -> bool:
    """Whether the process runs and has not merely not been fetched yet."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def ended(pid: int) -> Probe:
    """Whether the process is gone."""

    async def probe() -> bool:
        return not runs(pid)

    return probe


def said(caplog: pytest.LogCaptureFixture, line: str) -> Probe:
    """Whether the log has the line."""

    async def probe() -> bool:
        return line in [record.message for record in caplog.records]

    return probe


async def test_a_killed_child_is_started_again(children: Children, tmp_path: Path) -> None:
    """After kill -9 another process takes its place, and what the dead one had started is gone."""
    notes = tmp_path / "notes"
    await children.start(child(notes))
    first, helper = numbers(notes)
    os.kill(first, signal.SIGKILL)
    await until(lines(notes, 2))
    assert [runs(pid) for pid in (first, helper, *numbers(notes)[2:])] == [False, False, True, True]


@pytest.mark.parametrize("code", [SLEEPER, STUBBORN])
async def test_stop_leaves_no_process(tmp_path: Path, code: str) -> None:
    """Children and their helpers end, also those that do not listen to SIGTERM."""
    keeper = Children(LOG, tmp_path / "children.json", tmp_path, grace=0.5)
    await keeper.start(child(tmp_path / "notes", code))
    await keeper.stop()
    assert [runs(pid) for pid in numbers(tmp_path / "notes")] == [False, False]


async def test_a_child_that_keeps_falling_stops_everything(children: Children, tmp_path: Path) -> None:
    """After five restarts within a minute the keeper says so and tries no more."""
    notes = tmp_path / "notes"
    code = SLEEPER.replace("time.sleep(600)\n", "time.sleep(0.1); sys.exit(3)\n").replace(
        "time.sleep(600)", "0"
    )
    await children.start(child(notes, code))
    sentence = await asyncio.wait_for(children.fallen(), 30)
    assert sentence == "sleeper ended 6 times within 60 seconds, the last time with code 3."
    assert len(numbers(notes)) == 12


async def test_a_child_that_ends_before_it_is_ready_is_named(children: Children, tmp_path: Path) -> None:
    """The sentence says which child ended and with what code."""
    with pytest.raises(GaveUp, match=r"sleeper ended at once, with code 7\."):
        await children.start(child(tmp_path / "notes", "import sys; sys.exit(7)"))


async def test_a_command_is_run_to_its_end(children: Children) -> None:
    """Its exit code is what comes back."""
    assert await children.once("command", [sys.executable, "-c", "raise SystemExit(4)"], {}) == 4


async def test_what_a_child_says_is_in_the_log_with_its_name(
    children: Children, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each line carries the name of the child that said it."""
    with caplog.at_level(logging.INFO, logger="answerable.tests"):
        await children.start(child(tmp_path / "notes"))
        await until(said(caplog, "here I am"))
    assert {record.name for record in caplog.records} == {"answerable.tests.sleeper"}


KEEPER = """
import asyncio, logging, sys
from pathlib import Path
from embedded.children import Child, Children
async def there(): return Path(sys.argv[2]).exists()
async def main():
    keeper = Children(logging.getLogger(), Path(sys.argv[1]), Path.cwd())
    await keeper.start(Child("sleeper", [sys.executable, "-c", sys.argv[3], sys.argv[2]], {}, there))
    await asyncio.sleep(600)
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
async def test_children_end_with_a_keeper_that_is_killed(tmp_path: Path) -> None:
    """After kill -9 of whoever started it a child does not go on asking at a port that others may get."""
    notes = tmp_path / "notes"
    words = ("-c", KEEPER, str(tmp_path / "children.json"), str(notes), SLEEPER)
    keeper = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT)
    try:
        await until(lines(notes, 1))
        sleeper, helper = numbers(notes)
        assert runs(sleeper)
        keeper.kill()
        await keeper.wait()
        await until(ended(sleeper))
    finally:
        if keeper.returncode is None:
            keeper.kill()
            await keeper.wait()
    os.kill(helper, signal.SIGKILL)  # what a child starts is its own to end


async def test_a_program_that_is_not_there_is_named(
    children: Children, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says what could not be started, and the sentence carries a shell's code for it."""
    missing = str(tmp_path / "nowhere")
    with caplog.at_level(logging.INFO, logger="answerable.tests"):
        with pytest.raises(GaveUp, match=r"ghost ended at once, with code 127\."):
            await children.start(Child("ghost", [missing], {}, lines(tmp_path / "notes", 1)))
        await until(said(caplog, f"{missing} cannot be started: No such file or directory"))


async def test_a_child_whose_keeper_is_dead_already_never_begins(tmp_path: Path) -> None:
    """Between the start of a child and its wish to end with the keeper the keeper may die."""
    words = [TIED, str(os.getppid()), sys.executable, "-c", SLEEPER, str(tmp_path / "notes")]
    process = await asyncio.create_subprocess_exec(sys.executable, *words)
    assert await process.wait() == 256 - signal.SIGTERM
    assert numbers(tmp_path / "notes") == []


async def test_children_of_a_start_that_was_killed_are_ended_at_the_next(tmp_path: Path) -> None:
    """They were written down with the moment they began, so that only they are ended."""
    notes, book = tmp_path / "notes", tmp_path / "children.json"
    keeper = Children(LOG, book, tmp_path, grace=0.5)
    await keeper.start(child(notes))
    book.rename(tmp_path / "as-it-was.json")
    forgotten = asyncio.create_task(asyncio.to_thread(leftovers.clear, tmp_path / "as-it-was.json", grace=1))
    keeper.give_up("the keeper is as good as dead")
    assert await forgotten == 1
    assert not runs(numbers(notes)[0])
    await keeper.stop()


async def test_another_process_with_a_noted_number_is_left_alone(tmp_path: Path) -> None:
    """A process number is used again by the system; the moment it began tells the two apart."""
    book = tmp_path / "children.json"
    process = await asyncio.create_subprocess_exec("sleep", "60", start_new_session=True)
    try:
        book.write_text(f"[[{process.pid}, {time.monotonic()}]]", encoding="utf-8")
        assert leftovers.clear(book) == 0
        assert runs(process.pid)
    finally:
        process.kill()
        await process.wait()


def test_the_pauses_between_restarts_double_until_there_were_too_many() -> None:
    """Five within a minute, and again five once the minute is over."""
    budget = Budget(times=5, within=60, pause=0.2)
    assert [budget.spend(now) for now in range(6)] == [0.2, 0.4, 0.8, 1.6, 3.2, None]
    assert budget.spend(61) == 3.2
