"""Evidence in the tray: asked, clarified, returned, certified, sent back, accepted, withheld, more time."""

from datetime import date
from typing import Any

from tests.model.days import over, working_after, working_between
from tests.model.paper import Owed, Paper, law


def past(paper: Paper, budget: Any) -> bool:
    """Whether a budget would end on a day that is over."""
    return budget.kind == "on_date" and over(budget.on, paper.now)


def named(paper: Paper, command: Any) -> Owed | None:
    """The request, unless there is none or it was withdrawn."""
    found = paper.requests.get(command.request)
    return None if found is None or found.state == "withdrawn" else found


def answers(command: Any, request: Owed) -> bool:
    """The lead, a delegate, coordination or the chief constable."""
    actor = command.actor
    return actor.role.value != "thematic_lead" or actor.person in {request.lead, *request.delegates}


def taken_in(paper: Paper, draft: Any, lead: str) -> None:
    """One more request in the tray."""
    number = len(paper.requests) + 1
    paper.requests[number] = Owed(draft=draft.model_copy(update={"lead": lead}), lead=lead)


@law("AddRequest")
def add_request(paper: Paper, command: Any) -> bool:
    """Another lead is asked."""
    if past(paper, command.request.due):
        return False
    taken_in(paper, command.request, command.request.lead)
    return True


@law("AskSeveral")
def ask_several(paper: Paper, command: Any) -> bool:
    """Each lead is asked, once."""
    leads = [command.request.lead, *command.others]
    if past(paper, command.request.due) or len(set(leads)) < len(leads):
        return False
    for lead in leads:
        taken_in(paper, command.request, lead)
    return True


@law("AmendRequest")
def amend(paper: Paper, command: Any) -> bool:
    """Before acceptance, and something is other than before; the lead stays. Another day is for all anew."""
    request = named(paper, command)
    if request is None or request.state == "accepted" or command.draft == request.draft:
        return False
    restarts = command.draft.due != request.draft.due
    if command.draft.lead != request.lead or (restarts and past(paper, command.draft.due)):
        return False
    request.draft = command.draft
    if restarts:
        request.asked_to, request.extensions_sum, request.stands_still = None, 0, True
    return True


@law("WithdrawRequest")
def withdraw(paper: Paper, command: Any) -> bool:
    """Before acceptance."""
    request = named(paper, command)
    if request is None or request.state == "accepted":
        return False
    request.state, request.asked_to = "withdrawn", None
    return True


@law("Acknowledge")
def acknowledge(paper: Paper, command: Any) -> bool:
    """Seen; once is enough."""
    request = named(paper, command)
    if request is None or not answers(command, request):
        return False
    if request.state == "asked":
        request.state = "acknowledged"
    return True


@law("AskClarification")
def ask_clarification(paper: Paper, command: Any) -> bool:
    """One question at a time, while something is owed."""
    request = named(paper, command)
    if request is None or not answers(command, request) or not request.open or request.unanswered:
        return False
    passed = request.due_at is not None and request.due_at <= paper.now and not paper.paused
    request.stands_still = not passed and request.due_on not in request.missed
    request.clarified.append(False)
    return True


@law("AnswerClarification")
def answer_clarification(paper: Paper, command: Any) -> bool:
    """What was asked is answered."""
    request = named(paper, command)
    if request is None or not request.unanswered or request.state == "accepted":
        return False
    request.clarified[-1] = True
    return True


@law("Delegate")
def delegate(paper: Paper, command: Any) -> bool:
    """To a colleague, by the lead or for the lead; not by a delegate."""
    request = named(paper, command)
    if request is None or request.state == "accepted" or command.to == request.lead:
        return False
    if command.actor.role.value == "thematic_lead" and command.actor.person != request.lead:
        return False
    request.delegates.add(command.to)
    return True


@law("Reassign")
def reassign(paper: Paper, command: Any) -> bool:
    """To another lead, who has not seen it yet; whom the old one asked to help is out of it."""
    request = named(paper, command)
    if request is None or request.state == "accepted" or command.to == request.lead:
        return False
    request.lead, request.delegates = command.to, set()
    request.draft = request.draft.model_copy(update={"lead": command.to})
    if request.state == "acknowledged":
        request.state = "asked"
    return True


@law("SubmitReturn")
def submit(paper: Paper, command: Any) -> bool:
    """Something in hand, or the reason why not, signed off."""
    request = named(paper, command)
    if request is None or not answers(command, request) or request.state == "accepted":
        return False
    if command.answer == "provided" and not command.items:
        return False
    if command.answer != "provided" and not (command.reason and command.signed_off_by == "chief-constable"):
        return False
    if set(command.parts) - set(range(1, request.parts + 1)):
        return False
    was = (request.owed or set(range(1, request.parts + 1))) if request.open else set()
    request.owed = was - set(command.parts) if command.partial and command.parts else set()
    request.state = "part_returned" if request.owed else "returned"
    request.silent = False
    if not request.owed:
        request.asked_to = None
    request.returns.append({"by": command.actor.person, "items": len(command.items), "certified": None})
    return True


def in_review(paper: Paper, command: Any) -> Owed | None:
    """The request whose return lies before the office, put there by somebody else."""
    request = named(paper, command)
    if request is None or request.state != "returned":
        return None
    return None if request.returns[-1]["by"] == command.actor.person else request


@law("SendBack")
def send_back(paper: Paper, command: Any) -> bool:
    """Whole, or the parts that are named."""
    request = in_review(paper, command)
    if request is None or past(paper, command.due):
        return False
    if set(command.parts) - set(range(1, request.parts + 1)):
        return False
    request.state, request.owed, request.extensions_sum = "sent_back", set(command.parts), 0
    request.stands_still = True
    return True


@law("AcceptReturn")
def accept(paper: Paper, command: Any) -> bool:
    """Certified first, where that was asked for."""
    request = in_review(paper, command)
    if request is None or (request.draft.certify and not request.returns[-1]["certified"]):
        return False
    request.state = "accepted"
    return True


@law("CertifyReturn")
def certify(paper: Paper, command: Any) -> bool:
    """Where asked for: by the chief constable, who did not submit it, on the newest version, once."""
    request = named(paper, command)
    if request is None or not request.returns or command.version != len(request.returns):
        return False
    newest = request.returns[-1]
    if command.actor.role.value != "chief_constable" or newest["by"] == command.actor.person:
        return False
    if newest["certified"] or request.state == "accepted" or not request.draft.certify:
        return False
    newest["certified"] = command.actor.person
    return True


@law("ClaimSensitivity")
def claim(paper: Paper, command: Any) -> bool:
    """An item that is there and was not claimed before, to a day to come."""
    request = named(paper, command)
    if request is None or not answers(command, request) or not 0 < command.version <= len(request.returns):
        return False
    if command.item > request.returns[command.version - 1]["items"] or command.until_on <= paper.today:
        return False
    if (command.version, command.item) in {(version, item) for version, item, _ in request.claims}:
        return False
    request.claims.append((command.version, command.item, None))
    request.claimed_by.append(command.actor.person)
    return True


@law("DecideSensitivity")
def decide_claim(paper: Paper, command: Any) -> bool:
    """Once, and never by whoever claimed it."""
    request = named(paper, command)
    if request is None or command.claim > len(request.claims):
        return False
    version, item, upheld = request.claims[command.claim - 1]
    if upheld is not None or request.claimed_by[command.claim - 1] == command.actor.person:
        return False
    request.claims[command.claim - 1] = (version, item, command.upheld)
    return True


@law("RequestExtension")
def request_extension(paper: Paper, command: Any) -> bool | None:
    """To a later day, one at a time, within what the office allows beside the day that was first set."""
    request = named(paper, command)
    if request is None or not answers(command, request) or not request.open:
        return False
    if request.asked_to or request.due_on is None:
        return False
    to: date = command.to or working_after(request.due_on, command.days)
    if to <= request.due_on or to <= paper.today or to > working_after(request.due_on, paper.most_days):
        return False
    near = to > working_after(request.due_on, max(0, paper.most_days - request.extensions_sum - 2))
    request.asked_to, request.asked_by = to, command.actor.person
    return None if request.extensions_sum and near else True


@law("DecideExtension")
def decide_extension(paper: Paper, command: Any) -> bool:
    """Never by who asked; beyond what an officer may grant, the chief executive does."""
    request = named(paper, command)
    if request is None or request.asked_to is None or request.asked_by == command.actor.person:
        return False
    beyond = request.extensions >= paper.most_times
    if command.granted and beyond and command.actor.role.value != "chief_executive":
        return False
    if command.granted and request.due_on:
        request.extensions, request.stands_still = request.extensions + 1, True
        request.extensions_sum += working_between(request.due_on, request.asked_to)
    request.asked_to = None
    return True
