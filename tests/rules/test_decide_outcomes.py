"""Actions and findings."""

from datetime import timedelta

from schemas.events import ActionVerified, CycleClosed, FindingsPublished
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, day, held, opened, signed


def agreed(owner: Actor = s.LEAD) -> Table:
    """A cycle with one action that both sides have confirmed."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20), owner=owner.person), acts.confirm())
    return table


def test_an_action_is_proposed_for_a_day_to_come_under_a_number_of_its_own() -> None:
    """The past, the uncountable and a number that is taken are refused."""
    table = agreed()
    table.refuse(acts.propose(s.date_after(table.now, 20)), "number_taken")
    assert table.refuse(acts.propose(day("2026-05-29"), "2026/016"), "due_in_past").field == "due_on"
    assert table.refuse(acts.propose(day("2029-05-29"), "2026/016"), "beyond_horizon").field == "due_on"


def test_an_action_that_is_not_there_is_refused() -> None:
    """Confirm, claim and verify name an action of this cycle."""
    table = opened()
    for command in (acts.confirm(), acts.claim(table.now.date()), acts.verify()):
        table.refuse(command, "no_such_action")


def test_an_action_goes_forward_one_step_at_a_time() -> None:
    """Confirmed once, claimed only when confirmed, verified only when claimed, and then done with."""
    table = opened()
    today = table.now.date()
    table.do(acts.propose(s.date_after(table.now, 20)))
    table.refuse(acts.claim(today), "action_state")
    table.refuse(acts.verify(), "action_state")
    table.do(acts.confirm())
    table.refuse(acts.confirm(), "action_state")
    table.refuse(acts.verify(), "action_state")
    table.do(acts.claim(today), acts.verify())
    table.refuse(acts.claim(today), "action_state")


def test_done_is_claimed_by_the_owner_with_proof_of_the_past() -> None:
    """Another's action, no proof, and proof of days to come are refused."""
    table = agreed()
    today = table.now.date()
    table.refuse(acts.claim(today, actor=s.OTHER_LEAD), "not_your_action")
    table.refuse(acts.claim(today, proof=()), "no_proof")
    table.refuse(acts.claim(today + timedelta(days=1)), "covers_future")
    table.do(acts.claim(today, actor=s.COORDINATION))


def test_the_last_action_closes_a_published_cycle_and_no_other() -> None:
    """Before publication nothing closes; after it the last verification does."""
    table = agreed()
    assert table.do(acts.claim(table.now.date()), acts.verify())[1:] == (ActionVerified(action=acts.ACTION),)
    later = signed()
    for number in ("2026/020", "2026/021"):
        later.do(acts.propose(s.date_after(later.now, 20), number), acts.confirm(number))
    later.do(s.publish(acts.REF))
    today = later.now.date()
    assert len(later.do(acts.claim(today, "2026/020"), acts.verify("2026/020"))) == 2
    assert later.do(acts.claim(today, "2026/021"), acts.verify("2026/021"))[-1] == CycleClosed()


def test_findings_follow_a_session() -> None:
    """Nothing is drafted before anything was heard, and nothing signed or published before it is drafted."""
    opened().refuse(s.findings(acts.REF), "session_not_held")
    held().refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "no_findings")
    held().refuse(s.publish(acts.REF), "no_findings")


def test_the_chief_executive_signs_first_and_each_signs_once() -> None:
    """The Commissioner's signature is the last word on a version."""
    table = held()
    table.do(s.findings(acts.REF))
    table.refuse(s.approve(acts.REF, s.COMMISSIONER), "chief_executive_first")
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    other = Actor(person="acting-chief-executive", role=Role.CHIEF_EXECUTIVE)
    table.refuse(s.approve(acts.REF, other), "already_signed")


def test_a_new_version_needs_new_signatures() -> None:
    """Signatures do not carry over, and only the newest version is signed or published."""
    table = signed()
    table.do(s.findings(acts.REF))
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "not_newest_version")
    table.refuse(s.publish(acts.REF), "not_newest_version")
    found = table.refuse(s.publish(acts.REF, 2), "not_approved")
    assert "chief executive and the commissioner" in found.message


def test_findings_are_published_once() -> None:
    """A published account is neither drafted again nor published again."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm())
    happened = table.do(s.publish(acts.REF))
    assert isinstance(happened[0], FindingsPublished)
    table.refuse(s.publish(acts.REF), "already_published")
    table.refuse(s.findings(acts.REF), "already_published")
