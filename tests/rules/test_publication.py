"""What is published, and the fingerprint by which anyone can check it."""

import hashlib
import json

from rules.publishing.publication import PUBLIC, canonical, fingerprint, is_public, public_facts
from rules.writing import writing_of
from schemas.cycle import Cycle, FindingsVersion
from schemas.evidence import FileItem
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, signed


def account() -> tuple[Cycle, FindingsVersion]:
    """A cycle that may be published, and the version to publish."""
    cycle = signed().cycle
    return cycle, cycle.findings[-1]


def test_the_canonical_form_is_the_only_one() -> None:
    """Order and spaces do not matter to it; letters stay letters."""
    assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


def test_a_fingerprint_is_the_digest_of_the_public_facts() -> None:
    """Anyone can make it again from the facts as published, JSON in between or not."""
    cycle, version = account()
    facts = json.loads(json.dumps(public_facts(cycle, version)))
    assert fingerprint(cycle, version) == hashlib.sha256(canonical(facts)).hexdigest()


def test_a_fingerprint_survives_the_store() -> None:
    """The cycle read back from JSON has the same fingerprint."""
    cycle, version = account()
    read = Cycle.model_validate_json(cycle.model_dump_json())
    assert fingerprint(read, read.findings[-1]) == fingerprint(cycle, version)


def test_a_fingerprint_changes_with_every_public_fact() -> None:
    """Another answer, judgement or day is another fingerprint."""
    cycle, version = account()
    before = fingerprint(cycle, version)
    assert fingerprint(cycle, version.model_copy(update={"answer": s.say("No.")})) != before
    assert fingerprint(cycle.model_copy(update={"judgements": ()}), version) != before


def test_later_acts_do_not_touch_what_was_published() -> None:
    """The facts are frozen with the publication."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm(), s.publish(acts.REF))
    written = writing_of((table.entries[-1],), table.cycle, table.calendar).publication
    assert written is not None
    table.do(acts.claim(table.now.date()), acts.verify())
    assert hashlib.sha256(canonical(written.facts)).hexdigest() == written.fingerprint
    assert table.cycle.findings[-1].fingerprint == written.fingerprint


def test_no_person_and_no_withdrawn_request_is_in_the_public_facts() -> None:
    """Roles in place of persons; files by digest; what was withdrawn is not shown."""
    table = Table()
    file = FileItem(digest="a" * 64, size=10, media_type="text/csv", name=s.say("names of people.csv"))
    table.do(s.open_cycle(acts.REF, table.now, 2), acts.withdraw(2), s.submit(acts.REF, items=(file,)))
    table.now = table.after(30, "17:00")
    table.do(s.attendance(acts.REF), s.findings(acts.REF), acts.propose(s.date_after(table.now, 5)))
    facts = public_facts(table.cycle, table.cycle.findings[-1])
    assert [one["files"] for one in facts["evidence"]] == [["a" * 64]]
    assert facts["actions"] == []
    said = json.dumps(facts)
    for person in (s.LEAD.person, s.OFFICER.person, s.CHIEF_CONSTABLE.person, file.name):
        assert person not in said


def test_reminders_and_drafts_are_not_public() -> None:
    """What is shown to everybody is a list, and everything else is not."""
    assert is_public("FindingsPublished")
    assert not {"FindingsDrafted", "ReminderDelivered", "CyclePaused", "ActionProposed"} & PUBLIC
