"""How seldom a process stops to look for what nobody needs any more."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from watching.pauses import HARDLY_EVER, NOW_AND_THEN, OFTEN, seldom


@pytest.fixture
def as_before() -> Iterator[None]:
    """Whatever a test sets is as it was after it."""
    before = gc.get_threshold()
    yield
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
