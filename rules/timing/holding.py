"""On whose desk a cycle lies."""

from rules.acting.authority import COMMISSIONERS
from rules.stages import stage
from schemas.cycle import Cycle
from schemas.timing import Holder


def holder(cycle: Cycle) -> Holder:
    """Whose act a cycle waits for. A pause is the office's; so is all that nobody else holds.

    Source: process.stages
    """
    if cycle.over:
        return "nobody"
    if cycle.paused_at:
        return "office"
    match stage(cycle):
        case "gathering":
            return "force" if any(one.open and not one.held for one in cycle.requests) else "office"
        case "scheduled":
            return "panel" if _before_the_panel(cycle) else "office"
        case "checking":
            return "force" if checks_facts(cycle) else "office"
        case "sign_off":
            return "office" if _is_signed(cycle) else "commissioner"
        case "following_up":
            return "force" if any(one.state == "confirmed" for one in cycle.actions) else "office"
        case _:
            return "office"


def checks_facts(cycle: Cycle) -> bool:
    """Whether the newest findings lie with the force for corrections of fact.

    Source: local.fact-check
    """
    check = cycle.findings[-1].fact_check if cycle.findings else None
    return check is not None and check.open


def _before_the_panel(cycle: Cycle) -> bool:
    return any(one.coming and one.forum == "panel" for one in cycle.sessions)


def _is_signed(cycle: Cycle) -> bool:
    return bool({one.by.role for one in cycle.findings[-1].approvals} & COMMISSIONERS)
