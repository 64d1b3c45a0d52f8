"""Two people at once, and a record that is away: who was sooner is named, and no typed word is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from schemas.commands import AnyCommand
from schemas.outcomes import NotKnownYet
from tests import scenario
from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from tests.web.memory import MemoryReads
from web.showing.meanwhile import meanwhile

TYPED = "The tables of the second district are not there"
DUE = {"due-kind": "working_days", "due-working_days": "5"}
SOONER: dict[str, tuple[str, dict[str, Any], Callable[[], AnyCommand], str]] = {
    "SendBack": ("?request=1", {"gap": TYPED, **DUE}, lambda: scenario.accept(REF), "accepted this"),
    "WithdrawRequest": ("?request=1", {"reason": TYPED}, lambda: scenario.accept(REF), "accepted this"),
    "Reassign": (
        "?request=1",
        {"to": "acc-protecting-people", "reason": TYPED},
        lambda: scenario.accept(REF),
        "accepted this",
    ),
}


async def opened(house: House, kind: str, ask: str) -> tuple[str, dict[str, str]]:
    """Where the form of an act goes, and its hidden inputs, as whoever may do it has them."""
    await house.browser.sign_in("chief-executive" if kind in ("Pause", "Cancel") else "policy-officer")
    path = f"/cycles/{REF}/act/{kind}"
    return path, hidden_of((await house.browser.get(path + ask)).text, path)


@pytest.mark.parametrize("kind", sorted(SOONER))
async def test_whoever_was_sooner_is_named_and_what_was_typed_is_kept(busy: House, kind: str) -> None:
    """Title, act and minutes stand above the form, and every word is still in it."""
    ask, typed, sooner, did = SOONER[kind]
    path, form = await opened(busy, kind, ask)
    await busy.desk.send(sooner(), scenario.WORDS)
    busy.memory.now += timedelta(minutes=2)
    page = await busy.browser.post(path, data={**form, **typed})
    assert page.status_code == 409, page.text
    assert f"Policy officer {did} 2 minutes ago. Nothing was lost: what you typed is below." in page.text
    assert TYPED in page.text


async def test_a_role_is_named_beside_a_title_that_does_not_say_it(busy: House) -> None:
    """A lead's act names the title and the role; where nothing is on record, only that it has moved on."""
    reads = busy.rooms.reads
    assert isinstance(reads, MemoryReads)
    rows, people = await MemoryReads.timeline(reads, REF), await reads.people()
    said = meanwhile(rows, people, {"request": "1"}, busy.memory.now + timedelta(minutes=9))
    assert said.startswith(
        "Assistant Chief Constable, Local Policing (force lead) sent a return 9 minutes ago."
    )
    assert meanwhile((), people, {}, busy.memory.now).startswith("The record has moved on")


ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "SendBack": ("?request=1", {"gap": TYPED, **DUE}),
    "WithdrawRequest": ("?request=2", {"reason": TYPED}),
    "Pause": ("", {"reason": TYPED}),
    "Cancel": ("", {"reason": TYPED, "sure": "yes"}),
    "WakeMe": ("", {"about": TYPED, "on-day": "7", "on-month": "12", "on-year": "2026"}),
}


@pytest.mark.parametrize("kind", sorted(ACTS))
async def test_while_the_record_is_away_what_was_typed_is_shown_to_be_sent_again(
    busy: House, kind: str
) -> None:
    """Nothing was recorded; the same words and the same key go out again by one button."""
    ask, typed = ACTS[kind]
    path, form = await opened(busy, kind, ask)
    busy.memory.down = True
    page = await busy.browser.post(path, data={**form, **typed})
    assert page.status_code == 503
    assert "The record cannot be reached" in page.text
    assert TYPED in page.text
    assert f'name="key" value="{form["key"]}"' in page.text


@pytest.mark.parametrize("kind", sorted(ACTS))
async def test_while_the_engine_gives_no_answer_the_same_words_wait_to_be_asked_again(
    busy: House, kind: str
) -> None:
    """The page says that there is no answer yet, and carries every word under the same key."""
    ask, typed = ACTS[kind]
    path, form = await opened(busy, kind, ask)
    busy.desk.told.append(NotKnownYet(cycle=REF, key=form["key"]))
    page = await busy.browser.post(path, data={**form, **typed, "seen": "yes"})
    assert page.status_code == 202, page.text
    assert "no answer yet" in page.text
    assert TYPED in page.text
    assert f'name="key" value="{form["key"]}"' in page.text
