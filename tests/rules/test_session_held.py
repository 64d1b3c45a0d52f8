"""What is recorded of a session while it is held: members, quorum, interests, questions, votes."""

from datetime import timedelta
from typing import Any

from rules.clocks import instant
from schemas.events import AnswerRecorded, QuestionAsked, SessionHeld, VoteRecorded
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, day, held, opened

MEETING = instant(day("2026-07-10"), "11:00")


def panel() -> Table:
    """A cycle with a meeting of the panel, whose day has come."""
    table = opened(session=None)
    table.do(do.fix(MEETING))
    table.now = MEETING + timedelta(hours=3)
    return table


def sat(there: int = 17) -> Table:
    """The same with so many members recorded as there."""
    table = panel()
    table.do(do.attended(there=there))
    return table


def carried(table: Table, *about: Any, **facts: Any) -> tuple[int, bool]:
    """What a vote needed, and whether it was carried."""
    happened = table.do(do.vote(*about, **facts))
    assert isinstance(happened[0], VoteRecorded)
    return happened[0].required, happened[0].carried


def test_a_quorum_is_counted_of_the_members_then_in_force() -> None:
    """Five of seventeen are enough; four are recorded as too few, and refused nothing."""
    for there, quorate in ((5, True), (4, False)):
        happened = (table := panel()).do(do.attended(there=there))
        assert isinstance(happened[0], SessionHeld)
        assert (happened[0].quorum, happened[0].quorate) == (5, quorate)
        assert table.cycle.sessions[0].quorate is quorate


def test_attendance_names_everybody_once() -> None:
    """No member twice, no member without a seat, no chair who was not there, and somebody at all."""
    table = panel()
    table.refuse(do.attended(present=("commissioner", "commissioner")), "present_twice")
    twice = (*do.PANEL[:5], do.PANEL[0])
    table.refuse(do.attended(members_present=twice), "present_twice")
    table.refuse(do.attended(members_present=("somebody",)), "not_a_member")
    table.refuse(do.attended(chair="somebody"), "chair_not_there")
    table.refuse(do.attended(present=(), members_present=()), "nobody_present")
    table.do(do.attended(present=(), chair="council-01"))


def test_an_interest_is_declared_by_somebody_who_is_there() -> None:
    """Once for each item, of an item that the agenda has."""
    table = panel()
    table.now = instant(day("2026-07-02"), "12:00")
    table.do(do.agenda())
    table.now = MEETING + timedelta(hours=3)
    table.do(do.attended(there=6), do.interest(item=1))
    table.refuse(do.interest(item=1), "interest_declared")
    table.refuse(do.interest(item=4), "no_such_item")
    table.refuse(do.interest("council-15"), "not_at_session")
    opened(session=None).refuse(do.interest(), "no_session")


def test_a_veto_needs_two_thirds_of_all_members_whoever_was_there() -> None:
    """Twelve of seventeen; eleven fail though nobody was against."""
    for rule in ("precept-veto", "appointment-veto"):
        assert carried(sat(12), 11, rule=rule) == (12, False)
        assert carried(sat(12), 12, rule=rule) == (12, True)


def test_a_vacancy_lowers_what_a_veto_needs() -> None:
    """The membership then in force: fifteen held seats need ten."""
    table = panel()
    seats = do.PANEL[:15]
    table.do(do.attended(members=seats, members_present=seats))
    assert carried(table, 10, rule="precept-veto", members=seats) == (10, True)
    assert len(table.cycle.sessions[0].votes[0].members) == 15


def test_an_ordinary_decision_goes_by_the_votes_cast() -> None:
    """A tie is lost without the chair's casting vote, and a casting vote is for a tie alone."""
    table = sat()
    assert carried(table, 6, 5) == (6, True)
    assert carried(table, 5, 5) == (6, False)
    assert carried(table, 5, 5, casting_for=True) == (6, True)
    assert carried(table, 5, 5, casting_for=False) == (6, False)
    table.refuse(do.vote(6, 5, casting_for=True), "no_tie")
    table.refuse(do.vote(12, rule="precept-veto", casting_for=True), "no_tie")
    assert [one.number for one in table.cycle.sessions[0].votes] == [1, 2, 3, 4]


def test_no_more_vote_than_were_in_the_room() -> None:
    """Whoever left for an interest does not vote: for that item, or for the whole session."""
    table = sat(6)
    table.refuse(do.vote(7), "more_votes_than_present")
    table.do(do.interest(item=2))
    table.refuse(do.vote(6, item=2), "more_votes_than_present")
    table.do(do.vote(6, item=3))
    table.do(do.interest("council-02"))
    table.refuse(do.vote(3, 2, item=2), "more_votes_than_present")
    table.refuse(do.vote(3, 2, abstained=1), "more_votes_than_present")
    table.do(do.vote(3, 2))


def test_a_vote_needs_a_forum_that_votes_a_session_that_was_held_and_a_quorum() -> None:
    """And each says what is missing."""
    panel().refuse(do.vote(5), "session_not_held")
    held().refuse(do.vote(1), "not_the_forums_vote")
    sat().refuse(do.vote(5, rule="panel-quorum"), "not_the_forums_vote")
    sat(4).refuse(do.vote(3), "not_quorate")


def test_the_public_asks_until_nine_on_the_working_day_before() -> None:
    """The very instant is in time; after it the chair may take it."""
    table = panel()
    cutoff = instant(day("2026-07-09"), "09:00")
    happened = table.do(do.ask("public", received_at=cutoff))
    assert isinstance(happened[0], QuestionAsked)
    assert not happened[0].late
    late = cutoff + timedelta(seconds=1)
    table.refuse(do.ask("public", received_at=late), "after_cutoff")
    table.do(do.ask("public", received_at=late, allowed_late=s.say("It is about today")))
    assert [one.late for one in table.cycle.sessions[0].questions] == [False, True]
    assert table.cycle.sessions[0].questions[0].at == cutoff


def test_questions_need_a_session_an_item_and_a_forum_that_takes_them() -> None:
    """The Commissioner and members ask whenever they like."""
    table = opened(requests=1)
    table.refuse(do.ask("public"), "no_public_questions")
    table.refuse(do.ask(request=9), "no_such_request")
    table.refuse(do.ask(received_at=table.now + timedelta(hours=1)), "not_yet_received")
    table.refuse(do.ask(session=4), "no_session")
    table.do(do.ask(request=1), do.ask("member"))


def test_an_answer_belongs_to_a_question_and_may_be_promised_in_writing() -> None:
    """By a day that is still to come; what is written later takes its place."""
    table = opened()
    table.refuse(do.answer(), "no_such_question")
    table.do(do.ask())
    table.refuse(do.answer(in_writing_by=table.now.date()), "not_later")
    happened = table.do(do.answer(by="chief-constable", in_writing_by=s.date_after(table.now, 3)))
    assert isinstance(happened[0], AnswerRecorded)
    assert table.cycle.sessions[0].questions[0].in_writing_by
    table.do(do.answer())
    found = table.cycle.sessions[0].questions[0]
    assert (found.answer, found.in_writing_by) == (s.say("Twelve."), None)


def test_an_officers_judgement_waits_for_the_commissioner() -> None:
    """The Commissioner's own needs no confirmation."""
    table = held(2)
    table.refuse(do.confirm_judgement(), "nothing_to_confirm")
    table.do(s.judge(acts.REF, 1), s.judge(acts.REF, 2).model_copy(update={"actor": s.OFFICER}))
    first, second = table.cycle.judgements
    assert first.confirmed_by == s.COMMISSIONER
    assert second.confirmed_by is None
    table.refuse(do.confirm_judgement(1), "nothing_to_confirm")
    table.refuse(do.confirm_judgement(2).model_copy(update={"actor": s.OFFICER}), "not_your_role")
    table.do(do.confirm_judgement(2))
    assert table.cycle.judgements[1].confirmed_by == s.COMMISSIONER
    table.refuse(do.confirm_judgement(2), "nothing_to_confirm")
