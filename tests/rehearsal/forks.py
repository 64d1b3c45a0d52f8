"""Forks for tests: cycles decided in memory at fixed instants, as their ledgers would be read."""

from datetime import date
from typing import Any

from reference.catalogue import calendar, demonstration_people, plan
from reference.forums import forums
from rehearsal.apart import Apart
from rules.clocks import instant
from schemas.outcomes import Refused
from schemas.sessions import SessionDraft
from schemas.supposing import Fork, Supposing, Supposition, WhatIf
from tests import scenario as s
from tests.conftest import temporal_cli
from tests.rules.table import MONDAY, Table

REF = "HTA-2026-07"
PATIENCE = 90.0
"""Seconds: the machine of a test may be busy."""
SESSION_ON = date(2026, 7, 14)
"""A Tuesday, thirty-one working days after the Monday on which the cycle is opened."""


def with_session(requests: int = 2, **changes: Any) -> Table:
    """A cycle with a session of the office's own forum, which owes three clear days' notice."""
    rules = forums()["holding_to_account"].rules
    session = SessionDraft(starts_at=instant(SESSION_ON, "14:00"), rules=rules)
    table = Table(MONDAY)
    table.do(s.open_cycle(REF, MONDAY, requests=requests, **{"session": session, **changes}))
    return table


def fork_of(table: Table) -> Fork:
    """What is taken along of a cycle on the table."""
    return Fork(
        entries=tuple(table.entries),
        people=tuple(demonstration_people().values()),
        plan=plan(),
        windows=(),
        calendar=calendar(table.cycle.calendar),
        forums=tuple(forums().values()),
        at=table.now,
    )


async def asked(table: Table, **supposed: Any) -> WhatIf | Refused:
    """What a process of its own answers."""
    supposition = Supposition.model_validate(supposed)
    return await Apart(temporal_cli(), within=PATIENCE).answer(
        Supposing(fork=fork_of(table), supposition=supposition)
    )


async def answered(table: Table, **supposed: Any) -> WhatIf:
    """The same, where there is an answer."""
    found = await asked(table, **supposed)
    assert isinstance(found, WhatIf), found
    return found
