"""What the Desk checks of findings: the copy word for word, and how near a poll is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.drafts import check_findings
from rules.law.elections import Freeze
from rules.stages import stage
from schemas.commands import AnyCommand
from schemas.cycle import Span
from schemas.files import Scan
from schemas.outcomes import Refused
from schemas.plans import Plan
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.windows import WindowEdition
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, held, refused, signed

FREEZE = Freeze(date(2026, 6, 1), date(2026, 12, 10))


@dataclass
class Store:
    """One cycle with all its words, and what is kept beside it."""

    table: Table
    kept: dict[str, str] = field(default_factory=dict)
    known: dict[str, Scan] = field(default_factory=dict)

    async def cycle(self, reference: str) -> CyclePage | None:
        """The one that is on the table."""
        cycle = self.table.cycle
        if reference != cycle.reference:
            return None
        return CyclePage(cycle=cycle, stage=stage(cycle), words=s.WORDS.kept)

    async def written(self, reference: str, key: str) -> tuple[Entry, ...]:
        """What stands under a key."""
        return tuple(one for one in self.table.entries if (one.cycle, one.key) == (reference, key))

    async def scans(self, digests: Iterable[str]) -> dict[str, Scan]:
        """What scanners said of files."""
        return {one: self.known[one] for one in digests if one in self.known}

    async def plan(self) -> Plan | None:
        """None: no office of its own."""
        return None

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """None."""
        del office, rule
        return []

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep a text."""
        self.kept |= words


async def check(store: Store, command: AnyCommand, now: datetime | None = None) -> Refused | None:
    """What the Desk would say."""
    return await check_findings(command, store, store, (FREEZE,), now or store.table.now)


def drafted() -> Store:
    """One draft, about which nothing was done yet."""
    table = held()
    table.do(s.findings(acts.REF))
    return Store(table)


async def test_the_copy_is_made_again_and_kept() -> None:
    """So it is there to be published, whoever sent only its reference."""
    store = drafted()
    command = about.redact()
    assert await check(store, command) is None
    assert "## What we found\n\n[withheld: personal data]" in store.kept.values()


async def test_a_copy_that_differs_by_one_letter_is_refused() -> None:
    """Nothing is added, and nothing else is taken out."""
    store = drafted()
    rewritten = about.redact(body=s.say("## What we found\n\n[withheld: personal data]!"))
    assert refused(await check(store, rewritten), "copy_differs").field == "body"
    softened = about.redact(answer=s.say("Yes."))
    assert refused(await check(store, softened), "copy_differs").field == "answer"
    assert store.kept == {}


async def test_a_passage_beyond_the_text_is_refused() -> None:
    """The rules know the places alone; here the words are known."""
    beyond = about.redact(Span(of="body", start=0, end=999, ground="safety"))
    refused(await check(drafted(), beyond), "span_wrong")


async def test_what_is_not_there_is_left_to_the_rules() -> None:
    """They refuse it in the right words."""
    assert await check(drafted(), about.redact(version=9)) is None
    assert await check(drafted(), about.redact().model_copy(update={"cycle": "HTA-2026-99"})) is None


async def test_nothing_comes_out_before_a_poll_unless_it_was_done_before() -> None:
    """The same act again gets the same answer as the first time; withdrawing is never in the way."""
    store = Store(signed())
    command = s.publish(acts.REF)
    refused(await check(store, command), "pre_election")
    assert await check(store, command.model_copy(update={"despite_election": s.say("Safety")})) is None
    assert await check(store, about.withdraw()) is None
    assert await check(store, command, store.table.now + timedelta(days=300)) is None
    store.table.do(command)
    assert await check(store, command) is None
