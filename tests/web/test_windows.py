"""An office's own numbers on its pages, and newer standards offered to a cycle that follows older ones."""

from datetime import UTC, datetime
from html import unescape

import pytest

from reference.catalogue import standards
from reference.windows import windows
from schemas.commands import ChangeStandards
from schemas.outcomes import Receipt
from schemas.standards import Standards, StandardsEdition
from schemas.windows import WindowEdition
from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import NOW, House

CHANGED = datetime(2026, 11, 20, 9, tzinfo=UTC)
ACT = f"/cycles/{REF}/act/ChangeStandards"


def newer(**changes: object) -> Standards:
    """The second edition of the standards that the busy office's cycle follows."""
    return standards()["performance"].model_copy(update={"edition": 2, **changes})


def change(house: House, **changes: object) -> None:
    """The office has changed its standards."""
    facts = {"changed_by": "chief-executive", "changed_at": CHANGED, "reason": "People asked."}
    house.memory.changed.standards.append(
        StandardsEdition.model_validate({**facts, "standards": newer(**changes)})
    )


def set_window(house: House) -> None:
    """The office has set another time for an answer to the panel."""
    window = windows()["panel-reply"].model_copy(update={"days": 15, "edition": 2})
    made = WindowEdition(window=window, changed_by="chief-executive", changed_at=CHANGED, reason="Agreed.")
    house.memory.changed.windows.append(made)


async def test_the_calculator_counts_by_the_offices_window(house: House) -> None:
    """And says which edition, who set it, when and why; a clock that began before it keeps its number."""
    set_window(house)
    where = "/deadlines/calculator?rule=panel-reply&start="
    said = unescape((await house.browser.get(where + "2026-11-23")).text)
    assert "15 working days after the start day" in said
    assert (
        "edition 2, set by Chief Executive and Monitoring Officer on Friday 20 November 2026: Agreed." in said
    )
    assert "20 working days after the start day" in (await house.browser.get(where + "2026-11-19")).text


async def test_programs_are_told_the_number_and_its_edition(house: House) -> None:
    """With every rule, and with every date."""
    set_window(house)
    rows = {one["id"]: one for one in (await house.browser.get("/api/v1/rules")).json()}
    assert rows["panel-reply"]["counted"] == "15 working days after the start day"
    assert "edition 2" in rows["panel-reply"]["window"]
    assert rows["foi-response"]["window"] is None
    found = (await house.browser.get("/api/v1/explain?rule=panel-reply&start=2026-11-23")).json()
    assert found["window"] == {
        "edition": 2,
        "standards": None,
        "set_by": "Chief Executive and Monitoring Officer",
        "set_on": "2026-11-20",
        "reason": "Agreed.",
    }
    law = (await house.browser.get("/api/v1/explain?rule=foi-response&start=2026-11-23")).json()
    assert "window" not in law


async def test_a_kind_of_cycle_can_be_chosen(house: House) -> None:
    """The standards of each give their own day; one that is not there is said beside the field."""
    where = "/deadlines/calculator?rule=returns-due&start=2026-12-11&kind="
    assert "Rapid, single issue, edition 1" in (await house.browser.get(where + "rapid")).text
    page = await house.browser.get(where + "slow")
    assert page.status_code == 422
    assert 'href="#kind"' in page.text


async def test_newer_standards_are_offered_on_the_cycles_page(busy: House) -> None:
    """To those who may release them, and only while there are newer ones."""
    await busy.browser.sign_in("policy-officer")
    assert ACT not in (await busy.browser.get(f"/cycles/{REF}")).text
    change(busy)
    assert ACT in (await busy.browser.get(f"/cycles/{REF}")).text
    await busy.browser.sign_in("commissioner")
    assert ACT not in (await busy.browser.get(f"/cycles/{REF}")).text
    given = {"cycle": REF, "key": s.key(), "actor": s.OFFICER, "standards": newer()}
    assert isinstance(await busy.desk.send(ChangeStandards.model_validate(given)), Receipt)
    await busy.browser.sign_in("policy-officer")
    assert ACT not in (await busy.browser.get(f"/cycles/{REF}")).text


async def test_what_they_move_is_shown_before_anything_is_recorded(busy: House) -> None:
    """Due hours, and reminders before and after."""
    change(busy, due_hour="12:00", reminder_hour="10:00", ladder=standards()["performance"].ladder[1:])
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.fill(ACT)
    said = unescape(page.text)
    assert "Check what moves" in said
    assert "at 12:00" in said
    assert "A reminder of request 2, 7 working days before it is due" in said
    assert "not sent" in said
    assert "at 10:00, to the lead and deputy" in said
    assert busy.desk.sent == []
    done = await busy.browser.fill(ACT, seen="yes")
    assert done.status_code == 303
    cycle = busy.memory.cycle(REF)
    assert cycle
    assert cycle.standards.edition == 2


@pytest.mark.parametrize("known", [True, False])
async def test_why_findings_are_due_says_who_set_the_window(busy: House, *, known: bool) -> None:
    """The edition that the cycle follows, and who made it where that is on record."""
    held = {"publish_days": 15, "draft_days": 10}
    facts = {"findings": standards()["performance"].findings.model_copy(update=held)}
    if known:
        change(busy, **facts)
    given = {"cycle": REF, "key": s.key(), "actor": s.OFFICER, "standards": newer(**facts)}
    assert isinstance(await busy.desk.send(ChangeStandards.model_validate(given)), Receipt)
    session = busy.memory.cycle(REF)
    assert session
    busy.memory.now = session.sessions[0].starts_at
    outcome = await busy.desk.send(s.attendance(REF), s.WORDS)
    assert isinstance(outcome, Receipt), outcome
    await busy.browser.sign_in("policy-officer")
    said = unescape((await busy.browser.get(f"/deadlines/why/{REF}/findings")).text)
    assert "15 working days after the start day" in said
    title = "Chief Executive and Monitoring Officer"
    made = f"set by {title} on Friday 20 November 2026: People asked."
    who = made if known else "as the office changed it"
    assert f"Quarterly performance, edition 2, {who}" in said
    assert busy.memory.now > NOW
