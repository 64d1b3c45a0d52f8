"""The year's page: empty states, one sentence, what needs somebody, the picture and the table, by role."""

import pytest

from schemas.outcomes import NotKnownYet, Refused
from schemas.people import ENGINE
from schemas.programme.commands import NoteNotOpened, OpenProgramme
from tests import programme as p
from tests import scenario as s
from tests.web.house import NOW, House, hidden_of
from tests.web.programme.conftest import YEAR, done, opened


async def test_before_there_is_a_programme_one_button_begins_it(house: House) -> None:
    """The officer sees one button; pressing it begins the programme of the plan's body."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.get("/programme")
    assert "No programme yet" in page.text
    answer = await house.browser.fill("/programme", to="/programme/begin")
    assert (answer.status_code, answer.headers["location"]) == (303, "/programme")
    command = house.programme.sent[-1]
    assert isinstance(command, OpenProgramme)
    assert command.programme == "PRG-west-mercia-opcc"
    after = (await house.browser.get("/programme")).text
    assert "Nothing is planned for 2026-27 yet" in after
    assert "Plan 2026-27" in after


async def test_whoever_may_not_begin_it_is_told_who_does(house: House) -> None:
    """The Commissioner reads whose task it is; a form sent all the same is refused."""
    await house.browser.sign_in("commissioner")
    page = await house.browser.get("/programme")
    assert "A policy officer or the chief executive begins it." in page.text
    assert "Begin the programme" not in page.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("chief-executive", 200), ("publication-officer", 200), ("panel-secretariat", 200),
     ("acc-local-policing", 403), ("chief-constable", 403)],
)  # fmt: skip
async def test_the_office_and_the_secretariat_read_it_and_the_force_does_not(
    planned: House, who: str, status: int
) -> None:
    """Reading is for the office and the panel's secretariat; others get the page that says for whom it is."""
    await planned.browser.sign_in(who)
    for path in ("/programme", "/programme/coverage", "/programme/proposals", "/programme/slots/2026/1"):
        assert (await planned.browser.get(path)).status_code == status, path


@pytest.mark.parametrize(
    "path", ["/programme/plan", "/programme/slots/new", "/programme/slots/2026/1/change", "/programme/move",
             "/programme/adopt", "/programme/slots/2026/1/drop"],
)  # fmt: skip
async def test_the_secretariat_changes_nothing(planned: House, path: str) -> None:
    """No way to act is shown to them, and the pages that act are refused."""
    await planned.browser.sign_in("panel-secretariat")
    page = (await planned.browser.get("/programme")).text
    assert "Change" not in page
    assert "Put in one cycle" not in page
    assert (await planned.browser.get(path)).status_code == 403


async def test_a_year_is_said_in_one_sentence_and_shown_in_a_picture_and_a_table(adopted: House) -> None:
    """How many cycles in which state, which opens next, and each with its title, days and state."""
    await adopted.browser.sign_in("policy-officer")
    page = (await adopted.browser.get("/programme")).text
    assert "2026-27 has 3 cycles: 3 adopted. Next to open: 2026/01, Monday 30 November 2026 at 09:00." in page
    assert "Nothing needs anybody." in page
    assert '<desc id="year-words">2026/01, Violence: opens on Monday 30 November 2026, session on' in page
    for words in ("2026/03: Custody", "Adopted", "Chosen by the office", "Change", "Christmas Day"):
        assert words in page, words


async def test_what_could_not_be_opened_stands_on_top_with_the_reason(adopted: House) -> None:
    """A refused opening is said in the sentence of its refusal, with the way to put it right."""
    why = s.say("The policy officer is not appointed any more.")
    note = NoteNotOpened(
        programme=p.REF, key="not-opened-1", actor=ENGINE, slot="2026/01", reason=why, planned_at=NOW
    )
    await done(adopted, note)
    await adopted.browser.sign_in("policy-officer")
    page = (await adopted.browser.get("/programme")).text
    assert "1 thing needs somebody:" in page
    assert "2026/01 could not be opened: The policy officer is not appointed any more." in page
    work = (await adopted.browser.get("/my-work")).text
    assert "A cycle could not be opened: The policy officer is not appointed any more." in work
    one = (await adopted.browser.get("/programme/slots/2026/1")).text
    assert "It could not be opened: The policy officer is not appointed any more." in one
    assert "change what is planned" in one


async def test_an_opened_cycle_is_linked_both_ways(adopted: House) -> None:
    """The programme names the cycle, and the cycle says that the programme opened it."""
    cycle = s.open_cycle("HTA-2026-01", NOW).model_copy(update={"slot": "2026/01"})
    adopted.memory.words |= s.WORDS.kept
    await adopted.desk.send(cycle, s.WORDS)
    await done(adopted, opened("2026/01", cycle.cycle))
    await adopted.browser.sign_in("policy-officer")
    assert 'href="/cycles/HTA-2026-01"' in (await adopted.browser.get("/programme")).text
    page = (await adopted.browser.get("/cycles/HTA-2026-01")).text
    assert (
        'Opened by the programme, as <a class="govuk-link" href="/programme/slots/2026/1">2026/01</a>' in page
    )
    assert "Opened as" in (await adopted.browser.get("/programme/slots/2026/1")).text


async def test_a_programme_that_somebody_else_began_meanwhile_is_said_plainly(house: House) -> None:
    """The refusal is shown, and nothing is begun twice."""
    await house.browser.sign_in("policy-officer")
    house.programme.told = [
        Refused(code="programme_exists", message="It runs already.", source="local.programme")
    ]
    answer = await house.browser.fill("/programme", to="/programme/begin")
    assert answer.status_code == 409
    assert "It runs already." in answer.text


async def test_no_answer_yet_keeps_everything_for_the_second_try(house: House) -> None:
    """The engine does not answer: the same form is sent again under the same key."""
    await house.browser.sign_in("policy-officer")
    house.programme.told = [NotKnownYet(cycle=p.REF, key="k" * 10)]
    answer = await house.browser.fill("/programme", to="/programme/begin")
    assert answer.status_code == 202
    first = house.programme.sent[-1].key
    again = await house.browser.post("/programme/begin", data=hidden_of(answer.text, "/programme/begin"))
    assert again.status_code == 303
    assert house.programme.sent[-1].key == first


async def test_while_the_record_cannot_be_reached_the_page_says_so(planned: House) -> None:
    """503, with the sentence of every other page."""
    await planned.browser.sign_in("policy-officer")
    planned.memory.down = True
    answer = await planned.browser.get("/programme")
    assert answer.status_code == 503
    assert "The record cannot be reached" in answer.text


async def test_a_year_to_adopt_needs_the_commissioner_and_nobody_else(planned: House) -> None:
    """It stands on the Commissioner's page of work with the button that leads there."""
    await planned.browser.sign_in("commissioner")
    work = (await planned.browser.get("/my-work")).text
    assert "3 cycles of 2026-27 wait to be adopted" in work
    assert f'href="/programme/adopt?year={YEAR}"' in work
    await planned.browser.sign_in("policy-officer")
    assert "to be adopted" not in (await planned.browser.get("/my-work")).text
