"""What a page needs to write to somebody at once: codes, new links, and the wish for one."""

from typing import Any, Protocol

from schemas.people import Person


class SendsLinkLetters(Protocol):
    """Sends a letter now, to whom the directory has. Each says whether the mail server took it."""

    async def person_at(self, address: str) -> Person | None:
        """Whose address this is."""
        ...

    async def code(self, to: str, code: str, path: str, facts: dict[str, Any]) -> bool:
        """Send a code to type."""
        ...

    async def new_link(self, to: str, path: str, facts: dict[str, Any]) -> bool:
        """Send a new link to a task."""
        ...

    async def wish(self, officer: str, who: str, path: str, facts: dict[str, Any]) -> bool:
        """Tell the office that somebody asks for a new link."""
        ...
