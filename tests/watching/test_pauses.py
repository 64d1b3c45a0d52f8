"""How a process waits as little as it can for itself."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from watching.pauses import HARDLY_EVER, NOW_AND_THEN, OFTEN, TURN, seldom, short_turns


@pytest.fixture
def as_before() -> Iterator[None]:
    """Whatever a test sets is as it was after it."""
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.unfreeze()
    gc.set_threshold(*before)


class Ring:
    """Something that knows itself, so that only a look finds it."""

    def __init__(self) -> None:
        self.own = self


@pytest.mark.usefixtures("as_before")
def test_what_is_there_is_left_out_of_later_looks_and_what_comes_is_still_found() -> None:
    """Whatever is loaded stays; rings of what nobody needs go without anybody asking for it."""
    seldom()
    assert gc.get_freeze_count() > OFTEN
    assert gc.get_threshold() == (OFTEN, NOW_AND_THEN, HARDLY_EVER)
    first = weakref.ref(Ring())
    kept: list[list[int]] = [[] for _ in range(2 * OFTEN)]
    assert first() is None
    assert len(kept) == 2 * OFTEN


@pytest.mark.usefixtures("as_before")
def test_the_threads_of_a_worker_take_short_turns() -> None:
    """A thread that wants to go on is let in ten times sooner than Python would of itself."""
    before = sys.getswitchinterval()
    short_turns()
    assert sys.getswitchinterval() == pytest.approx(TURN)
    assert before / TURN == pytest.approx(10, rel=0.01)
