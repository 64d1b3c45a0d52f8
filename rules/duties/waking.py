"""Duties about wakes: what somebody asked to be reminded of, told to nobody else."""

from rules.clocks import instant
from rules.duties.duty import Duty
from schemas.cycle import Cycle
from schemas.events import AnyEvent, WakeDelivered
from schemas.notices import Delivery, Notice


def of_wakes(cycle: Cycle) -> list[Duty]:
    """The wakes still to come, at the reminder hour of their days.

    Source: process.clocks
    """
    hour = cycle.standards.reminder_hour
    return [
        Duty(kind="wake", at=instant(one.on, hour), wake=one.number)
        for one in cycle.wakes
        if one.woken_at is None
    ]


def wake(cycle: Cycle, duty: Duty) -> Notice | None:
    """The notice of a wake, to whoever set it.

    Source: process.clocks
    """
    found = next((one for one in cycle.wakes if one.number == duty.wake), None)
    if found is None:
        return None
    return Notice(
        key=f"{cycle.reference}/wake/{found.number}",
        template="wake",
        cycle=cycle.reference,
        to=(found.who.person,),
        wake=found.number,
        planned_at=duty.at,
    )


def woken(cycle: Cycle, notice: Notice, delivery: Delivery) -> tuple[AnyEvent, ...]:
    """The event of a wake that was sent, once; `told` is empty where it reached nobody.

    Source: process.clocks
    """
    found = next((one for one in cycle.wakes if one.number == notice.wake), None)
    if found is None or found.woken_at:
        return ()
    return (WakeDelivered(wake=found.number, told=delivery.told),)


def wake_still_wanted(cycle: Cycle, _notice: Notice) -> bool:
    """Whether a wake is still to be sent: not once the cycle is over.

    Source: process.clocks
    """
    return not cycle.over
