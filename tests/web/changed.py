"""What the office of a test has changed for itself, and the reads over it."""

from dataclasses import dataclass, field

from schemas.standards import Standards, StandardsEdition
from schemas.windows import WindowEdition
from store.reads import Reads


@dataclass
class Changed:
    """Editions of standards and windows, oldest first."""

    standards: list[StandardsEdition] = field(default_factory=list)
    windows: list[WindowEdition] = field(default_factory=list)


class ChangedReads(Reads):
    """Reads over what the office has changed."""

    changed: Changed

    async def standards(self, office: str) -> dict[str, Standards]:
        """As the office changed them last."""
        return {one.standards.id: one.standards for one in await self.standards_history(office)}

    async def standards_history(self, office: str, kind: str | None = None) -> list[StandardsEdition]:
        """Of one kind or of all."""
        assert office
        return [one for one in self.changed.standards if kind in (None, one.standards.id)]

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Of one rule or of all."""
        assert office
        return [one for one in self.changed.windows if rule in (None, one.window.id)]
