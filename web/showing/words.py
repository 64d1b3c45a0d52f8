"""What roles, stages, states and forms are called on a page."""

from collections.abc import Callable
from typing import Any

from schemas.counted import MOST_COUNTED
from schemas.people import Role

ROLES = {
    Role.ENGINE: "the system",
    Role.THEMATIC_LEAD: "force lead",
    Role.FORCE_COORDINATION: "force coordination",
    Role.PANEL_SECRETARIAT: "panel secretariat",
}

STAGES = {
    "planned": "Question",
    "gathering": "Evidence",
    "reviewing": "Review",
    "scheduled": "Meeting",
    "held": "Decision",
    "drafting": "Decision",
    "checking": "Publish",
    "sign_off": "Publish",
    "published": "Actions",
    "following_up": "Actions",
    "closed": "Closed",
    "cancelled": "Cancelled",
}
"""The word under which each stage is shown; the strip has the first seven in this order."""

STRIP = ("Question", "Evidence", "Review", "Meeting", "Decision", "Publish", "Actions")

NOW = {
    "planned": "The question is being prepared. Nothing has been asked yet.",
    "gathering": "The force is preparing its evidence.",
    "reviewing": "The office is looking at what came back.",
    "scheduled": "The evidence is in. The session comes next.",
    "held": "The session was held. What was decided is being recorded.",
    "drafting": "Judgements and decisions are recorded. The findings are to be drafted.",
    "checking": "The findings are drafted and wait for the chief executive's signature.",
    "sign_off": "The findings are being signed.",
    "published": "The findings are published.",
    "following_up": "The findings are published. The actions that were agreed are being carried out.",
    "closed": "Everything is done. The record stays.",
    "cancelled": "This cycle was cancelled. The record stays.",
}

STATES = {
    "asked": "Asked",
    "acknowledged": "Seen by the lead",
    "part_returned": "Returned in part",
    "returned": "Returned",
    "sent_back": "Sent back",
    "accepted": "Accepted",
    "withdrawn": "Withdrawn",
}

ACTION_STATES = {
    "proposed": "Proposed",
    "confirmed": "Agreed",
    "claimed_done": "Said to be done",
    "verified": "Done and checked",
    "disputed": "Disputed",
    "withdrawn": "Taken back",
}

ASSESSMENTS = {
    "on_track": "On track",
    "at_risk": "At risk",
    "late": "Late",
    "done": "Done",
}
"""How an owner says that an action stands."""

FUNCTIONS = {
    "general": "General",
    "plan": "Police and crime plan",
    "precept": "Precept",
    "budget": "Budget",
    "appoint_chief_constable": "Appointment of a chief constable",
    "suspend_or_remove_chief_constable": "Suspension or removal of a chief constable",
    "contract": "Contract",
    "grant": "Grant",
}
"""Which function of the office a decision exercises."""

COLOURS = {
    "asked": "blue",
    "acknowledged": "teal",
    "part_returned": "yellow",
    "returned": "yellow",
    "sent_back": "orange",
    "accepted": "green",
    "withdrawn": "grey",
    "proposed": "blue",
    "confirmed": "teal",
    "claimed_done": "yellow",
    "verified": "green",
    "disputed": "red",
    "on_track": "green",
    "at_risk": "orange",
    "late": "red",
    "done": "green",
}

FORMS = {
    "report": "report",
    "presentation": "presentation",
    "tracker_update": "update of the tracker",
    "written_answer": "written answer",
    "data": "data",
    "video": "video",
}

ANSWERS = {
    "provided": "Evidence is provided",
    "nothing_held": "Nothing is held",
    "operational_not_appropriate": "Operational: an answer is not appropriate",
}

GROUNDS = {
    "national_security": "National security",
    "safety": "The safety of a person",
    "prevention_or_detection": "Preventing or detecting crime, or the course of justice",
    "legal_prohibition": "The law forbids it",
    "commercial_confidentiality": "Commercial confidentiality",
    "personal_data": "Personal data",
    "legal_privilege": "Legal privilege",
}

ASSURANCE = {"assured": "Assured", "partly_assured": "Partly assured", "not_assured": "Not assured"}

FORUMS = {
    "holding_to_account": "Holding to account meeting",
    "panel": "Police and Crime Panel",
    "governance_board": "Governance board",
    "victims_board": "Victims board",
    "audit_committee": "Joint audit committee",
}

ASKERS = {"commissioner": "The Commissioner", "member": "A member", "public": "Somebody from the public"}

AGENDA = {
    "due": "It is due.",
    "not_returned": "The evidence did not come.",
    "slipped": "Its day slipped and it was taken further.",
    "overdue": "It is late.",
    "not_assured": "The Commissioner was not fully assured before.",
    "asked_by_public": "Asked by the public.",
    "standing": "Added by the office.",
}
"""Why something is on an agenda."""

WHATS = {
    "return": "Evidence",
    "action": "Action",
    "session": "Session",
    "notice": "Notice and papers",
    "answer": "Answer in writing",
    "fact_check": "Fact check",
    "findings": "Findings",
    "comments": "Comments on an inspection report",
}


def role(of: Role) -> str:
    """A role in words, such as `policy officer`."""
    return ROLES.get(of, of.value.replace("_", " "))


def spelled(code: str) -> str:
    """Somebody who is not in the directory, by their id, such as `Chief superintendent`."""
    return code.replace("-", " ").replace("_", " ").capitalize()


def capacity(of: Role, title: str) -> str:
    """The role in which somebody acted, after their title; nothing where the title says it already."""
    return "" if role(of).casefold() in title.casefold() else f", {role(of)}"


def one_of(table: dict[str, str]) -> Callable[[str], str]:
    """A filter that looks a code up in a table; an unknown code is read out."""
    return lambda code: table.get(code, code.replace("_", " ").capitalize())


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun, such as `2 requests`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def times(count: int) -> str:
    """How often, such as `once` or `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


FILTERS: dict[str, Callable[..., Any]] = {
    "role": role,
    "role_code": lambda code: role(Role(code)) if code in set(Role) else spelled(code),
    "spelled": spelled,
    "capacity": capacity,
    "stage": one_of(STAGES),
    "state": one_of(STATES),
    "action_state": one_of(ACTION_STATES),
    "assessment": one_of(ASSESSMENTS),
    "function": one_of(FUNCTIONS),
    "colour": lambda code: COLOURS.get(code, "grey"),
    "form": one_of(FORMS),
    "answer": one_of(ANSWERS),
    "ground": one_of(GROUNDS),
    "assurance": one_of(ASSURANCE),
    "forum": one_of(FORUMS),
    "what": one_of(WHATS),
    "plural": plural,
    "counted": lambda count: min(count, MOST_COUNTED),
    "uncounted": lambda count: count > MOST_COUNTED,
    "times": times,
    "asker": one_of(ASKERS),
    "agenda_why": one_of(AGENDA),
}
