"""Two runs compared: what moved, because of what, and what misses what."""

from datetime import date, datetime, timedelta

from reference.forums import forums
from rules.clocks import instant
from rules.supposing.comparing import Both, rows
from rules.supposing.courses import Course, marks
from rules.supposing.missing import misses
from rules.supposing.summing import more_letters, summary
from schemas.commands import AnyCommand, MoveSession, PublishPapers
from schemas.evidence import WrittenItem
from schemas.notices import Notice
from schemas.sessions import SessionDraft
from schemas.supposing import Row, Supposition
from tests import scenario as s
from tests.rules.table import MONDAY, Table, working

REF, LEAD = "HTA-2026-07", "acc-local-policing"
SESSION_ON = date(2026, 7, 14)
DUE_ON, PAPERS_ON = date(2026, 7, 7), date(2026, 7, 8)


def table(requests: int = 1) -> Table:
    """A cycle with a session that owes three clear days' notice; returns are due five working days before."""
    found = Table(MONDAY)
    session = SessionDraft(starts_at=instant(SESSION_ON, "14:00"), rules=forums()["holding_to_account"].rules)
    found.do(s.open_cycle(REF, MONDAY, requests=requests, session=session))
    return found


def returned(on: date, *, held: bool = True, reviewed: int = 1) -> Table:
    """The return comes at 15:00 of a day and is accepted some days later; papers, and then the session."""
    found, at = table(), instant(on, "15:00")
    papers = (WrittenItem(text=s.say("The papers.")),)
    acts: list[tuple[datetime, AnyCommand]] = [
        (at, s.submit(REF)),
        (at + timedelta(days=reviewed), s.accept(REF)),
        (instant(PAPERS_ON, "12:00"), PublishPapers(cycle=REF, key=s.key(), actor=s.OFFICER, papers=papers)),
    ]
    if held:
        acts.append((instant(SESSION_ON, "20:00"), s.attendance(REF)))
    for when, command in sorted(acts, key=lambda one: one[0]):
        found.now = when
        found.do(command)
    return found


def course(found: Table, *sent: Notice) -> Course:
    """A run that ended as the table stands."""
    return Course(found.cycle, tuple(found.entries), tuple((one, one.to) for one in sent), working())


def both(before: Table, after: Table, **supposed: object) -> Both:
    """The two runs."""
    return Both(course(before), course(after), Supposition.model_validate(supposed))


def one(found: tuple[Row, ...], key: str) -> Row:
    """One row."""
    return next(row for row in found if row.key == key)


def test_a_return_after_the_papers_misses_them() -> None:
    """Counted in working days, named by its number, and only once."""
    runs = both(returned(DUE_ON), returned(date(2026, 7, 13)), force_late_days=4)
    found = rows(runs)
    assert (one(found, "return/1").before, one(found, "return/1").after) == ("met", "late")
    assert misses(runs, found)[0] == (
        "The return to request 1 would come 3 working days after the papers go out on Wednesday 8 July 2026."
    )
    assert sum("return to request 1 would come" in said for said in misses(runs, found)) == 1


def test_a_return_after_the_session_and_one_that_never_comes() -> None:
    """Each in its own words; nothing is said that is so as things stand."""
    late = both(returned(DUE_ON), returned(date(2026, 7, 16)), force_late_days=7)
    assert misses(late, rows(late))[:2] == (
        "The return to request 1 would come 2 working days after the session on Tuesday 14 July 2026.",
        "The return to request 1 would be looked at 3 working days after the session.",
    )
    silent = table()
    silent.now = instant(SESSION_ON, "20:00")
    silent.do(s.attendance(REF))
    never = both(returned(DUE_ON), silent, force_late_days="silent")
    assert misses(never, rows(never)) == (
        "The return to request 1 would not have come by the session on Tuesday 14 July 2026.",
    )
    assert one(rows(never), "return/1").because == ("The force would send nothing.",)
    same = both(silent, silent, force_late_days="silent")
    assert misses(same, rows(same)) == ()


def test_an_office_that_is_late_is_named() -> None:
    """The review is late though the return was not."""
    runs = both(returned(DUE_ON), returned(DUE_ON, reviewed=8), office_late_days=5)
    review = one(rows(runs), "review/1")
    assert (review.before, review.after) == ("met", "late")
    assert review.because == ("The office would look at it 5 working days later than its standard.",)
    assert "The return to request 1 would be looked at 1 working day after the session." in misses(
        runs, rows(runs)
    )


def test_what_hangs_on_the_session_moves_with_it() -> None:
    """Each row says so, and a row that stays says nothing."""
    after = table()
    later = instant(date(2026, 7, 21), "14:00")
    after.do(
        MoveSession(
            cycle=REF, key=s.key(), actor=s.OFFICER, session=1, starts_at=later, reason=s.say("It moves.")
        )
    )
    runs = both(table(), after, session_moves_days=7)
    found = rows(runs)
    assert one(found, "session/1").because == ("The session moves from Tuesday 14 July to Tuesday 21 July.",)
    for key in ("return/1", "notice/1", "papers/1"):
        assert one(found, key).because == (
            "It is counted from the session, which moves from Tuesday 14 July to Tuesday 21 July.",
        )
    assert summary(runs, found, 0) == (
        "If the session moves to Tuesday 21 July 2026, nothing would be missed that is kept as things "
        "stand, 4 days would move and no more letters would go out."
    )


def test_nothing_that_follows_is_one_plain_sentence() -> None:
    """Two runs alike."""
    runs = both(table(), table(), holidays=["2026-12-24"])
    assert summary(runs, rows(runs), 0) == (
        "If 24 December 2026 is a bank holiday, nothing that is owed would move, "
        "and nothing more would be missed."
    )
    assert not any(row.moved for row in rows(runs))


def test_letters_are_compared_by_what_they_say() -> None:
    """The same reminder on another day is no other letter; one more and one less are counted."""

    def letter(template: str, days: int = 0, rung: int | None = None) -> Notice:
        at = MONDAY + timedelta(days=days)
        facts = {
            "key": f"k{template}{days}",
            "template": template,
            "cycle": REF,
            "to": ("acc-local-policing",),
        }
        return Notice.model_validate({**facts, "planned_at": at, "request": 1, "rung": rung})

    before = course(table(), letter("evidence_reminder", rung=-1), letter("return_received"))
    after = course(table(), letter("evidence_reminder", 3, rung=-1), letter("evidence_overdue", 5, rung=1))
    letters, fewer = more_letters(Both(before, after, Supposition(force_late_days=2)))
    assert [(found.template, found.to) for found in letters] == [
        ("evidence_overdue", ("acc-local-policing",))
    ]
    assert fewer == 1


def test_every_deadline_of_the_boards_is_a_mark() -> None:
    """Returns, sessions, notice, papers and reviews, each once; papers that a session never had are none."""
    found = marks(course(returned(DUE_ON)))
    assert {"return/1", "session/1", "notice/1", "papers/1", "review/1", "findings"} == set(found)
    without = table()
    without.now = instant(SESSION_ON, "20:00")
    without.do(s.attendance(REF))
    assert "papers/1" not in marks(course(without))
    assert "papers/1" in marks(course(table()))
    assert found["notice/1"].kept == "never"
    assert found["session/1"].kept == "met"
