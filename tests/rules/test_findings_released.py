"""Releases, corrections and withdrawals: who, when, once, and what everybody may read of it."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from rules.publishing.freezing import freezes, frozen, public_on
from rules.publishing.publication import canonical, fingerprint, public_facts
from rules.publishing.releasing import released, waiting
from rules.writing import writing_of
from schemas.cycle import WithheldItem
from schemas.elections import Poll
from schemas.events import FindingsCorrected, FindingsPublished
from schemas.evidence import FileItem
from schemas.records import Writing
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, held, opened, refused, signed, working

FILE = FileItem(digest="a" * 64, size=10, media_type="text/csv", name=s.say("names.csv"))
BEFORE_THE_PARTS = (
    "458928b795369fdfe5fc329c7e3c67bf7ec8b59002fc9a630e78e0f4da387ce8",
    "10f3458f7642a292c9f3ae54eb2381286fa44ba6c64b6d9794620a528b4a6240",
)
"""Fingerprints of two plain cycles, made by the code as it was before findings had these parts."""


def published() -> Table:
    """A cycle whose findings are published, with an action still open."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), s.publish(acts.REF))
    return table


def corrected() -> Table:
    """The same with a correction that both have signed."""
    table = published()
    table.do(about.correction())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    return table


def last(table: Table) -> Writing:
    """What is written down of the last act."""
    entries = [one for one in table.entries if one.key == table.entries[-1].key]
    return writing_of(tuple(entries), table.cycle, table.calendar)


def test_what_was_published_before_keeps_its_fingerprint() -> None:
    """New facts stand only where there are any."""
    plain = signed().cycle
    assert fingerprint(plain, plain.findings[-1]) == BEFORE_THE_PARTS[0]
    table = held(2)
    table.do(s.judge(acts.REF), acts.record_decision(), acts.propose(s.date_after(table.now, 20)))
    table.do(acts.confirm(), s.findings(acts.REF))
    assert fingerprint(table.cycle, table.cycle.findings[-1]) == BEFORE_THE_PARTS[1]


def test_a_release_waits_for_its_instant_and_a_notice_stands() -> None:
    """The placeholder goes to the store with the act, and is gone when the findings come."""
    table = signed()
    at = table.after(5)
    table.do(about.schedule(at))
    shown = last(table).placeholder
    assert shown is not None
    assert (shown.at, shown.version) == (at, 1)
    version = waiting(table.cycle)
    assert version is not None
    table.engine(*released(table.cycle, version))
    assert [one.event.kind for one in table.entries[-2:]] == ["FindingsPublished", "CycleClosed"]
    assert waiting(table.cycle) is None
    assert last(table).placeholder is None
    assert last(table).publication is not None


def test_a_release_says_one_of_two_things() -> None:
    """An instant to come within the calendar, or a condition."""
    table = signed()
    table.refuse(about.schedule(None), "one_of_two")
    table.refuse(about.schedule(table.after(5), condition=s.say("The trial is over")), "one_of_two")
    table.refuse(about.schedule(table.now), "release_in_past")
    table.refuse(about.schedule(datetime(2099, 1, 1, tzinfo=UTC)), "beyond_horizon")
    table.do(about.schedule(None, condition=s.say("The trial is over")))
    table.refuse(about.schedule(table.after(5)), "release_waits")


def test_a_release_needs_what_publication_needs() -> None:
    """Both signatures, and a third person."""
    table = held()
    table.do(s.findings(acts.REF))
    table.refuse(about.schedule(table.after(5)), "not_approved")
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    author = s.PUBLISHER.model_copy(update={"person": s.OFFICER.person})
    table.refuse(about.schedule(table.after(5), actor=author), "needs_second_person")
    signer = s.PUBLISHER.model_copy(update={"person": s.COMMISSIONER.person})
    table.refuse(about.schedule(table.after(5), actor=signer), "needs_second_person")


def test_nothing_changes_beneath_a_release() -> None:
    """Held back first: then it can be drafted, redacted, or published at once."""
    table = signed()
    table.do(about.schedule(table.after(5)))
    table.refuse(s.findings(acts.REF), "release_waits")
    table.refuse(about.redact(), "release_waits")
    table.refuse(s.publish(acts.REF), "release_waits")
    table.refuse(about.hold(2), "no_release")
    table.do(about.hold())
    assert last(table).placeholder is None
    table.refuse(about.hold(), "no_release")
    table.do(s.publish(acts.REF))


def test_a_condition_is_fulfilled_by_publishing() -> None:
    """Somebody sees that it is met."""
    table = signed()
    table.do(about.schedule(None, condition=s.say("The trial is over")))
    table.do(s.publish(acts.REF))
    assert waiting(table.cycle) is None


def test_a_correction_is_drafted_signed_and_published_as_one() -> None:
    """It says what it puts right, and what it takes the place of."""
    table = published()
    table.refuse(s.findings(acts.REF), "already_published")
    table.do(about.correction())
    table.refuse(about.correct(), "not_approved")
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    table.refuse(s.publish(acts.REF, 2), "correct_instead")
    [event] = table.do(about.correct())
    assert isinstance(event, FindingsCorrected)
    assert (event.replaces, event.reason) == (1, s.say("The figure for July was wrong."))
    row = last(table).publication
    assert row is not None
    assert (row.facts["correction"], row.facts["replaces"]) == (event.reason, 1)
    assert row.fingerprint == event.fingerprint == hashlib.sha256(canonical(row.facts)).hexdigest()
    table.refuse(about.correct(), "already_published")


def test_there_is_nothing_to_correct_before_publication() -> None:
    """Neither to draft nor to publish."""
    table = signed()
    table.refuse(about.correction(), "nothing_to_correct")
    table.refuse(about.correct(1), "nothing_to_correct")


def test_a_closed_cycle_is_still_corrected_and_withdrawn() -> None:
    """And closes no second time."""
    table = signed()
    table.do(s.publish(acts.REF))
    assert table.cycle.closed_at
    table.do(about.correction())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    assert [one.kind for one in table.do(about.correct())] == ["FindingsCorrected"]
    table.do(about.withdraw(2))


def test_a_correction_can_be_timed_too() -> None:
    """One way to make the events."""
    table = corrected()
    table.do(about.schedule(table.after(5), 2))
    table.refuse(about.correct(), "release_waits")
    version = waiting(table.cycle)
    assert version is not None
    assert isinstance(released(table.cycle, version)[0], FindingsCorrected)


def test_withdrawing_takes_back_every_version_until_a_correction_comes() -> None:
    """Once; and what comes after stands."""
    table = signed()
    table.refuse(about.withdraw(), "not_published")
    table = corrected()
    table.do(about.correct())
    table.refuse(about.withdraw(1), "not_newest_version")
    table.do(about.withdraw(2))
    assert all(one.withdrawn_at for one in table.cycle.findings)
    taken = last(table).withdrawal
    assert taken is not None
    assert taken.notice == table.cycle.findings[-1].withdrawn_because
    table.refuse(about.withdraw(2), "already_withdrawn")
    table.do(about.correction())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 3), s.approve(acts.REF, s.COMMISSIONER, 3))
    table.do(about.correct(3))
    assert [one.withdrawn_at is None for one in table.cycle.findings] == [False, False, True]


def test_the_public_facts_hold_the_copy_and_never_the_original() -> None:
    """Neither by words nor by reference; what is withheld is listed with its ground and no content."""
    table = opened(requests=2)
    table.do(
        s.submit(acts.REF, items=(FILE,)), s.accept(acts.REF), s.submit(acts.REF, 2), s.accept(acts.REF, 2)
    )
    table.now = table.after(30, "17:00")
    items = (WithheldItem(request=1, version=1, item=1, ground="personal_data", paragraph="para 2"),)
    table.do(
        s.attendance(acts.REF), s.findings(acts.REF), about.redact(about.FOUND, items=items), about.check()
    )
    version = table.cycle.findings[-1]
    facts = public_facts(table.cycle, version)
    assert facts["findings"] != version.body
    assert version.body not in canonical(facts).decode()
    assert FILE.digest not in canonical(facts).decode()
    item, passage = facts["withheld"]
    assert item == {
        "what": "file",
        "request": 1,
        "version": 1,
        "item": 1,
        "ground": "personal_data",
        "source": "uk-gdpr.a5",
        "paragraph": "para 2",
    }
    assert passage == {"what": "passage", "of": "body", "ground": "personal_data", "source": "uk-gdpr.a5"}


def test_a_reason_to_publish_before_a_poll_is_on_record() -> None:
    """With a timed release it travels from the schedule to the publication."""
    table = signed()
    why = s.say("People have to know before they vote")
    table.do(about.schedule(table.after(5), despite_election=why))
    version = waiting(table.cycle)
    assert version is not None
    event = released(table.cycle, version)[0]
    assert isinstance(event, FindingsPublished)
    assert event.despite_election == why


POLLS = (
    Poll(id="may", title="May", polls_on=date(2027, 5, 6), source="rpa-1983.s37", mark="not_verified"),
    Poll(
        id="by", title="By-election", polls_on=date(2026, 9, 10), from_on=date(2026, 8, 1), source="x",
        mark="not_verified",
    ),
    Poll(id="far", title="Far", polls_on=date(2099, 5, 7), source="rpa-1983.s37", mark="not_verified"),
)  # fmt: skip


def test_nothing_is_published_before_a_poll_without_a_reason() -> None:
    """The first day is counted or named; a timed release counts by its own day; withdrawing never waits."""
    periods = freezes(POLLS, working(), 25)
    assert [one.from_on for one in periods] == [date(2027, 3, 31), date(2026, 8, 1)]
    inside, outside = date(2027, 4, 20), date(2027, 5, 7)
    refused(frozen(s.publish(acts.REF), inside, periods), "pre_election")
    refused(frozen(about.correct(), inside, periods), "pre_election")
    assert frozen(s.publish(acts.REF), outside, periods) is None
    assert frozen(about.correct(despite_election=s.say("It cannot wait")), inside, periods) is None
    timed = about.schedule(datetime(2027, 4, 20, 9, tzinfo=UTC))
    refused(frozen(timed, outside, periods), "pre_election")
    assert public_on(timed, outside) == inside
    late = about.schedule(datetime(2027, 4, 20, 9, tzinfo=UTC) + timedelta(days=60))
    assert frozen(late, inside, periods) is None
    assert frozen(about.schedule(None, condition=s.say("Later")), inside, periods) is None
    assert frozen(about.withdraw(), inside, periods) is None
