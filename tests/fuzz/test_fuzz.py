"""A small share of what `make fuzz` feeds, the same inputs every time."""

import pytest
from hypothesis import strategies as st

from tests.fuzz.feeding import Target
from tests.fuzz.running import feed
from tests.fuzz.targets import TARGETS

HERE = 40
"""The share of each target's thousandths that is fed here: one in so many, and ten at the least."""


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_whatever_is_sent_is_answered(target: Target) -> None:
    """Never an exception, never a fault, never half of an act."""
    fed = feed(target, max(10, target.share * 10 // HERE), 1)
    assert fed.wrong == []
    assert fed.inputs >= 10


def test_a_reader_that_raises_is_found_out_with_its_smallest_input() -> None:
    """What is fed is looked at: a reader that cannot take an input does not pass."""

    def reads(number: int) -> str:
        if number > 41:
            raise OverflowError("too large")
        return "taken"

    fed = feed(Target("one that raises", st.integers(0, 1000), reads, 1), 200, 1)
    assert len(fed.wrong) == 1
    assert "OverflowError" in fed.wrong[0]
    assert "42" in fed.wrong[0]
