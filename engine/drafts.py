"""What the Desk checks of findings before the engine sees the act: the copy word for word, and polls."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from engine.files import KnowsScans, check_files
from engine.in_force import KnowsWindows, periods_now
from rules.clocks import civil
from rules.deciding.checking import copy_differs
from rules.law.elections import Freeze
from rules.publishing.freezing import MAKES_PUBLIC, frozen
from rules.publishing.redaction import redacted
from schemas.commands import AnyCommand, Redact
from schemas.outcomes import Refused
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.shape import Words


class Knows(KnowsWindows, KnowsScans, Protocol):
    """What has to be known to check them."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...

    async def written(self, reference: str, key: str) -> tuple[Entry, ...]:
        """The entries that stand in a cycle's ledger under a key."""
        ...


class Keeps(Protocol):
    """Where the copy is kept once it is found right."""

    async def keep_words(self, words: Mapping[str, str]) -> None:
        """Keep texts under their references."""
        ...


async def check_findings(
    command: AnyCommand,
    knows: Knows,
    keeps: Keeps,
    periods: Iterable[Freeze] | None,
    now: datetime,
    *,
    unscanned_open: bool = False,
) -> Refused | None:
    """A refusal where a redacted copy is not the original less its passages, a file is held, or a poll near.

    Without periods they are counted now, with the number that the office has at this moment.
    """
    if isinstance(command, Redact):
        return await _check_copy(command, knows, keeps)
    if not isinstance(command, MAKES_PUBLIC):
        return None
    page = await knows.cycle(command.cycle)
    if page and (refused := await check_files(page, knows, unscanned_open=unscanned_open)):
        return None if await knows.written(command.cycle, command.key) else refused
    if page and page.cycle.set_back:
        return None  # a demonstration's cycle that runs in the past publishes nothing before a poll of today
    refused = frozen(command, civil(now), await periods_now(knows) if periods is None else periods)
    done = refused and await knows.written(command.cycle, command.key)
    return None if done else refused


async def _check_copy(command: Redact, knows: Knows, keeps: Keeps) -> Refused | None:
    """The copy is made again here: nobody's own version of it is ever published."""
    page = await knows.cycle(command.cycle)
    version = (
        next((one for one in page.cycle.findings if one.version == command.version), None) if page else None
    )
    if page is None or version is None:
        return None  # the rules refuse it, with the right words
    words = Words()
    for of, original, copy in (
        ("answer", version.answer, command.answer),
        ("body", version.body, command.body),
    ):
        made = redacted(page.say(original), [span for span in command.spans if span.of == of])
        if isinstance(made, Refused):
            return made
        if words.ref(made) != copy:
            return copy_differs(of)
    await keeps.keep_words(words.kept)
    return None
