"""The ledger, as workflows reach it."""

from collections.abc import Callable
from typing import Protocol

from temporalio import activity

from schemas.records import Standing, Writing


class KeepsLedger(Protocol):
    """Appends entries and refreshes rows in one transaction, once, whatever is retried."""

    async def record(self, writing: Writing) -> Standing:
        """What stands there instead, where others came first."""
        ...


class LedgerActivities:
    """Writing down. Run locally: an ordinary activity costs three more events and twice the time."""

    def __init__(self, ledger: KeepsLedger, letters_left: Callable[[], None] | None = None) -> None:
        self._ledger = ledger
        self._letters_left = letters_left

    @activity.defn
    async def record(self, writing: Writing) -> Standing:
        """Write down one act; idempotent by cycle and version. Whoever sends letters hears of any left."""
        standing = await self._ledger.record(writing)
        if writing.letters and self._letters_left:
            self._letters_left()
        return standing
