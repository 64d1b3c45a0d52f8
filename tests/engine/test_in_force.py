"""What an office changed counts at the time of the act, and not when a process started."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.drafts import check_findings
from engine.in_force import forums_now, periods_now
from reference.catalogue import plan
from reference.elections import periods, polls
from reference.forums import forums, forums_in
from reference.windows import windows
from rules.meeting.forums import check_forums
from schemas.outcomes import Refused
from schemas.plans import Plan
from schemas.windows import WindowEdition
from tests import scenario as s
from tests.engine.test_drafts import Store
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import MONDAY, refused, signed


def changed(rule: str, **facts: object) -> WindowEdition:
    """A window as the office changed it."""
    window = windows()[rule].model_copy(update={"edition": 2, **facts})
    return WindowEdition(window=window, changed_by="chief-executive", changed_at=MONDAY, reason="Ours")


@dataclass
class Office(Store):
    """An office with windows of its own."""

    made: tuple[WindowEdition, ...] = ()

    async def plan(self) -> Plan | None:
        """The plan in force."""
        return plan()

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Those that it changed."""
        assert office == plan().body
        return [one for one in self.made if rule in (None, one.window.id)]


async def test_the_cut_off_is_the_offices_newest() -> None:
    """In every forum but those whose own file says otherwise; days and hour."""
    own = Office(signed(), made=(changed("question-cutoff", days=4, hour="12:00"),))
    found = await forums_now(forums(), own)
    assert {(one.rules.cutoff_days, one.rules.cutoff_hour) for one in found.values()} == {(4, "12:00")}
    assert await forums_now(forums(), Office(signed())) == forums()
    end = Office(signed(), made=(changed("question-cutoff", days=4, hour=None),))
    assert (await forums_now(forums(), end))["panel"].rules.cutoff_hour == "23:59"


async def test_a_forum_with_a_cut_off_of_its_own_keeps_it() -> None:
    """Even where it is the very number that came with the product."""
    text = (Path("reference") / "forums.yaml").read_text("utf8")
    mine = forums_in(text.replace("- id: panel\n", "- id: panel\n  cutoff_days: 1\n", 1), "mine.yaml")
    own = Office(signed(), made=(changed("question-cutoff", days=4, hour="12:00"),))
    found = await forums_now(mine, own)
    assert found["panel"].rules.cutoff_days == 1
    assert found["governance_board"].rules.cutoff_days == 4


async def test_a_session_with_the_cut_off_of_before_is_refused() -> None:
    """It travels with the session, so it has to be the office's of the day."""
    own = Office(signed(), made=(changed("question-cutoff", days=4),))
    now = await forums_now(forums(), own)
    command = do.fix(MONDAY + timedelta(days=30))
    assert check_forums(command, forums(), None) is None
    refused(check_forums(command, now, None), "not_the_forums_rules")


async def test_the_period_before_a_poll_is_counted_with_the_offices_number() -> None:
    """More days begin it earlier; a publication on such a day is refused where nobody said otherwise."""
    own = Office(signed(), made=(changed("pre-election-freeze", days=60),))
    longer = await periods_now(own)
    assert longer[0].polls_on == polls()[0].polls_on
    assert longer[0].from_on < periods()[0].from_on
    assert await periods_now(Office(signed())) == periods()
    at = datetime.combine(longer[0].from_on, MONDAY.time(), UTC)
    command = s.publish(acts.REF)
    assert isinstance(await check_findings(command, own, own, None, at), Refused)
    assert await check_findings(command, own, own, periods(), at) is None
