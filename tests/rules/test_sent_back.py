"""Findings that are not signed but sent back with a note."""

from rules.boards.needs import needs_of
from rules.telling.notices import notices
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, held


def drafted() -> Table:
    """A cycle whose findings wait for the Commissioner."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF), s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    return table


def needed(table: Table) -> set[tuple[str, str]]:
    """What is needed of whom."""
    return {(one.what, one.whom) for one in needs_of(table.cycle)}


def test_what_is_sent_back_is_signed_by_nobody() -> None:
    """Signatures fall away, the officer is asked for a new version, and nobody for a signature."""
    table = drafted()
    assert ("signature", "commissioner") in needed(table)
    table.do(about.send_back())
    newest = table.cycle.findings[-1]
    assert newest.approvals == ()
    assert newest.sent_back
    assert newest.sent_back.by == s.COMMISSIONER
    assert ("sent_back", "policy_officer") in needed(table)
    assert not any(what == "signature" for what, _whom in needed(table))
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "findings_sent_back")
    table.refuse(about.send_back(), "findings_sent_back")


def test_a_new_version_or_a_new_copy_answers_it() -> None:
    """After either the chief executive is asked to sign again."""
    again = drafted()
    again.do(about.send_back(), s.findings(acts.REF))
    assert ("signature", "chief_executive") in needed(again)
    assert again.cycle.findings[0].sent_back
    assert again.cycle.findings[1].sent_back is None
    copied = drafted()
    copied.do(about.send_back(), about.redact(), about.check())
    assert copied.cycle.findings[-1].sent_back is None
    assert ("signature", "chief_executive") in needed(copied)


def test_its_author_is_told() -> None:
    """Once, where the author opened the cycle too."""
    table = drafted()
    table.do(about.send_back())
    told = notices(table.entries[-1], table.cycle)
    assert [(one.template, one.to) for one in told] == [("findings_sent_back", (s.OFFICER.person,))]


def test_it_is_sent_back_only_while_it_is_the_newest_and_nobody_reads_it() -> None:
    """Another version, a release that waits, and what is published stay as they are."""
    table = drafted()
    table.refuse(about.send_back(2), "not_newest_version")
    table.do(s.approve(acts.REF, s.COMMISSIONER), about.schedule(table.after(5)))
    table.refuse(about.send_back(), "release_waits")
    table.do(about.hold(), s.publish(acts.REF))
    table.refuse(about.send_back(), "already_published")


def test_the_name_that_was_typed_stays_with_the_signature() -> None:
    """By its reference; a signature from elsewhere has none."""
    table = drafted()
    signed = s.approve(acts.REF, s.COMMISSIONER).model_copy(update={"name": s.say("J. Example")})
    table.do(signed)
    assert [one.name for one in table.cycle.findings[-1].approvals] == [None, s.say("J. Example")]
    assert "name" not in table.cycle.findings[-1].approvals[0].model_dump()
