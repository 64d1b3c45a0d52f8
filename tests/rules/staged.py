"""A cycle at each of the twelve stages."""

from collections.abc import Callable

from rules.publishing.publication import fingerprint
from rules.stages import stage
from schemas.cycle import Stage
from schemas.events import FindingsPublished
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, held, opened, signed


def _reviewing() -> Table:
    table = opened()
    table.do(s.submit(acts.REF))
    return table


def _scheduled() -> Table:
    table = _reviewing()
    table.do(s.accept(acts.REF))
    return table


def _drafting() -> Table:
    table = held()
    table.do(s.judge(acts.REF))
    return table


def _checking() -> Table:
    table = _drafting()
    table.do(s.findings(acts.REF))
    return table


def _sign_off() -> Table:
    table = _checking()
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    return table


def _published() -> Table:
    """Published with nothing to follow up: the same act closes it, so this stage is between two entries."""
    table = signed()
    version = table.cycle.findings[-1]
    table.engine(FindingsPublished(version=version.version, fingerprint=fingerprint(table.cycle, version)))
    return table


def _following_up() -> Table:
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), s.publish(acts.REF))
    return table


def _closed() -> Table:
    table = signed()
    table.do(s.publish(acts.REF))
    return table


def _cancelled() -> Table:
    table = opened()
    table.do(acts.cancel())
    return table


AT: dict[Stage, Callable[[], Table]] = {
    "planned": lambda: opened(requests=0),
    "gathering": opened,
    "reviewing": _reviewing,
    "scheduled": _scheduled,
    "held": held,
    "drafting": _drafting,
    "checking": _checking,
    "sign_off": _sign_off,
    "published": _published,
    "following_up": _following_up,
    "closed": _closed,
    "cancelled": _cancelled,
}


def at(wanted: Stage) -> Table:
    """A cycle that is at this stage."""
    table = AT[wanted]()
    assert stage(table.cycle) == wanted
    return table
