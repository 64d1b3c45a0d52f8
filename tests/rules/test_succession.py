"""Another body takes over: from a day, with both names kept."""

from datetime import date, timedelta

import pytest

from rules.acting.succession import body_on, first_body, holder_on, stands_on
from rules.publishing.publication import fingerprint, public_facts
from rules.telling.notices import notices
from rules.writing import act_of, entries_of, writing_of
from schemas.events import FindingsPublished
from schemas.outcomes import Allowed
from schemas.people import Actor, Role
from schemas.rows import CyclePage
from schemas.successions import Part
from tests import scenario as s
from tests.rules import acts, findings_acts, outcome_acts
from tests.rules.succession_acts import NEW_NAME, OLD_NAME, announced, called, force, told
from tests.rules.table import MONDAY, Table, opened, signed

OLD, NEW = "west-mercia-opcc", outcome_acts.BODY
DAY = timedelta(days=1)
TODAY = MONDAY.date()


def stamp(table: Table, actor: Actor) -> str | None:
    """The body on whose behalf an act of this actor would be entered now."""
    command = acts.pause(actor)
    decision = table.decide(command)
    assert isinstance(decision, Allowed)
    return entries_of(act_of(command), decision.events, table.now, table.cycle)[0].actor.on_behalf_of


def test_before_its_day_the_old_body_stands_and_from_it_the_new() -> None:
    """The day itself belongs to the new one."""
    table = opened()
    table.do(outcome_acts.succeed(TODAY + 10 * DAY))
    assert body_on(table.cycle, TODAY + 9 * DAY) == OLD
    assert body_on(table.cycle, TODAY + 10 * DAY) == NEW
    assert table.cycle.body == OLD
    table.wait(days=10)
    table.do(acts.pause())
    assert table.cycle.body == NEW
    assert first_body(table.cycle) == table.cycle.successions[0].was == OLD


def test_entries_carry_the_body_of_their_day() -> None:
    """Whether the door named the body before or none; the force acts for itself."""
    table = opened()
    table.do(outcome_acts.succeed(TODAY + 10 * DAY))
    named = s.OFFICER.model_copy(update={"on_behalf_of": OLD})
    assert stamp(table, s.OFFICER) == stamp(table, named) == OLD
    table.wait(days=10)
    assert stamp(table, s.OFFICER) == stamp(table, named) == NEW
    other = s.OFFICER.model_copy(update={"on_behalf_of": "somebody-else"})
    assert stamp(table, other) == "somebody-else"
    table.do(acts.acknowledge())
    assert table.entries[-1].actor == s.LEAD


def test_without_a_succession_an_entry_stays_as_it_was_said() -> None:
    """Byte for byte."""
    assert stamp(opened(), s.OFFICER) is None


def test_a_second_succession_follows_the_first_whatever_is_recorded_first() -> None:
    """The days decide."""
    table = opened()
    table.do(outcome_acts.succeed(TODAY + 30 * DAY, "third"), outcome_acts.succeed(TODAY + 10 * DAY))
    days = (9, 10, 29, 30)
    assert [body_on(table.cycle, TODAY + n * DAY) for n in days] == [OLD, NEW, NEW, "third"]
    assert [one.was for one in table.cycle.successions] == [OLD, OLD]


def test_what_cannot_be_is_refused() -> None:
    """Not before the cycle was opened, and not to whoever stands already."""
    table = opened()
    assert table.refuse(outcome_acts.succeed(TODAY - DAY), "before_opening").field == "from_on"
    assert table.refuse(outcome_acts.succeed(TODAY, OLD), "no_succession").field == "to"
    table.do(outcome_acts.succeed(TODAY))
    table.refuse(outcome_acts.succeed(TODAY + DAY), "no_succession")


def test_an_office_holder_follows_and_the_body_stays() -> None:
    """Both are on record."""
    table = opened()
    table.do(outcome_acts.succeed(TODAY + DAY, "deputy-commissioner", what="office_holder"))
    assert table.cycle.body == body_on(table.cycle, TODAY + DAY) == OLD
    assert holder_on(table.cycle, TODAY) is None
    assert holder_on(table.cycle, TODAY + DAY) == "deputy-commissioner"


def test_findings_name_both_and_the_fingerprint_holds_on_the_day() -> None:
    """What was decided to be published is what is published."""
    table = signed()
    table.do(outcome_acts.succeed(table.now.date() + 10 * DAY))
    table.wait(days=11)
    [published, *_] = table.do(s.publish(acts.REF))
    version = table.cycle.findings[-1]
    assert isinstance(published, FindingsPublished)
    assert published.fingerprint == fingerprint(table.cycle, version)
    facts = public_facts(table.cycle, version)
    assert facts["body"] == NEW
    assert facts["successions"][0]["was"] == OLD
    assert "successions" not in public_facts(opened().cycle, version)


def test_who_has_to_know_is_told() -> None:
    """The officer, the force and the panel."""
    table = opened()
    table.do(outcome_acts.succeed(TODAY))
    found = notices(table.entries[-1], table.cycle)
    assert [one.template for one in found] == ["body_succeeded"]
    assert found[0].roles == (Role.FORCE_COORDINATION, Role.PANEL_SECRETARIAT)


def test_a_timed_release_on_the_day_of_a_succession_carries_the_body_of_that_day() -> None:
    """In the facts and in the fingerprint, though no act of the new body came before it."""
    table = signed()
    at = table.after(10, "11:00")
    table.do(outcome_acts.succeed(at.date()), findings_acts.schedule(at))
    [published] = [one for one in table.run_to(at) if isinstance(one, FindingsPublished)]
    version = table.cycle.findings[-1]
    assert public_facts(table.cycle, version)["body"] == NEW
    assert published.fingerprint == fingerprint(table.cycle, version)
    entry = next(one for one in table.entries if isinstance(one.event, FindingsPublished))
    written = writing_of((entry,), table.cycle, table.calendar).publication
    assert written is not None
    assert written.fingerprint == published.fingerprint


def named(table: Table, what: str, day: date) -> str:
    """Who stands for a part of a cycle on a day, as papers show it."""
    page = CyclePage(cycle=table.cycle, stage="gathering", words=s.WORDS.kept)
    return dict(page.named_on(day)).get(what, "")


@pytest.mark.parametrize(("what", "label"), [("force", "Force"), ("panel", "Panel")])
def test_a_force_and_a_panel_get_another_name_from_a_day(what: Part, label: str) -> None:
    """Both names stand on papers from that day, the old one alone before it; the body is not touched."""
    table = opened()
    was = {"was": f"old-{what}", "was_name": s.say("The old name"), "to_name": s.say("The new name")}
    table.do(outcome_acts.succeed(TODAY + 10 * DAY, f"new-{what}", what=what, **was))
    assert first_body(table.cycle) == OLD
    assert stands_on(table.cycle, what, TODAY + 9 * DAY) == f"old-{what}"
    assert stands_on(table.cycle, what, TODAY + 10 * DAY) == f"new-{what}"
    assert named(table, label, TODAY + 9 * DAY) == ""
    assert named(table, label, TODAY + 10 * DAY) == "The new name (before 11 June 2026: The old name)"
    table.wait(days=11)
    table.do(acts.pause())
    assert table.cycle.body == OLD


def test_the_force_acts_for_itself_until_it_is_followed_by_another() -> None:
    """Before the day for the old one, from it for the new one; no other side is touched."""
    table = opened()
    one = force(TODAY + 10 * DAY)
    table.do(outcome_acts.succeed(one.from_on, one.to, what="force", was=one.was))
    table.do(acts.acknowledge())
    assert table.entries[-1].actor.on_behalf_of == "west-mercia-police"
    table.wait(days=10)
    table.do(s.submit(acts.REF))
    assert table.entries[-1].actor.on_behalf_of == "mercia-police"
    assert stamp(table, s.SECRETARIAT.model_copy(update={"role": Role.POLICY_OFFICER})) == OLD


def test_three_bodies_in_a_row_are_all_named() -> None:
    """The newest first."""
    table = opened()
    names = {"was_name": s.say("First"), "to_name": s.say("Second")}
    table.do(outcome_acts.succeed(TODAY + 10 * DAY, "second", **names))
    names = {"was_name": s.say("Second"), "to_name": s.say("Third")}
    table.do(outcome_acts.succeed(TODAY + 20 * DAY, "third", **names))
    found = named(table, "Held to account by", TODAY + 20 * DAY)
    assert found == "Third (before 21 June 2026: Second; before 11 June 2026: First)"


def test_a_predecessor_has_to_be_the_one_that_stands() -> None:
    """Where the cycle knows better, the refusal names it."""
    table = opened()
    found = table.refuse(outcome_acts.succeed(TODAY, "a-board", was="somebody"), "other_predecessor")
    assert OLD in found.message
    table.refuse(outcome_acts.succeed(TODAY, "x-police", what="force", was="x-police"), "no_succession")


def test_a_cycle_that_is_opened_before_the_day_knows_of_it_from_its_opening() -> None:
    """It begins under the old body and goes on under the new one, and papers name both."""
    one = announced(TODAY + 10 * DAY)
    table = opened(called=(called(who=OLD, name=OLD_NAME),), taking_over=(told(one),))
    assert table.cycle.body == OLD
    assert named(table, "Held to account by", TODAY) == OLD_NAME
    both = f"{NEW_NAME} (before 11 June 2026: {OLD_NAME})"
    assert named(table, "Held to account by", one.from_on) == both
    table.wait(days=10)
    table.do(acts.pause())
    assert table.cycle.body == "west-mercia-mayor"


def test_a_planned_opening_knows_of_it_too() -> None:
    """Whenever its requests go out."""
    one = announced(TODAY + 10 * DAY)
    table = opened(ask="planned", taking_over=(told(one),))
    assert [one.to for one in table.cycle.successions] == [one.to]


def test_a_cycle_that_is_opened_after_the_day_names_the_new_body_alone() -> None:
    """And acts in it are on behalf of that body, whatever the door still says."""
    table = opened(
        body="west-mercia-mayor", called=(called(), called("force", "mercia-police", "Mercia Police"))
    )
    assert named(table, "Held to account by", TODAY) == NEW_NAME
    assert named(table, "Force", TODAY) == "Mercia Police"
    behind = s.OFFICER.model_copy(update={"on_behalf_of": OLD})
    assert stamp(table, behind) == "west-mercia-mayor"


def test_late_recording_is_on_the_record() -> None:
    """In the event and in the cycle."""
    table = opened()
    table.wait(days=3)
    table.do(outcome_acts.succeed(TODAY, recorded_late=s.say("The order came out today")))
    assert table.cycle.successions[0].recorded_late == s.say("The order came out today")


def test_findings_carry_names_as_texts() -> None:
    """So that the fingerprint is over them too; without names nothing is added."""
    table = signed()
    names = {"was_name": s.say(OLD_NAME), "to_name": s.say(NEW_NAME)}
    table.do(outcome_acts.succeed(table.now.date(), **names), s.publish(acts.REF))
    facts = public_facts(table.cycle, table.cycle.findings[-1])
    assert facts["successions"][0]["to_name"] == s.say(NEW_NAME)
    assert "called" not in facts
