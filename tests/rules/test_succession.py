"""Another body takes over: from a day, with both names kept."""

from datetime import timedelta

from rules.acting.succession import body_on, holder_on
from rules.publishing.publication import fingerprint, public_facts
from rules.telling.notices import notices
from rules.writing import act_of, entries_of, writing_of
from schemas.events import FindingsPublished
from schemas.outcomes import Allowed
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts, findings_acts, outcome_acts
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
    assert table.cycle.successions[0].was == OLD


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
