"""What a released change does to a cycle: its calendar or its standards, its clocks, and what is planned."""

from rules.applying.change import each_open_check, each_request, with_checks, with_moved
from schemas.changes import CalendarChanged, StandardsChanged
from schemas.clocks import Due
from schemas.cycle import Action, Cycle, Request
from schemas.records import Entry


def calendar_changed(cycle: Cycle, event: CalendarChanged, entry: Entry) -> Cycle:
    """The cycle and every clock that may still be needed count by the new edition; moved dates are set.

    Source: process.events
    """
    changed = cycle.model_copy(
        update={
            "calendar": event.calendar,
            "planned": event.planned or cycle.planned,
            "actions": tuple(_on_edition(one, event.calendar) for one in cycle.actions),
        }
    )
    counted = each_request(
        changed,
        lambda one: one.state not in ("accepted", "withdrawn"),
        lambda one: {
            "clock": one.clock.model_copy(update={"calendar": event.calendar}),
            "due": _stamped(one.due, event.calendar) if one.open else one.due,
        },
    )
    checks = each_open_check(
        counted, lambda one: {"clock": one.clock.model_copy(update={"calendar": event.calendar})}
    )
    return with_moved(with_checks(checks, event.fact_checks), event.moved, entry.at)


def standards_changed(cycle: Cycle, event: StandardsChanged, entry: Entry) -> Cycle:
    """The cycle follows the new standards; rungs that would have come before the release stay silent.

    Source: process.events
    """
    changed = cycle.model_copy(
        update={
            "standards": event.standards,
            "planned": event.planned or cycle.planned,
            "duties_from": entry.at,
        }
    )

    def follow(request: Request) -> dict[str, object]:
        clock = request.clock.model_copy(update={"hour": event.standards.due_hour})
        return {"clock": clock, "due_set_at": entry.at if request.open else request.due_set_at}

    followed = each_request(changed, lambda one: one.state not in ("accepted", "withdrawn"), follow)
    return with_moved(followed, event.moved, entry.at)


def _on_edition(action: Action, version: str) -> Action:
    if action.state == "verified":
        return action
    clock = action.clock.model_copy(update={"calendar": version})
    return action.model_copy(update={"clock": clock, "due": _stamped(action.due, version)})


def _stamped(due: Due | None, version: str) -> Due | None:
    return due.model_copy(update={"calendar": version}) if due else None
