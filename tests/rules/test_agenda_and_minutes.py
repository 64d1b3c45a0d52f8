"""The agenda that the record proposes, and the notes that are drafted from what was recorded."""

from rules.clocks import civil
from rules.meeting.agenda import agenda
from rules.meeting.minutes import markdown, minutes
from schemas.clocks import WorkingDays
from schemas.cycle import Cycle, DateAsked
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, held, opened


def of(*cycles: Cycle, others: tuple[Cycle, ...] = ()) -> list[tuple[str, object]]:
    """What an agenda holds: why, and the request, action or question."""
    on = civil(cycles[0].sessions[-1].starts_at)
    found = agenda(cycles, others, on)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    return [(one.why, one.request or one.action or one.question) for one in found]


def with_action(table: Table, due_in: int, number: str = "2026/015") -> Table:
    """The same cycle with an agreed action."""
    table.do(acts.propose(s.date_after(table.now, due_in), number), acts.confirm(number))
    return table


def test_what_was_asked_is_on_the_agenda_and_what_did_not_come_says_so() -> None:
    """In the order of the requests; withdrawn ones are not on it."""
    table = opened(s.draft(due=WorkingDays(days=3)), s.draft(), s.draft())
    table.do(acts.withdraw(3))
    assert of(table.cycle) == [("due", 1), ("due", 2)]
    table.run_to(table.after(4))
    assert of(table.cycle) == [("not_returned", 1), ("due", 2)]
    table.do(s.submit(acts.REF, 1))
    assert of(table.cycle) == [("due", 1), ("due", 2)]


def test_what_is_planned_is_on_it_before_it_is_sent() -> None:
    """A request that goes out later is due all the same."""
    assert of(opened(ask="planned").cycle) == [("due", 1)]


def test_actions_come_back_when_they_are_due_late_or_have_slipped() -> None:
    """Of every cycle under way; one that is due after the meeting does not."""
    other = with_action(held(), 3)
    other.run_to(other.after(10))
    fresh = opened(requests=1)
    assert of(fresh.cycle, others=(other.cycle,)) == [("due", 1), ("overdue", "2026/015")]
    later = with_action(opened(requests=1), 60)
    assert of(later.cycle) == [("due", 1)]
    assert of(with_action(opened(requests=1), 5).cycle) == [("due", 1), ("due", "2026/015")]


def test_an_action_that_slipped_goes_on_the_next_agenda() -> None:
    """A second later day was asked for."""
    table = with_action(opened(requests=1), 5)
    action = table.cycle.actions[0]
    slip = DateAsked(to=action.due.on, reason=s.say("Two are away"), by=s.LEAD, at=table.now)
    slipped = action.model_copy(update={"slips": (slip,)})
    cycle = table.cycle.model_copy(update={"actions": (slipped,)})
    assert of(cycle) == [("due", 1), ("slipped", "2026/015")]


def test_what_was_doubted_before_comes_first_and_what_was_settled_does_not_come() -> None:
    """At a second session of the cycle; of other cycles only where nothing was assured."""
    table = held(3)
    table.do(s.judge(acts.REF, 1, "assured"), s.judge(acts.REF, 3, "not_assured"))
    table.do(do.fix(table.after(30), "holding_to_account"))
    assert of(table.cycle) == [("not_assured", 3), ("due", 2)]
    assert ("not_assured", 3) in of(opened(requests=1).cycle, others=(_another(table.cycle),))


def _another(cycle: Cycle) -> Cycle:
    return cycle.model_copy(update={"reference": "HTA-2026-99"})


def test_the_publics_questions_are_on_it() -> None:
    """Once they were taken."""
    table = opened(session=None, requests=0)
    table.do(do.fix(table.after(20)), do.ask("public"), do.ask())
    assert of(table.cycle) == [("asked_by_public", 1)]


def recorded() -> Table:
    """A panel session with one of everything on record."""
    table = opened(session=None, requests=1)
    table.do(do.fix(table.after(20)), s.submit(acts.REF))
    table.now = table.after(20, "17:00")
    table.do(do.attended(there=9, chair="council-01", apologies=("chief-constable",)))
    table.do(do.interest("council-02"), do.ask(request=1), do.answer(by="chief-constable"), do.ask("member"))
    table.do(s.judge(acts.REF), do.vote(4, 3), acts.record_decision())
    return with_action(table, 5)


def notes(table: Table, session: int = 1) -> str:
    """The draft notes of a session."""
    found = table.cycle.session(session)
    assert found is not None
    said = minutes(table.cycle, found)
    return markdown(said, lambda ref: s.WORDS.kept.get(ref or "", ""), lambda who: (who or "").upper())


def test_the_notes_say_what_was_recorded_and_nothing_else() -> None:
    """Who was there, what was asked and answered, judged, voted, decided and undertaken."""
    said = notes(recorded())
    for words in (
        "In the chair: COUNCIL-01.",
        "Apologies: CHIEF-CONSTABLE.",
        "Members: 9 of 17; 5 are a quorum, so a quorum was there.",
        "COUNCIL-02: A contract of a relative; left the room.",
        "## Paper 1",
        "The Commissioner asked: How many?",
        "CHIEF-CONSTABLE answered: Twelve.",
        "**The Commissioner was partly assured.** Supervision has declined.",
        "## Other questions",
        "A member asked: How many?",
        "No answer is recorded.",
        "4 for, 3 against, 0 abstained, of 17 members; 4 were needed",
        "Carried.",
        "Decision 1: Ask for a plan",
        "2026/015: Publish the numbers. Owner: ACC-LOCAL-POLICING, by",
    ):
        assert words in said, said
    assert "None" not in said
    assert "## Next session" not in said


def test_decisions_and_actions_stand_with_the_session_before_them() -> None:
    """Two sessions, each with its own."""
    table = recorded()
    table.do(do.fix(table.after(20), "holding_to_account"))
    assert "## Next session" in notes(table)
    table.now = table.after(20, "17:00")
    table.do(s.attendance(acts.REF).model_copy(update={"session": 2}))
    table.do(acts.propose(s.date_after(table.now, 9), "2026/016"))
    assert "2026/016" not in notes(table)
    assert "2026/016" in notes(table, 2)
    assert "2026/015" not in notes(table, 2)
    assert "(not agreed by both sides yet)" in notes(table, 2)
