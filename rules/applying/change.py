"""How a part of a cycle is replaced."""

from collections.abc import Callable, Iterable

from schemas.changes import MovedCheck, MovedDue
from schemas.clocks import ClockEntry, Due
from schemas.cycle import Action, Cycle, FactCheck, FindingsVersion, Request, Session
from schemas.shape import Instant


def request_of(cycle: Cycle, number: int) -> Request:
    """The request of that number, which has to be there.

    Source: process.events
    Raises: LookupError: it is not: the ledger is not whole.
    """
    request = cycle.request(number)
    if request is None:
        raise LookupError(f"{cycle.reference} has no request {number}: its ledger is not whole")
    return request


def session_of(cycle: Cycle, number: int) -> Session:
    """The session of that number, which has to be there.

    Source: process.events
    Raises: LookupError: it is not: the ledger is not whole.
    """
    session = cycle.session(number)
    if session is None:
        raise LookupError(f"{cycle.reference} has no session {number}: its ledger is not whole")
    return session


def action_of(cycle: Cycle, number: str) -> Action:
    """The action of that number, which has to be there.

    Source: process.events
    Raises: LookupError: it is not: the ledger is not whole.
    """
    action = cycle.action(number)
    if action is None:
        raise LookupError(f"{cycle.reference} has no action {number}: its ledger is not whole")
    return action


def version_of(cycle: Cycle, number: int) -> FindingsVersion:
    """The version of the findings of that number, which has to be there.

    Source: process.events
    Raises: LookupError: it is not: the ledger is not whole.
    """
    version = next((one for one in cycle.findings if one.version == number), None)
    if version is None:
        raise LookupError(f"{cycle.reference} has no version {number}: its ledger is not whole")
    return version


def on_request(cycle: Cycle, number: int, **changes: object) -> Cycle:
    """The cycle with one request changed.

    Source: process.events
    """
    return each_request(cycle, lambda one: one.number == number, lambda _: changes)


def each_request(
    cycle: Cycle, which: Callable[[Request], bool], change: Callable[[Request], dict[str, object]]
) -> Cycle:
    """The cycle with some of its requests changed.

    Source: process.events
    """
    requests = tuple(one.model_copy(update=change(one)) if which(one) else one for one in cycle.requests)
    return cycle.model_copy(update={"requests": requests})


def on_session(cycle: Cycle, number: int, **changes: object) -> Cycle:
    """The cycle with one session changed.

    Source: process.events
    """
    sessions: tuple[Session, ...] = tuple(
        one.model_copy(update=changes) if one.number == number else one for one in cycle.sessions
    )
    return cycle.model_copy(update={"sessions": sessions})


def on_action(cycle: Cycle, number: str, **changes: object) -> Cycle:
    """The cycle with one action changed.

    Source: process.events
    """
    actions: tuple[Action, ...] = tuple(
        one.model_copy(update=changes) if one.number == number else one for one in cycle.actions
    )
    return cycle.model_copy(update={"actions": actions})


def on_findings(cycle: Cycle, version: int, **changes: object) -> Cycle:
    """The cycle with one version of its findings changed.

    Source: process.events
    """
    findings: tuple[FindingsVersion, ...] = tuple(
        one.model_copy(update=changes) if one.version == version else one for one in cycle.findings
    )
    return cycle.model_copy(update={"findings": findings})


def each_open_check(cycle: Cycle, change: Callable[[FactCheck], dict[str, object]]) -> Cycle:
    """The cycle with its open fact checks changed.

    Source: local.fact-check
    """
    findings = tuple(
        one.model_copy(update={"fact_check": one.fact_check.model_copy(update=change(one.fact_check))})
        if one.fact_check and one.fact_check.open
        else one
        for one in cycle.findings
    )
    return cycle.model_copy(update={"findings": findings})


def with_checks(cycle: Cycle, moved: Iterable[MovedCheck]) -> Cycle:
    """The cycle with the windows of fact checks that end at another instant.

    Source: local.fact-check
    """
    for one in moved:
        version = version_of(cycle, one.version)
        if version.fact_check:
            check = version.fact_check.model_copy(update={"due": one.due})
            cycle = on_findings(cycle, one.version, fact_check=check)
    return cycle


def with_entry(request: Request, entry: ClockEntry, due: Due | None, at: Instant) -> dict[str, object]:
    """The changes to a request whose clock got one more entry and, with it, a due instant.

    Source: process.clocks
    """
    clock = request.clock.model_copy(update={"entries": (*request.clock.entries, entry)})
    return {"clock": clock, "due": due, "due_set_at": at}


def with_moved(cycle: Cycle, moved: Iterable[MovedDue], at: Instant) -> Cycle:
    """The cycle with the due instants that followed something else.

    Source: process.clocks
    """
    by_number = {one.request: one for one in moved}
    return each_request(
        cycle,
        lambda one: one.number in by_number,
        lambda one: {"due": by_number[one.number].due, "due_set_at": at},
    )
