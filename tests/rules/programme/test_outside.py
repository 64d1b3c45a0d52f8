"""What outside events do to a programme, and what officers do with the proposals that come of them."""

from datetime import date

from schemas.programme.events import OutsideTaken
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import OPENS, YEAR, Paper, planned

LATER = date(2027, 1, 4)


def test_a_proposal_waits_with_what_the_rule_made_of_the_event() -> None:
    """The line says which rule; the proposal has its words and the event's name."""
    paper = Paper()
    made = paper.do(p.outside())
    assert made.happened == ("OutsideTaken", "CycleProposed")
    (one,) = paper.standing.proposals
    assert (one.number, one.state, one.rule, one.event) == (
        1,
        "waiting",
        "inspection-report",
        "urn:test:inspectorate#1",
    )
    assert paper.standing.slots == ()


def test_what_feeds_a_cycle_or_does_nothing_leaves_its_line_alone() -> None:
    """Nothing in the programme changes but its version."""
    paper = Paper()
    paper.do(p.outside(1, outcome="fed", proposed=None, cycle="HTA-2026-07"))
    paper.do(p.outside(2, outcome="noted", proposed=None), p.outside(3, outcome="nothing", proposed=None))
    paper.do(p.outside(4, outcome="opens", proposed=None))
    assert (paper.standing.version, paper.standing.slots, paper.standing.proposals) == (5, (), ())


def test_a_cycle_that_a_rule_opens_is_adopted_at_once() -> None:
    """It has its slot in the year of its session."""
    paper = Paper()
    draft = p.draft(date(2027, 3, 1))
    made = paper.do(p.outside(outcome="opens", opens=draft, proposed=None))
    assert made.happened == ("OutsideTaken", "SlotProposed", "SlotAdopted")
    assert paper.slot("2027/01").state == "adopted"


def test_a_cycle_that_a_rule_would_open_onto_another_waits_for_an_officer() -> None:
    """The line says that it was proposed, and it has the words that it would have been opened with."""
    paper = planned()
    draft = p.draft(OPENS)
    made = paper.do(p.outside(outcome="opens", opens=draft, proposed=None))
    assert made.happened == ("OutsideTaken", "CycleProposed")
    line = next(one.event for one in paper.entries if isinstance(one.event, OutsideTaken))
    assert line.outcome == "proposed"
    assert "both have their session" in (line.held_back or "")
    (one,) = paper.standing.proposals
    assert (one.title, one.commitments) == (draft.title, draft.commitments)


def test_a_proposal_names_the_rule_that_makes_it() -> None:
    """Nobody could say otherwise why it is there."""
    Paper().refused(p.outside(rule=None), "no_rule")


def test_an_accepted_proposal_becomes_a_slot_and_in_an_adopted_year_is_adopted() -> None:
    """Its ground is that it came from outside, whatever the form said."""
    paper = planned()
    paper.do(p.outside())
    made = paper.do(p.accept(1, YEAR, p.draft(LATER)))
    assert made.slots == ("2026/02",)
    slot = paper.slot("2026/02")
    assert (slot.state, slot.proposal, slot.draft.ground) == ("proposed", 1, "outside")
    paper.do(p.adopt(YEAR), p.outside(2), p.accept(2, YEAR, p.draft(date(2026, 11, 16))))
    assert paper.slot("2026/03").state == "adopted"
    assert paper.slot("2026/03").adopted_by == s.OFFICER


def test_an_accepted_proposal_is_looked_at_like_what_is_put_in() -> None:
    """It may not clash, and must lie ahead and in its year; it waits on."""
    paper = planned()
    paper.do(p.outside())
    paper.refused(p.accept(1, YEAR, p.draft(OPENS)), "programme_clash", "session_at")
    paper.refused(p.accept(1, YEAR, p.draft(date(2026, 9, 4))), "opens_in_past", "opens_on")
    paper.refused(p.accept(1, 2027, p.draft(LATER)), "outside_year", "session_at")
    (one,) = paper.standing.proposals
    assert one.state == "waiting"


def test_a_proposal_is_settled_once() -> None:
    """Accepted or declined; the refusal says which, and what to do now."""
    paper = Paper()
    paper.do(p.outside(1), p.outside(2), p.accept(1, YEAR, p.draft(OPENS)), p.decline(2))
    for act in (p.accept(1, YEAR, p.draft(LATER)), p.decline(1)):
        assert "accepted as 2026/01" in paper.refused(act, "proposal_settled", "proposal")
    for act in (p.accept(2, YEAR, p.draft(LATER)), p.decline(2)):
        assert "declined" in paper.refused(act, "proposal_settled", "proposal")
    for act in (p.accept(3, YEAR, p.draft(LATER)), p.decline(3)):
        paper.refused(act, "no_such_proposal", "proposal")
    assert [one.state for one in paper.standing.proposals] == ["accepted", "declined"]
    assert paper.standing.proposals[1].declined == s.say("It is asked already.")
