"""Actions in the tray: proposed by one side, agreed by the other, moved, done, verified, doubted."""

from typing import Any

from tests.model.days import over
from tests.model.paper import Paper, Promise, law

SIDE_OF = {
    "policy_officer": "opcc",
    "commissioner": "opcc",
    "acting_commissioner": "opcc",
    "chief_executive": "opcc",
    "thematic_lead": "force",
    "force_coordination": "force",
    "chief_constable": "force",
}
OFFICE_PEOPLE = {"policy-officer", "second-policy-officer", "commissioner", "chief-executive"}


def side(command: Any) -> str:
    """The side of the table on which the actor sits."""
    return SIDE_OF.get(command.actor.role.value, "other")


def side_of_person(person: str) -> str:
    """The side of the table on which a person sits."""
    return "opcc" if person in OFFICE_PEOPLE else "force"


def owns(command: Any, action: Promise) -> bool:
    """The owner; or coordination, which speaks for owners of the force and for no others."""
    if command.actor.role.value == "force_coordination":
        return action.owner_side == "force"
    return bool(command.actor.person == action.owner)


@law("ProposeAction")
def propose(paper: Paper, command: Any) -> bool:
    """Under a number of its own, to a day to come."""
    if command.action in paper.actions or over(command.due_on, paper.now):
        return False
    paper.actions[command.action] = Promise(
        owner=command.owner, owner_side=side_of_person(command.owner), by_side=side(command)
    )
    return True


@law("ConfirmAction")
def confirm(paper: Paper, command: Any) -> bool:
    """By the other side."""
    action = paper.actions.get(command.action)
    if action is None or action.state not in ("proposed", "disputed") or side(command) == action.by_side:
        return False
    action.state = "confirmed"
    return True


@law("DisputeAction")
def dispute(paper: Paper, command: Any) -> bool:
    """By the other side, before it is agreed."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "proposed" or side(command) == action.by_side:
        return False
    action.state = "disputed"
    return True


@law("WithdrawAction")
def take_back(paper: Paper, command: Any) -> bool:
    """By the side that proposed it, before it is agreed."""
    action = paper.actions.get(command.action)
    if action is None or action.state not in ("proposed", "disputed") or side(command) != action.by_side:
        return False
    action.state = "withdrawn"
    paper.close_if_done()
    return True


@law("MoveActionDate")
def ask_later(paper: Paper, command: Any) -> bool:
    """Once; the next time it has slipped, and the day stays."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "confirmed" or not owns(command, action):
        return False
    if action.due_on is None or command.to <= action.due_on or over(command.to, paper.now):
        return False
    if action.moves:
        action.slips += 1
    elif action.asked_to:
        return False
    else:
        action.asked_to, action.asked_by = command.to, command.actor.person
    return True


@law("DecideActionDate")
def decide_later(paper: Paper, command: Any) -> bool:
    """What was asked is granted or not, by somebody else, as long as the day is still to come."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "confirmed" or action.asked_to is None:
        return False
    if action.asked_by == command.actor.person or (command.granted and over(action.asked_to, paper.now)):
        return False
    if command.granted:
        action.moves += 1
        action.missed = False
    action.asked_to = None
    return True


@law("ReportProgress")
def report(paper: Paper, command: Any) -> bool:
    """By the owner, while it is to be done."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "confirmed" or not owns(command, action):
        return False
    action.progress += 1
    return True


@law("ClaimDone")
def claim(paper: Paper, command: Any) -> bool:
    """With proof that speaks of days that are over."""
    action = paper.actions.get(command.action)
    if action is None or action.state not in ("confirmed", "claimed_done") or not owns(command, action):
        return False
    if not command.proof or command.covers_to > paper.today:
        return False
    action.state, action.claimed_by = "claimed_done", command.actor.person
    return True


@law("VerifyDone")
def verify(paper: Paper, command: Any) -> bool:
    """By the office, not by who claimed it; the last one closes a published cycle."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "claimed_done" or action.claimed_by == command.actor.person:
        return False
    action.state = "verified"
    paper.close_if_done()
    return True


@law("Reopen")
def reopen(paper: Paper, command: Any) -> bool:
    """To a new day; a closed cycle is open again."""
    action = paper.actions.get(command.action)
    if action is None or action.state not in ("claimed_done", "verified"):
        return False
    if over(command.due_on, paper.now):
        return False
    action.state, action.missed, action.claimed_by = "confirmed", False, None
    action.reopened += 1
    paper.closed = False
    return True


@law("PassOn")
def pass_on(paper: Paper, command: Any) -> bool:
    """To somebody else of the same side, while it is to be done."""
    action = paper.actions.get(command.action)
    if action is None or action.state != "confirmed" or command.to == action.owner:
        return False
    if side_of_person(command.to) != action.owner_side:
        return False
    if command.actor.role.value == "force_coordination" and action.owner_side != "force":
        return False
    action.owner = command.to
    return True
