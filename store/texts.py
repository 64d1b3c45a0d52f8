"""How a text is named wherever it is referred to, and its words."""

import re

from store.pool import Pool

TEXT = re.compile(r"text:[0-9a-f]{64}")
WORDS = "select ref, words from texts where ref = any($1)"


class TextReads:
    """What every reader of rows asks about the texts in them."""

    _pool: Pool

    async def words(self, refs: set[str]) -> dict[str, str]:
        """The words of texts by their references; unknown ones are left out."""
        if not refs:
            return {}
        rows = await self._pool.fetch(WORDS, list(refs))
        return {row["ref"]: row["words"] for row in rows}

    async def _words_in(self, state: str) -> dict[str, str]:
        return await self.words(set(TEXT.findall(state)))
