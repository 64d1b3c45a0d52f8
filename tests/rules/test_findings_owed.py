"""What a fact check owes to the boards, why its day is that day, and who is told what becomes of findings."""

from reference.explaining import table as calendar_table
from rules.deadlines import deadlines
from rules.explaining.reasons import RULE_OF, reason
from rules.telling.notices import notices
from schemas.commands import AnyCommand
from schemas.counting import Explanation
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, held, signed


def told(table: Table, *commands: AnyCommand) -> list[tuple[str, tuple[str, ...], tuple[Role, ...]]]:
    """The notices that some acts make: the letter, and to whom."""
    start = len(table.entries)
    table.do(*commands)
    found = [one for entry in table.entries[start:] for one in notices(entry, table.cycle)]
    return [(one.template, one.to, one.roles) for one in found]


def test_a_fact_check_is_on_the_boards_until_it_is_answered() -> None:
    """Nobody is named: the Chief Constable or force coordination answers."""
    table = held()
    table.do(s.findings(acts.REF), about.invite())
    [owed] = [one for one in deadlines(table.cycle, table.calendar) if one.what == "fact_check"]
    assert (owed.key, owed.owner, owed.done) == ("fact-check/1", None, False)
    why = reason(table.cycle, owed.key, calendar_table)
    assert isinstance(why, Explanation)
    assert why.rule.id == RULE_OF["fact-check"]
    assert reason(table.cycle, "fact-check/9", calendar_table) is None
    table.do(about.answer())
    [answered] = [one for one in deadlines(table.cycle, table.calendar) if one.what == "fact_check"]
    assert answered.done


def test_who_is_told_of_checks_and_redactions() -> None:
    """The force is asked, the officer hears the answer; whoever may check the copy, and whoever made it."""
    table = held()
    table.do(s.findings(acts.REF))
    assert told(table, about.invite()) == [
        ("fact_check_invited", (), (Role.CHIEF_CONSTABLE, Role.FORCE_COORDINATION))
    ]
    assert told(table, about.answer()) == [("fact_check_received", (s.OFFICER.person,), ())]
    assert told(table, about.redact()) == [("redactions_to_check", (), (Role.PUBLICATION_OFFICER,))]
    wrong = about.check(agreed=False, reason=s.say("A name is left"))
    assert told(table, wrong) == [("redactions_refused", (s.OFFICER.person,), ())]
    agreed = told(table, about.redact(), about.check())
    assert agreed[-1] == ("findings_to_sign", (), (Role.CHIEF_EXECUTIVE,))


def test_who_is_told_of_releases_corrections_and_withdrawals() -> None:
    """Those who have to know when it comes out, and those who have read what was published."""
    table = signed()
    officer = (s.OFFICER.person,)
    inside = (Role.CHIEF_EXECUTIVE, Role.FORCE_COORDINATION)
    readers = (Role.PANEL_SECRETARIAT, Role.FORCE_COORDINATION)
    assert told(table, about.schedule(table.after(5))) == [("release_scheduled", officer, inside)]
    assert told(table, about.hold()) == [("release_held_back", officer, inside)]
    table.do(s.publish(acts.REF), about.correction())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    assert told(table, about.correct()) == [("findings_corrected", officer, readers)]
    assert told(table, about.withdraw(2)) == [("findings_withdrawn", officer, readers)]
