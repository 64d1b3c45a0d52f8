"""What a successor does next, in order, and what only the entitled may read."""

from rules.handing_over import left_out, next_steps, open_duties
from schemas.evidence import FileItem, WrittenItem
from tests import scenario as s
from tests.rules import acts, findings_acts, outcome_acts, request_acts
from tests.rules.table import Table, held, opened, signed

SECRET = WrittenItem(text=s.say("SECRET PLACE"))
FILE = FileItem(digest="d" * 64, size=10, media_type="application/pdf", name=s.say("names.pdf"))


def said(table: Table) -> list[str]:
    """The steps in their order."""
    return [one.what for one in next_steps(table.cycle, table.calendar)]


def test_what_waits_comes_before_what_is_owed_later() -> None:
    """A return that came, a question of the lead, then the days to come."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF))
    table.wait(hours=2)
    table.do(request_acts.ask_what(2))
    found = said(table)
    assert found[0].startswith("The return to request 1 is to be accepted or sent back")
    assert found[1].startswith("The lead asks what is meant by request 2")
    assert found[2:] == ["Evidence is owed (number 2)", "A session is to be held"]


def test_nothing_is_left_to_do_in_a_cycle_that_is_over() -> None:
    """Cancelled or closed."""
    table = opened()
    table.do(acts.cancel())
    assert said(table) == []
    assert open_duties(table.cycle, table.calendar) == ()


def test_a_session_that_was_held_asks_for_a_judgement_and_signed_findings_for_publication() -> None:
    """Each in its time."""
    assert "A session was held: say how assured the Commissioner is" in said(held())
    assert "Version 1 of the findings is signed and not published" in said(signed())


def test_actions_claims_and_more_time_wait_for_somebody() -> None:
    """Proposed, said to be done, claimed sensitive, asked for."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF, items=(SECRET,)), request_acts.claim_sensitive(s.date_after(table.now, 50)))
    table.do(acts.ask_time(s.date_after(table.now, 28), 2))
    found = said(table)
    assert "An item of request 1 is claimed sensitive: decide" in found
    assert "More time is asked for request 2: decide" in found
    table = held()
    table.do(acts.propose(s.date_after(table.now, 5)))
    assert any("was proposed and not agreed yet" in one for one in said(table))
    table.do(outcome_acts.dispute())
    assert any("is disputed: settle it" in one for one in said(table))


def test_a_pause_and_a_missing_day_are_said() -> None:
    """So is what is written and not yet sent."""
    table = opened(session=None, ask="planned")
    assert "Request 1 is written and not yet sent: it goes out by itself" in said(table)
    table.do(acts.pause())
    found = said(table)
    assert "The cycle is paused: resume it when it can go on" in found
    assert "No session has a day: fix one" in found
    assert "Request 1 is written and not yet sent: it goes out once the cycle is resumed" in found


def test_claimed_and_marked_material_is_for_the_entitled() -> None:
    """Its words, its name and its bytes; everything else is for all."""
    table = opened()
    table.do(
        s.submit(acts.REF, items=(FILE, SECRET)), request_acts.claim_sensitive(s.date_after(table.now, 50))
    )
    named = {one.version: frozenset({s.say("Marked")}) for one in table.entries}
    found = left_out(table.cycle, tuple(table.entries), named)
    assert found.files == {"d" * 64: found.texts[FILE.name]}
    assert SECRET.text not in found.texts
    marked = [one.model_copy(update={"marking": "OFFICIAL-SENSITIVE"}) for one in table.entries]
    assert left_out(table.cycle, tuple(marked), named).texts[s.say("Marked")] == "marked OFFICIAL-SENSITIVE"


def test_once_words_were_taken_out_no_draft_is_for_everybody() -> None:
    """The copy that is published is."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF))
    assert left_out(table.cycle, (), {}).texts == {}
    table.do(findings_acts.redact())
    version = table.cycle.findings[-1]
    assert version.redaction
    found = left_out(table.cycle, (), {}).texts
    assert version.body in found
    assert version.redaction.body not in found
