"""What pages may do with drafts: the one thing beside commands that they change."""

from typing import Protocol

from schemas.drafts import Draft, DraftKind


class KeepsDrafts(Protocol):
    """Keeps what somebody has begun on a form and not handed in yet."""

    async def draft(self, name: str) -> Draft | None:
        """One draft; None where there is none, or no longer."""
        ...

    async def begun(
        self, kind: DraftKind, person: str | None = None, about: str | None = None, most: int = 20
    ) -> tuple[Draft, ...]:
        """Drafts that were not handed in, changed last first."""
        ...

    async def keep_draft(self, draft: Draft) -> Draft | None:
        """Keep it where its version is still the newest; None where somebody else was sooner."""
        ...

    async def hand_in(self, name: str, reference: str) -> None:
        """Note what came of it."""
        ...

    async def discard(self, name: str) -> None:
        """Throw it away."""
        ...
