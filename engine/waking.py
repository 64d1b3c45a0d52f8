"""Waking: the state from which a closed cycle's run is begun again for one act (ADR 0011)."""

from rules.answering import remembered
from rules.apply import add_up
from schemas.records import Entry
from schemas.running import NEWEST, CycleStart


def woken(entries: tuple[Entry, ...]) -> CycleStart:
    """A start from the ledger, which ends again by itself."""
    cycle = add_up(entries)
    return CycleStart(
        reference=cycle.reference,
        cycle=cycle,
        answered=remembered({}, entries),
        edition=NEWEST,
        woken=True,
    )
