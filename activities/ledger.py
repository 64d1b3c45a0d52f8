"""The ledger, as workflows reach it."""

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

    def __init__(self, ledger: KeepsLedger) -> None:
        self._ledger = ledger

    @activity.defn
    async def record(self, writing: Writing) -> Standing:
        """Write down one act; idempotent by cycle and version."""
        return await self._ledger.record(writing)
