"""Lists that were not counted to the end say so, and end with the last page that was counted."""

from typing import Any

import pytest

from schemas.counted import MOST_COUNTED
from schemas.listing import FoundCycles
from tests.web.house import House
from web.showing.pages import Leaf

FAR = MOST_COUNTED + 1


def test_a_page_knows_how_far_its_list_was_counted() -> None:
    """Up to there it counts to the end; above it the pages end where counting ended."""
    whole, cut = [Leaf("/late", 1, many, counted=MOST_COUNTED) for many in (MOST_COUNTED, FAR)]
    assert (whole.pages, whole.more, whole.known) == (100, False, MOST_COUNTED)
    assert (cut.pages, cut.more, cut.known) == (100, True, MOST_COUNTED)
    assert Leaf("/late", 101, FAR, counted=MOST_COUNTED).beyond
    assert Leaf("/tasks", 101, FAR).last == FAR


async def test_more_cycles_than_are_counted(busy: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list says more than how many, with a hundred pages."""
    reads: Any = type(busy.rooms.reads)
    asked = reads.cycle_list

    async def many(self: Any, *given: Any) -> FoundCycles:
        found: FoundCycles = await asked(self, *given)
        return found.model_copy(update={"count": FAR})

    monkeypatch.setattr(reads, "cycle_list", many)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/cycles")).text
    assert f"More than {MOST_COUNTED} cycles, page 1 of 100" in page


async def test_more_deadlines_than_are_counted(busy: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part for itself: what was counted to its end says how much it is."""
    reads: Any = type(busy.rooms.reads)
    asked = reads.owed

    async def many(self: Any, *given: Any, **named: Any) -> Any:
        found = await asked(self, *given, **named)
        assert found.later
        return found.model_copy(update={"later": FAR})

    monkeypatch.setattr(reads, "owed", many)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/deadlines")).text
    assert f"Later: more than {MOST_COUNTED} deadlines" in page
    assert "1 to 50 of more than 5,000, where the pages end." in page
