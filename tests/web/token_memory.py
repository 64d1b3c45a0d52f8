"""Tokens in memory, as the store keeps them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from schemas.signed_in import Access
from schemas.tokens import KnownToken, Token
from tests.web.session_memory import Directory


@dataclass
class MemoryTokens:
    """Tokens by their digests, over the people of a directory."""

    directory: Directory
    kept: dict[str, Token] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    async def make(self, token: Token, key: str) -> bool:
        """Keep one, once for its form."""
        if key in self.keys:
            return False
        self.keys.add(key)
        self.kept[token.digest] = replace(token, number=len(self.kept) + 1)
        return True

    async def known(self, digest: str) -> KnownToken | None:
        """One with its person."""
        found = self.kept.get(digest)
        return KnownToken(found, (await self.directory.people()).get(found.person)) if found else None

    async def used(self, number: int, at: datetime) -> None:
        """Note the use."""
        self._change(number, lambda one: replace(one, last_used_at=at))

    async def open_of(self, person: str | None, at: datetime) -> list[Token]:
        """Those that last."""
        found = [one for one in self.kept.values() if person in (None, one.person)]
        return [one for one in reversed(found) if not one.ended_at and one.until > at]

    async def end(self, number: int, noted: Access, *, only_of: str | None = None) -> bool:
        """End one."""
        found = [one for one in await self.open_of(only_of, noted.at) if one.number == number]
        if found:
            self._change(number, lambda one: replace(one, ended_at=noted.at))
        return bool(found)

    def _change(self, number: int, change: Callable[[Token], Token]) -> None:
        digest = next(one.digest for one in self.kept.values() if one.number == number)
        self.kept[digest] = change(self.kept[digest])
