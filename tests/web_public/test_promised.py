"""What was promised and decided, as everybody reads it: disputes, slips and withheld reasons too."""

from datetime import date

from schemas import events as e
from tests.scenario import CHIEF_CONSTABLE, COMMISSIONER, LEAD, OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import Visit

PAGE = "/findings/hta-2026-07"
GROUND = "Commercial terms: exempt under Schedule 12A, paragraph 3"


def before_publication() -> s.Story:
    """A story up to its findings, with a withheld decision and a disputed action among what was agreed."""
    story = s.Story()
    s.opened(story, "Is it answered?", "Is it?")
    s.asked(story, 1, "The numbers", (), date(2026, 9, 22))
    s.answered(story, s.day("09-18"), 1)
    say = story.words.ref
    story.then(
        s.day("10-15"),
        COMMISSIONER,
        e.DecisionRecorded(
            decision=1,
            title=say("Let the contract"),
            options=say("Let it, or wait"),
            reasons=say("SECRET PRICE"),
            basis="prsra-2011.s1",
            conditions=say(GROUND),
            function="contract",
            restricted=True,
        ),
    )
    s.agreed(story)
    on = date(2026, 12, 18)
    facts = {"action": "2026/016", "what": say("Answer every letter"), "owner": LEAD.person, "due": s.due(on)}
    story.then(
        s.day("10-15"),
        OFFICER,
        e.ActionProposed.model_validate({**facts, "clock": s.clock(on, s.day("10-15"))}),
    )
    story.then(
        s.day("10-16"), CHIEF_CONSTABLE, e.ActionDisputed(action="2026/016", reason=say("SECRET QUARREL"))
    )
    return story


async def test_a_disputed_action_and_withheld_reasons_are_shown_as_such(visit: Visit) -> None:
    """The ground is read, and neither the reasons nor what one side says of the other."""
    story = before_publication()
    s.published(story, "## What we found\n\nMuch.")
    async with visit(stub.reads_of(story)) as visitor:
        for address in (PAGE, PAGE + ".json"):
            page = (await visitor.get(address)).text
            assert "SECRET" not in page
        page = (await visitor.get(PAGE)).text
        assert "Disputed" in page
        assert GROUND in page
        assert "The other side disputed action 2026/016" in page


async def test_a_slip_is_shown_with_the_day_that_stays(visit: Visit) -> None:
    """Moved once, asked for again: everybody reads both."""
    story = s.told()
    later = s.due(date(2026, 12, 31))
    was = story.cycle.actions[1].due
    reason = story.words.ref("SECRET REASON")
    number = story.cycle.actions[1].number
    at = s.day("10-30")
    story.then(at, OFFICER, e.ActionDateMoved(action=number, due=later, was=was, reason=reason))
    story.then(at, LEAD, e.ActionSlipped(action=number, to=date(2027, 1, 29), reason=reason))
    async with visit(stub.reads_of(story)) as visitor:
        page = (await visitor.get(PAGE)).text
    assert "Slipped" in page
    assert "A later day was asked for 1 time more after it was moved. The day stays" in page
    assert f"Action {number} was moved from" in page
    assert "SECRET" not in page


async def test_whoever_takes_over_is_named_beside_whom_they_follow(visit: Visit) -> None:
    """On the page, in the facts and on the paper."""
    story = before_publication()
    reason = story.words.ref("SECRET LAW")
    taken = e.BodySucceeded(
        what="body", was="west-mercia-opcc", to="the-mayor", from_on=date(2028, 5, 8), reason=reason
    )
    story.then(s.day("10-20"), OFFICER, taken)
    s.published(story, "## What we found\n\nMuch.")
    said = "The body the-mayor takes over from west-mercia-opcc with effect from Monday 8 May 2028."
    async with visit(stub.reads_of(story)) as visitor:
        page = (await visitor.get(PAGE)).text
        assert said in page
        assert "SECRET" not in page
        assert '"to": "the-mayor"' in (await visitor.get(PAGE + ".json")).text
        paper = await visitor.get(PAGE + ".pdf")
        assert paper.status_code == 200
