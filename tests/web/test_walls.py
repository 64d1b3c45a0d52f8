"""A cycle that is restricted: closed to the rest of the office, opened for a reason, and on record."""

import re

import pytest

from reference.catalogue import demonstration_people
from rules.clocks import civil
from schemas.evidence import FileItem
from schemas.people import Person, Role
from schemas.viewing import Viewer
from store.viewing import looking
from tests import scenario
from tests.web.conftest import REF
from tests.web.house import House
from tests.web.memory import MemoryReads

WHY = "It names a person who is under investigation."
OPEN = f"/cycles/{REF}/open"


@pytest.fixture
async def closed(busy: House) -> House:
    """An office in which the second officer alone sees the one cycle."""
    await busy.browser.sign_in("policy-officer")
    answer = await busy.browser.fill(f"/cycles/{REF}/restrict", named="second-policy-officer", reason=WHY)
    assert answer.headers["location"] == "/office/access"
    return busy


async def test_a_restricted_cycle_says_to_whom_and_shows_nothing(closed: House) -> None:
    """Its page, its requests, its forms and its lists give it away to nobody who is not named."""
    for path in (f"/cycles/{REF}", f"/cycles/{REF}/requests/1", f"/cycles/{REF}/act/Pause"):
        page = await closed.browser.get(path)
        assert page.status_code == 403, path
        assert "restricted to Second policy officer" in re.sub(r"\s+", " ", page.text)
        assert "Quarterly performance" not in page.text
        assert OPEN not in page.text
    assert "Quarterly performance" not in (await closed.browser.get("/cycles")).text
    answer = await closed.browser.get(f"/api/v1/cycles/{REF}/timeline")
    assert "text:" not in answer.text
    await closed.browser.sign_in("second-policy-officer")
    page = await closed.browser.get(f"/cycles/{REF}")
    assert page.status_code == 200
    assert "Of the office, only Second policy officer sees this cycle" in re.sub(r"\s+", " ", page.text)


async def test_the_chief_executive_opens_it_for_a_reason_and_everybody_hears_of_it(closed: House) -> None:
    """A strip stands on the page while it lasts, a line in the log for ever; after an hour it is closed."""
    await closed.browser.sign_in("chief-executive")
    assert OPEN in (await closed.browser.get(f"/cycles/{REF}")).text
    wrong = await closed.browser.fill(OPEN, reason="why not")
    assert wrong.status_code == 422
    assert "Say why in a sentence" in wrong.text
    assert "why not" in wrong.text
    for _ in range(2):
        assert (
            await closed.browser.post(OPEN, data={**await _hidden(closed), "reason": WHY})
        ).status_code == 303
    page = await closed.browser.get(f"/cycles/{REF}")
    assert page.status_code == 200
    assert "You opened this cycle" in page.text
    log = (await closed.browser.get("/office/access")).text
    assert log.count("Opened a restricted cycle for 60 minutes") == 1
    assert re.search(rf"{REF} is open to\s+Chief Executive", log), log[-4000:]
    closed.memory.now = closed.memory.now.replace(hour=closed.memory.now.hour + 1)
    await closed.browser.sign_in("chief-executive")
    assert (await closed.browser.get(f"/cycles/{REF}")).status_code == 403


async def _hidden(house: House) -> dict[str, str]:
    page = await house.browser.get("/sign-out")
    return {"csrf": page.text.split('name="csrf" value="')[1].split('"')[0]}


async def test_the_whole_office_may_see_it_again(closed: House) -> None:
    """Who is named lifts it, with a reason; without one it stays."""
    await closed.browser.sign_in("second-policy-officer")
    path = f"/cycles/{REF}/restrict"
    assert (await closed.browser.fill(path, lift="yes", reason="")).status_code == 422
    assert (
        await closed.browser.fill(path, lift="yes", reason="The investigation is over.")
    ).status_code == 303
    await closed.browser.sign_in("policy-officer")
    assert (await closed.browser.get(f"/cycles/{REF}")).status_code == 200


@pytest.mark.parametrize("named", [[], ["acc-local-policing"]])
async def test_nobody_of_the_force_can_be_named(busy: House, named: list[str]) -> None:
    """The form comes back with what was typed."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.fill(f"/cycles/{REF}/restrict", named=named, reason=WHY)
    assert page.status_code == 422
    assert "Choose who of the office may still see this cycle" in page.text
    assert WHY in page.text


async def test_a_cycle_that_is_not_restricted_or_not_there_is_not_opened(busy: House) -> None:
    """There is nothing to open, and nothing is said about what there may be."""
    await busy.browser.sign_in("chief-executive")
    for reference in (REF, "HTA-2026-99", "nonsense"):
        assert (await busy.browser.get(f"/cycles/{reference}/open")).status_code == 404
    assert (await busy.browser.get("/cycles/HTA-2026-99/restrict")).status_code == 404


async def test_a_guessed_digest_is_worth_nothing(busy: House) -> None:
    """A lead who was not asked gets the same 404 for a file that is there as for one that never was."""
    there, never = "ab" * 32, "cd" * 32
    item = FileItem(digest=there, size=3, media_type="text/plain", name=scenario.say("crime.txt"))
    await busy.desk.send(scenario.submit(REF, 2, items=(item,)), scenario.WORDS)
    busy.shelf.files[there] = b"abc"
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get(f"/files/{there}")).status_code == 200
    await busy.browser.sign_in("superintendent-custody")
    for digest in (there, never):
        assert (await busy.browser.get(f"/files/{digest}")).status_code == 404


async def test_the_chief_executive_hears_that_another_opened_a_cycle(
    closed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On their own page, with the reason, and not of what they opened themselves."""
    finance = demonstration_people()["chief-executive"].model_copy(
        update={"id": "finance", "role": Role.CHIEF_FINANCE_OFFICER, "title": "Chief finance officer"}
    )

    async def people(_reads: MemoryReads) -> dict[str, Person]:
        return demonstration_people() | {"finance": finance}

    monkeypatch.setattr(MemoryReads, "people", people)
    for name in ("finance", "chief-executive"):
        await closed.browser.sign_in(name)
        form = {**await _hidden(closed), "reason": f"{name} had to look at it."}
        await closed.browser.post(OPEN, data=form)
    page = (await closed.browser.get("/my-work")).text
    assert "finance had to look at it." in page
    assert "chief-executive had to look at it." not in page


async def test_the_boards_in_memory_show_what_the_walls_show(busy: House) -> None:
    """The office sees requests, sessions and needs; nobody who was not named sees sessions alone."""
    reads, now = busy.rooms.reads, busy.memory.now

    async def seen() -> tuple[int, int, int]:
        needs = await reads.needs(["policy_officer"], "policy-officer", now)
        tasks = await reads.task_list(None, civil(now), owed=True)
        return needs.all, tasks.all, (await reads.session_list(coming=True)).all

    assert (await seen())[:2] == (0, 0)
    officer = (await reads.people())["policy-officer"]
    with looking(
        Viewer(person=officer.id, role=officer.role, organisation=officer.organisation, on=civil(now))
    ):
        assert (await seen())[1] > 0
