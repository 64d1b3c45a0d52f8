"""Pages about who takes over, and the handover pack of a cycle."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from rules.clocks import civil
from schemas.commands import Succeed
from schemas.outcomes import NotKnownYet, Receipt
from tests import scenario as s
from tests.handover.made import Page
from tests.handover.made import opened as files_of
from tests.rules import outcome_acts
from tests.rules.succession_acts import NEW, NEW_NAME, OLD, OLD_NAME, announced
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of
from web.pages import successions

LIST, FORM, ONE = "/office/successions", "/office/successions/new", f"/office/successions/body/{NEW}"
LATER = civil(NOW) + timedelta(days=30)
BOTH = f"{NEW_NAME} (before {LATER:%-d %B %Y}: {OLD_NAME})"


def typed(**changes: str) -> dict[str, str]:
    """A form filled in."""
    day = {"from_on-day": f"{LATER.day}", "from_on-month": f"{LATER.month}", "from_on-year": f"{LATER.year}"}
    facts = {"what": "body", "to": NEW, "to_name": NEW_NAME, "reason": "The law"}
    return {**facts, **day, **changes}


async def announce(house: House, **changes: str) -> httpx.Response:
    """Open the form, fill it in and send it."""
    hidden = hidden_of((await house.browser.get(FORM)).text, FORM)
    return await house.browser.post(FORM, data={**hidden, **typed(**changes)})


async def tell(house: House, **facts: Any) -> None:
    """The cycle is told who takes over, and when."""
    names = {"was_name": s.say(OLD_NAME), "to_name": s.say(NEW_NAME), **facts}
    await house.done(outcome_acts.succeed(LATER, NEW, **names), cycle=REF)


async def test_it_is_announced_looked_at_and_released(busy: House) -> None:
    """Once for the whole office; the cycle names both from then on."""
    await busy.browser.sign_in("chief-executive")
    answer = await announce(busy)
    assert answer.headers["location"] == ONE
    page = (await busy.browser.get(ONE)).text
    assert BOTH in page
    assert "1 cycle, 1 still to be told" in page
    assert busy.desk.sent == []
    answer = await busy.browser.fill(ONE)
    assert "1 cycle told now" in answer.text
    assert "0 still to be told" in answer.text
    [command] = busy.desk.sent
    assert isinstance(command, Succeed)
    assert (command.was, command.to) == (OLD, NEW)
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert f"{NEW_NAME} takes over from {OLD_NAME}" in page
    assert "<form" not in (await busy.browser.get(ONE)).text.split("main-content")[-1]


async def test_the_list_says_who_announced_what(busy: House) -> None:
    """Everybody of the office reads it; the form is for the chief executive."""
    await busy.browser.sign_in("policy-officer")
    assert "Nothing was announced yet" in (await busy.browser.get(LIST)).text
    busy.memory.changed.successions.append(announced(LATER))
    page = (await busy.browser.get(LIST)).text
    assert NEW_NAME in page
    assert "Announced by Chief Executive" in page
    assert FORM not in page
    assert (await busy.browser.get(FORM)).status_code == 403
    assert "Release it" not in (await busy.browser.get(ONE)).text
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get(LIST)).status_code == 403


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to": ""}, "Enter who takes over"),
        ({"to": OLD}, "cannot take over from itself"),
        ({"from_on-year": "2025"}, "is past. Give today or a later day"),
        ({"was": "nobody-here"}, "No governing body here is known as nobody-here"),
        ({"to_name": ""}, "Say who takes over as governing body"),
        ({"reason": ""}, "Enter the reason"),
    ],
)
async def test_what_cannot_be_announced_is_said_and_nothing_is_lost(
    house: House, changes: dict[str, str], said: str
) -> None:
    """One sentence beside the field, and what was typed stays."""
    await house.browser.sign_in("chief-executive")
    answer = await announce(house, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert house.memory.changed.successions == []
    assert f'value="{LATER.day}"' in answer.text


async def test_a_second_one_that_overlaps_names_the_first(house: House) -> None:
    """And is not kept."""
    house.memory.changed.successions.append(announced(LATER))
    await house.browser.sign_in("chief-executive")
    answer = await announce(house, to="a-board", to_name="A board", was=OLD)
    assert answer.status_code == 409
    assert f"It is announced already that {NEW_NAME} takes over" in answer.text
    assert len(house.memory.changed.successions) == 1


async def test_an_announcement_is_taken_back_until_a_cycle_was_told(busy: House) -> None:
    """With a reason; after that the refusal names who was told."""
    busy.memory.changed.successions.append(announced(LATER))
    await busy.browser.sign_in("chief-executive")
    back = f"{ONE}/withdraw"
    answer = await busy.browser.fill(ONE, to=back, reason=" ")
    assert "Say why it is taken back" in answer.text
    assert (await busy.browser.fill(ONE, to=back, reason="A wrong name")).status_code == 303
    assert busy.memory.changed.successions == []
    busy.memory.changed.successions.append(announced(LATER))
    hidden = hidden_of((await busy.browser.get(ONE)).text, back)
    await tell(busy)
    answer = await busy.browser.post(back, data={**hidden, "reason": "Too late"})
    assert answer.status_code == 409
    assert f"1 cycles were told already ({REF})" in answer.text
    assert "Take it back" not in (await busy.browser.get(ONE)).text


async def test_a_release_without_an_answer_says_to_press_again(busy: House) -> None:
    """What is done is not done twice."""
    busy.memory.changed.successions.append(announced(LATER))
    await busy.browser.sign_in("chief-executive")
    busy.desk.told.append(NotKnownYet(cycle=REF, key="some-key"))
    answer = await busy.browser.fill(ONE)
    assert answer.status_code == 202
    assert "press the button again" in answer.text
    assert "1 cycle told now" in (await busy.browser.fill(ONE)).text


async def test_many_cycles_are_told_a_few_at_a_time(busy: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each press goes on where the last one stopped."""
    monkeypatch.setattr(successions, "A_TIME", 1)
    other = await busy.desk.send(s.open_cycle("HTA-2026-02", NOW), s.WORDS)
    assert isinstance(other, Receipt)
    busy.memory.changed.successions.append(announced(LATER))
    busy.memory.words |= s.WORDS.kept
    await busy.browser.sign_in("chief-executive")
    assert "1 still to be told" in (await busy.browser.fill(ONE)).text
    assert "0 still to be told" in (await busy.browser.fill(ONE)).text
    told = [one.cycle for one in busy.desk.sent if isinstance(one, Succeed)]
    assert sorted(told) == [REF, "HTA-2026-02"]


async def test_nobody_is_shown_what_was_never_announced(house: House) -> None:
    """Neither another part nor another name."""
    await house.browser.sign_in("chief-executive")
    for path in (ONE, "/office/successions/town/x", f"/office/successions/force/{NEW}"):
        assert (await house.browser.get(path)).status_code == 404


async def test_pages_show_both_names_from_the_day_on(busy: House) -> None:
    """The cycle, its session and the draft notes; before it the sentence about what comes."""
    await tell(busy)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}")).text
    assert f"{NEW_NAME} takes over from {OLD_NAME}" in page
    assert BOTH not in page
    busy.memory.now = NOW + timedelta(days=31)
    await busy.browser.sign_in("policy-officer")
    assert f"Held to account by: <strong>{BOTH}</strong>" in (await busy.browser.get(f"/cycles/{REF}")).text
    for path in (f"/cycles/{REF}/sessions/1", f"/cycles/{REF}/sessions/1/notes.md"):
        assert BOTH in (await busy.browser.get(path)).text


async def test_a_new_cycle_begins_under_who_stands(house: House) -> None:
    """Opened from a form after the day: the new body, its name, and acts on its behalf."""
    house.memory.changed.successions.append(announced(civil(NOW)))
    await house.browser.sign_in("policy-officer")
    facts = {
        "kind": "OpenCycle", "title": {"say": "A title"}, "question": {"say": "A question?"},
        "commitments": ["SWM-REASSURE-01"], "key": "some-key-12345",
    }  # fmt: skip
    answer = await house.browser.post("/api/v1/commands", json=facts)
    assert answer.status_code == 200, answer.text
    cycle = house.memory.cycle(answer.json()["cycle"])
    assert cycle
    assert (cycle.body, cycle.opened_by.on_behalf_of) == (NEW, NEW)
    assert next((one.what, one.id) for one in cycle.called) == ("body", NEW)
    page = (await house.browser.get(f"/cycles/{cycle.reference}")).text
    assert f"Held to account by: <strong>{NEW_NAME}</strong>" in page


async def test_officers_download_the_pack_and_others_a_plain_one(busy: House) -> None:
    """The full one is for the entitled; force and panel get none."""
    await busy.browser.sign_in("policy-officer")
    assert f"/cycles/{REF}/handover" in (await busy.browser.get(f"/cycles/{REF}")).text
    assert "Download the full pack" in (await busy.browser.get(f"/cycles/{REF}/handover")).text
    answer = await busy.browser.get(f"/cycles/{REF}/handover.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    files = files_of(answer.content)
    Page(files["index.html"].decode())
    assert "OFFICIAL-SENSITIVE" in files["README.txt"].decode()
    plain = files_of((await busy.browser.get(f"/cycles/{REF}/handover-without-sensitive.zip")).content)
    assert "This pack is without" in plain["README.txt"].decode()
    assert (await busy.browser.get("/cycles/HTA-2026-99/handover.zip")).status_code == 404
    for person in ("acc-local-policing", "panel-secretariat"):
        await busy.browser.sign_in(person)
        assert (await busy.browser.get(f"/cycles/{REF}/handover.zip")).status_code == 403
