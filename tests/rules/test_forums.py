"""What a command says of a forum is held against the office's own data, on the day."""

from datetime import date

from reference.forums import forums
from rules.meeting.forums import check_forums, held_on, with_rules
from schemas.sessions import OfficeForum, Seat, SessionDraft
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, opened, refused

OFFICE = forums()


def panel() -> Table:
    """A cycle with a meeting of the panel."""
    table = opened(session=None)
    table.do(do.fix(table.after(20)))
    return table


def test_a_seat_is_held_from_its_first_day_to_its_last() -> None:
    """Both days belong to it; a vacancy is nobody's."""
    seats = (
        Seat(id="a", title="A", from_on=date(2026, 1, 1), to_on=date(2026, 5, 7)),
        Seat(id="b", title="B", from_on=date(2026, 5, 8)),
    )
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 7), date(2026, 5, 8))
    assert [held_on(seats, one) for one in days] == [(), ("a",), ("a",), ("b",)]


def test_the_forums_rules_are_the_offices() -> None:
    """Another notice is refused, and none by law; what the law does not ask may be left out."""
    table = Table()
    at = table.after(20)
    draft = do.draft(at)
    short = draft.model_copy(update={"rules": OFFICE["panel"].rules.model_copy(update={"notice_days": 1})})
    for wrong in (short, draft.model_copy(update={"rules": None})):
        command = acts.act("FixSession", s.OFFICER, session=wrong)
        refused(check_forums(command, OFFICE, None), "not_the_forums_rules")
    assert check_forums(acts.act("FixSession", s.OFFICER, session=draft), OFFICE, None) is None
    assert check_forums(s.fix_session(acts.REF, at), OFFICE, None) is None
    opening = s.open_cycle(acts.REF, table.now, session=short)
    refused(check_forums(opening, OFFICE, None), "not_the_forums_rules")


def test_the_membership_is_that_of_the_day() -> None:
    """Attendance and votes carry the seats that were held when the session was."""
    table = panel()
    assert check_forums(do.attended(), OFFICE, table.cycle) is None
    assert check_forums(do.vote(5), OFFICE, table.cycle) is None
    for wrong in (do.PANEL[:16], ()):
        refused(check_forums(do.attended(members=wrong), OFFICE, table.cycle), "not_the_membership")
    refused(check_forums(do.vote(5, members=do.PANEL[:3]), OFFICE, table.cycle), "not_the_membership")
    vacant = [
        one.model_copy(update={"to_on": date(2020, 1, 1)}) if one.id == "council-01" else one
        for one in OFFICE["panel"].seats
    ]
    changed = {**OFFICE, "panel": OfficeForum(rules=OFFICE["panel"].rules, seats=tuple(vacant))}
    found = refused(check_forums(do.attended(), changed, table.cycle), "not_the_membership")
    assert "16 seats" in found.message


def test_a_forum_that_counts_nobody_needs_no_members() -> None:
    """Where there is neither quorum nor vote, who was there is enough."""
    table = opened()
    assert check_forums(s.attendance(acts.REF), OFFICE, table.cycle) is None
    assert check_forums(do.attended(9), OFFICE, table.cycle) is None
    assert check_forums(s.attendance(acts.REF), OFFICE, None) is None


def test_a_draft_gets_its_forums_rules_once() -> None:
    """What it has stays."""
    bare = SessionDraft(forum="panel", starts_at=Table().after(9))
    filled = with_rules(bare, OFFICE)
    assert filled is not None
    assert filled.rules == OFFICE["panel"].rules
    assert with_rules(filled, {}) == filled
    assert with_rules(None, OFFICE) is None
