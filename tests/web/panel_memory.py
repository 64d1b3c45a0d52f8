"""What the panel's page asks, of a memory: its meetings, and what its cycles published."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import Any

from rules.apply import add_up
from rules.publishing.publication import public_facts
from schemas.board_pages import SessionsPage
from schemas.panel import PanelMeetings
from schemas.rows import PublicationRow


class PanelMemory:
    """Answers from the ledgers, whoever looks: what is asked here is what everybody sees."""

    memory: Any
    session_list: Callable[..., Awaitable[SessionsPage]]

    async def panel_meetings(self, most: int = 5) -> PanelMeetings:
        """Those whose forum is the panel."""
        ahead, behind = [(await self.session_list(coming=coming, most=100)).rows for coming in (True, False)]
        return PanelMeetings(
            coming=tuple(one for one in ahead if one.forum == "panel")[:most],
            past=tuple(one for one in behind if one.forum == "panel")[:most],
        )

    async def published_since(self, since: datetime | None, most: int = 50) -> list[PublicationRow]:
        """Newest first."""
        found = [
            one
            for one in self._made_public()
            if since is None or one.published_at > since or (one.withdrawn_at and one.withdrawn_at > since)
        ]
        found.sort(key=lambda one: (one.withdrawn_at or one.published_at, one.version), reverse=True)
        return found[:most]

    def _made_public(self) -> Iterator[PublicationRow]:
        for reference, entries in self.memory.ledgers.items():
            cycle = add_up(entries)
            for one in cycle.findings:
                if one.published_at:
                    yield PublicationRow(
                        cycle=reference,
                        version=one.version,
                        published_at=one.published_at,
                        fingerprint=one.fingerprint or "",
                        theme=cycle.theme,
                        facts=public_facts(cycle, one),
                        words=self.memory.words,
                        withdrawn_at=one.withdrawn_at,
                        withdrawal=self.memory.words.get(one.withdrawn_because or ""),
                    )
