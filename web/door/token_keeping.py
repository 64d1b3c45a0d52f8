"""Where the door keeps the tokens of programs."""

from datetime import datetime
from typing import Protocol

from schemas.signed_in import Access
from schemas.tokens import KnownToken, Token


class KeepsTokens(Protocol):
    """Which programs may come in, in whose name."""

    async def make(self, token: Token, key: str) -> bool:
        """Keep a token that was made now; False where its form was sent before."""
        ...

    async def known(self, digest: str) -> KnownToken | None:
        """The token of a digest, whether it still lasts or not."""
        ...

    async def used(self, number: int, at: datetime) -> None:
        """Note that a token was used."""
        ...

    async def open_of(self, person: str | None, at: datetime) -> list[Token]:
        """The tokens of somebody, or of everybody, that still last."""
        ...

    async def end(self, number: int, noted: Access, *, only_of: str | None = None) -> bool:
        """End a token; False where there is none that lasts."""
        ...
