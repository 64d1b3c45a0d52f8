"""A year is suggested, chosen, looked at and put in; and read through and adopted."""

from typing import Any

import pytest

from schemas.outcomes import NotKnownYet
from schemas.programme.commands import AdoptYear, ProposeSlots
from tests import programme as p
from tests import scenario as s
from tests.web.house import House
from tests.web.programme.conftest import YEAR, done, drafts
from tests.web.programme.sending import inputs_of

PLAN = "/programme/plan"
ASK = f"{PLAN}?year=2027&count=3&kind=thematic&officer=policy-officer"


async def suggested(house: House) -> dict[str, list[str]]:
    """The form of a suggested year, as it is first shown."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.get(ASK)
    assert page.status_code == 200, page.text
    assert "3 cycles suggested" in page.text
    return inputs_of(page.text)


async def test_a_suggestion_is_looked_at_before_it_is_put_in(begun: House) -> None:
    """Three cycles, one left out, are shown with their days; the button puts them in, once for its key."""
    form = await suggested(begun)
    assert form["c1_in"] == ["yes"]
    del form["c2_in"]
    look = await begun.browser.post(PLAN, data=form)
    assert "Put 2 cycles into 2027-28" in look.text, look.text
    assert begun.programme.sent == []
    sent = inputs_of_look(look.text) | {"seen": ["yes"]}
    for _ in range(2):
        answer = await begun.browser.post(PLAN, data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/programme?year=2027"), answer.text
    command = begun.programme.sent[-1]
    assert isinstance(command, ProposeSlots)
    assert len(command.slots) == 2
    programme = begun.memory.planned.programme
    assert programme
    assert [one.number for one in programme.slots] == ["2027/01", "2027/02"]
    page = (await begun.browser.get("/programme?year=2027")).text
    assert "2 proposed" in page
    assert "Nobody has asked about this since the plan came into force." in page


async def test_looking_can_be_left_to_change_something(begun: House) -> None:
    """What was typed comes back as it was."""
    form = await suggested(begun) | {"c1_hour": ["10:30"]}
    look = await begun.browser.post(PLAN, data=form)
    back = await begun.browser.post(PLAN, data=inputs_of_look(look.text) | {"change": ["yes"]})
    assert back.status_code == 200
    assert 'value="10:30"' in back.text


@pytest.mark.parametrize(
    ("changed", "said", "at"),
    [
        ({"c1_opens_on-day": ["40"]}, "The date must be a real date", "#c1_opens_on-day"),
        ({"c2_session_on-day": [""]}, "The date must include a day", "#c2_session_on-day"),
        ({"c3_hour": ["noon"]}, "Enter a time such as 14:00", "#c3_hour"),
        ({"c1_in": [], "c2_in": [], "c3_in": []}, "Tick at least one cycle", "#form"),
        ({"officer": [""]}, "Choose a policy officer", "#officer"),
    ],
)
async def test_wrong_days_are_said_at_their_cycle_and_nothing_is_lost(
    begun: House, changed: dict[str, Any], said: str, at: str
) -> None:
    """Each mistake at its own input, with every other cycle as it was."""
    form = await suggested(begun) | {"c2_title": ["What I called it"], **changed}
    answer = await begun.browser.post(PLAN, data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="{at}"' in answer.text
    assert 'value="What I called it"' in answer.text
    assert begun.programme.sent == []


async def test_a_bank_holiday_and_a_clash_are_said_at_the_cycle_that_has_them(begun: House) -> None:
    """Good Friday by its name; two sessions at one hour by both numbers."""
    form = await suggested(begun)
    friday = {"c1_opens_on-day": ["26"], "c1_opens_on-month": ["3"], "c1_opens_on-year": ["2027"]}
    answer = await begun.browser.post(PLAN, data=form | friday)
    assert answer.status_code == 422
    assert "Friday 26 March 2027 is Good Friday" in answer.text
    assert 'href="#c1_opens_on-day"' in answer.text
    same = {f"c2_session_on-{part}": form[f"c1_session_on-{part}"] for part in ("day", "month", "year")}
    opens = {f"c2_opens_on-{part}": form[f"c1_opens_on-{part}"] for part in ("day", "month", "year")}
    answer = await begun.browser.post(PLAN, data=form | same | opens)
    assert answer.status_code == 422
    assert "2027/01 and 2027/02 would both have their session on" in answer.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("count=0&year=2027", "Enter a number of cycles, 1 to 24"),
        ("count=many&year=2027", "Enter a number of cycles, 1 to 24"),
        ("count=25&year=2027", "Enter a number of cycles, 1 to 24"),
        ("count=3&year=2019", "Choose the year"),
        ("count=3&year=2027&kind=nonsense", "Choose the kind of cycle"),
    ],
)
async def test_a_question_that_cannot_be_answered_says_why(begun: House, asked: str, said: str) -> None:
    """The form comes back with what was asked and one sentence."""
    await begun.browser.sign_in("policy-officer")
    answer = await begun.browser.get(f"{PLAN}?officer=policy-officer&{asked}")
    assert answer.status_code == 422
    assert said in answer.text


async def test_what_was_altered_under_way_is_refused_and_not_a_fault(begun: House) -> None:
    """A form whose carried facts were forged comes back with a sentence."""
    form = await suggested(begun) | {"c1_ground": ["because"], "c1_commitments": ["NOT-A-PROMISE"]}
    answer = await begun.browser.post(PLAN, data=form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


async def test_the_commissioner_adopts_what_was_read(planned: House) -> None:
    """The whole year on one page; one button; pressed twice, adopted once."""
    await planned.browser.sign_in("commissioner")
    page = await planned.browser.get("/programme/adopt")
    for words in ("Adopt 2026-27", "3 cycles wait for you", "Violence", "Monday 30 November 2026"):
        assert words in page.text, words
    form = inputs_of(page.text)
    for _ in range(2):
        answer = await planned.browser.post("/programme/adopt", data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/programme?year=2026"), answer.text
    assert isinstance(planned.programme.sent[-1], AdoptYear)
    assert "2026-27 is adopted: 3 cycles open on their days" in (await planned.browser.get("/programme")).text
    assert "Everything in 2026-27 is adopted" in (await planned.browser.get("/programme/adopt")).text


async def test_nothing_is_adopted_that_was_put_in_after_the_page_was_made(planned: House) -> None:
    """The year is shown again as it stands now, with a sentence."""
    await planned.browser.sign_in("commissioner")
    form = inputs_of((await planned.browser.get("/programme/adopt")).text)
    late = p.draft(p.working(drafts()[2].opens_on, 30), commitment="SWM-VICTIMS-01", title=s.say("Late"))
    await done(planned, p.propose(late, year=YEAR))
    answer = await planned.browser.post("/programme/adopt", data=form)
    assert answer.status_code == 409
    assert "The programme was changed since this page was made." in answer.text
    assert "4 cycles wait for you" in answer.text
    assert (await planned.browser.post("/programme/adopt", data=inputs_of(answer.text))).status_code == 303


async def test_only_the_commissioner_adopts(planned: House) -> None:
    """Everybody else is told whose it is."""
    for who in ("policy-officer", "chief-executive"):
        await planned.browser.sign_in(who)
        answer = await planned.browser.get("/programme/adopt")
        assert answer.status_code == 403
        assert "commissioner" in answer.text


async def test_the_engine_away_keeps_a_suggested_year_for_the_second_try(begun: House) -> None:
    """No answer: the page carries everything, and asks again under the same key."""
    form = await suggested(begun)
    look = inputs_of_look((await begun.browser.post(PLAN, data=form)).text) | {"seen": ["yes"]}
    begun.programme.told = [NotKnownYet(cycle=p.REF, key="k" * 10)]
    answer = await begun.browser.post(PLAN, data=look)
    assert answer.status_code == 202
    again = await begun.browser.post(PLAN, data=inputs_of_look(answer.text))
    assert again.status_code == 303, again.text
    assert begun.programme.sent[0].key == begun.programme.sent[1].key


def inputs_of_look(page: str) -> dict[str, list[str]]:
    """The hidden inputs of a page that shows before it does."""
    return inputs_of(page.replace(f'action="{PLAN}"', 'action="x" id="form"'))
