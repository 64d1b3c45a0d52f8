"""Stages: where a cycle is, from what has happened in it."""

from schemas.cycle import Cycle, Stage


def stage(cycle: Cycle) -> Stage:
    """The stage that describes the cycle now. Stages describe; they never block a lawful act.

    Source: process.stages
    """
    if cycle.cancelled_at:
        return "cancelled"
    if cycle.closed_at:
        return "closed"
    if cycle.published():
        return "following_up" if open_actions(cycle) else "published"
    return _after_session(cycle) or _before_session(cycle)


def open_actions(cycle: Cycle) -> int:
    """How many actions are still to be verified, proposals that nobody confirmed included.

    Source: process.stages
    """
    return sum(1 for action in cycle.actions if action.open)


def _after_session(cycle: Cycle) -> Stage | None:
    if cycle.findings:
        return "sign_off" if cycle.findings[-1].approvals else "checking"
    if cycle.judgements or cycle.decisions:
        return "drafting"
    return "held" if any(session.held_at for session in cycle.sessions) else None


def _before_session(cycle: Cycle) -> Stage:
    asked = [request for request in cycle.requests if request.state != "withdrawn"]
    if not asked:
        return "planned"
    if any(request.open for request in asked):
        return "gathering"
    if any(request.state == "returned" for request in asked):
        return "reviewing"
    return "scheduled" if any(not one.cancelled_at for one in cycle.sessions) else "reviewing"
