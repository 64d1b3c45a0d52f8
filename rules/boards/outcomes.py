"""What sessions and actions need of somebody: a day, a record, a judgement, a check of proof."""

from collections.abc import Iterator

from rules.boards.need import need, of_action
from schemas.boards import Needed
from schemas.cycle import Action, Cycle
from schemas.people import Role

OFFICER, COMMISSIONER = Role.POLICY_OFFICER.value, Role.COMMISSIONER.value


def of_sessions(cycle: Cycle) -> Iterator[Needed]:
    """What the sessions of a cycle need.

    Source: process.commands
    """
    coming = next((one for one in cycle.sessions if one.coming), None)
    if not cycle.sessions:
        yield need(OFFICER, "session_day", cycle.opened_at, can_wait=True)
    elif coming:
        yield need(OFFICER, "attendance", coming.starts_at, coming.number)
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.judgements and not cycle.findings:
        yield need(COMMISSIONER, "judgement", held[-1])
    unconfirmed = [one.at for one in cycle.judgements if not one.confirmed_by and not cycle.findings]
    if unconfirmed:
        yield need(COMMISSIONER, "judgement_made", unconfirmed[0])


def of_actions(cycle: Cycle) -> Iterator[Needed]:
    """What the actions of a cycle need.

    Source: process.commands
    """
    for one in cycle.actions:
        if one.state == "claimed_done" and one.claimed_at:
            yield of_action(OFFICER, "proof", one, one.claimed_at)
        if one.date_asked:
            yield of_action(OFFICER, "action_day", one, one.date_asked.at)
        if one.state == "disputed" and one.proposed_by.side == "opcc":
            yield of_action(OFFICER, "dispute", one, one.clock.starts_at)
        if one.state == "proposed":
            for whom in _confirmers(one):
                yield of_action(whom, "proposal", one, one.clock.starts_at)


def _confirmers(action: Action) -> tuple[str, ...]:
    """Who confirms what the other side proposed: of the leads, only the one who would own it."""
    side = action.proposed_by.side
    office = () if side == "opcc" else (OFFICER,)
    if side == "force":
        return office
    lead = f"{Role.THEMATIC_LEAD.value}/{action.owner}"
    return (*office, lead, Role.FORCE_COORDINATION.value, Role.CHIEF_CONSTABLE.value)
