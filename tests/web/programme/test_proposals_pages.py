"""Proposals of outside events: read, accepted with prefilled days, declined, and decided once."""

from schemas.programme.commands import AcceptProposal, DeclineProposal
from tests import programme as p
from tests.web.house import House
from tests.web.programme.conftest import TODAY, YEAR, done
from tests.web.programme.sending import inputs_of

ACCEPT, DECLINE = "/programme/proposals/1/accept", "/programme/proposals/1/decline"


async def test_a_proposal_waits_with_its_reason_and_its_event(begun: House) -> None:
    """On the page, on the year and in the officer's work."""
    await begun.browser.sign_in("policy-officer")
    assert "Nothing has been proposed." in (await begun.browser.get("/programme/proposals")).text
    await done(begun, p.outside())
    page = (await begun.browser.get("/programme/proposals")).text
    event = "/outside/event?source=urn%3Atest%3Ainspectorate&amp;id=1"
    why = "The report names the plan&#39;s commitment."
    for words in ("1: After the inspection", "Waits", why, event, "inspection-report"):
        assert words in page, words
    assert "1 proposal from outside waits for a decision" in (await begun.browser.get("/my-work")).text
    assert "1 proposal from outside waits" in (await begun.browser.get("/programme")).text


async def test_it_is_accepted_with_what_was_proposed_and_the_soonest_days(begun: House) -> None:
    """The form is filled in; sent as it comes, the cycle is in the programme."""
    await done(begun, p.outside())
    await begun.browser.sign_in("second-policy-officer")
    page = await begun.browser.get(ACCEPT)
    form = inputs_of(page.text)
    assert (form["title"], form["officer"], form["year"]) == (
        ["After the inspection"], ["second-policy-officer"], [str(YEAR)],
    )  # fmt: skip
    answer = await begun.browser.post(ACCEPT, data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/programme/slots/2026/1"), answer.text
    command = begun.programme.sent[-1]
    assert isinstance(command, AcceptProposal)
    assert command.draft.opens_on == p.working(TODAY, 2)
    one = (await begun.browser.get("/programme/slots/2026/1")).text
    assert "Came from outside" in one
    assert "proposal 1" in one
    assert "Accepted" in (await begun.browser.get("/programme/proposals")).text


async def test_a_proposal_that_somebody_settled_meanwhile_is_said_so(begun: House) -> None:
    """409, and what was typed is still there."""
    await done(begun, p.outside())
    await begun.browser.sign_in("policy-officer")
    form = inputs_of((await begun.browser.get(ACCEPT)).text) | {"title": ["My words"]}
    answer = await begun.browser.fill(DECLINE, reason="It is asked already.")
    assert (answer.status_code, answer.headers["location"]) == (303, "/programme/proposals")
    assert isinstance(begun.programme.sent[-1], DeclineProposal)
    late = await begun.browser.post(ACCEPT, data=form)
    assert late.status_code == 409
    assert "Proposal 1 was declined." in late.text
    assert 'value="My words"' in late.text
    assert "It is asked already." in (await begun.browser.get("/programme/proposals")).text
    assert (await begun.browser.get(ACCEPT)).status_code == 409


async def test_declining_needs_a_reason(begun: House) -> None:
    """Without one the form comes back."""
    await done(begun, p.outside())
    await begun.browser.sign_in("policy-officer")
    answer = await begun.browser.fill(DECLINE, reason="")
    assert answer.status_code == 422
    assert "Enter the reason" in answer.text


async def test_a_wrong_year_is_said_and_nothing_is_lost(begun: House) -> None:
    """A session outside the chosen year is refused at its day."""
    await done(begun, p.outside())
    await begun.browser.sign_in("policy-officer")
    form = inputs_of((await begun.browser.get(ACCEPT)).text) | {"year": ["2027"], "title": ["My words"]}
    answer = await begun.browser.post(ACCEPT, data=form)
    assert answer.status_code == 422
    assert "which is not in 2027-28" in answer.text
    assert 'href="#starts_on-day"' in answer.text
    assert 'value="My words"' in answer.text
