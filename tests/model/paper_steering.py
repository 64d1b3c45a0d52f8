"""The cycle as a whole in the tray: paused, resumed, ended; what is taken higher, decided, remembered."""

from typing import Any

from tests.model.paper import Paper, law


@law("Pause")
def pause(paper: Paper, _command: Any) -> bool:
    """Everything waits."""
    if paper.paused:
        return False
    paper.paused = True
    return True


@law("Resume")
def resume(paper: Paper, _command: Any) -> bool:
    """Everything goes on."""
    if not paper.paused:
        return False
    paper.paused = False
    return True


@law("Cancel")
def cancel(paper: Paper, _command: Any) -> bool:
    """The end, before publication."""
    if paper.was_published:
        return False
    paper.cancelled = True
    return True


@law("WakeMe")
def wake_me(paper: Paper, command: Any) -> bool:
    """On a day to come."""
    if command.on <= paper.today:
        return False
    paper.wakes += 1
    return True


@law("Escalate")
def escalate(paper: Paper, command: Any) -> bool:
    """One request or one action that is not settled."""
    if (command.request is None) == (command.action is None):
        return False
    found: Any = paper.actions.get(command.action) if command.action else paper.requests.get(command.request)
    if found is None or found.state in ("withdrawn", "accepted", "verified"):
        return False
    found.escalated += 1
    return True


@law("RecordDecision")
def record_decision(paper: Paper, command: Any) -> bool:
    """With a basis, by somebody to whom the function can be left."""
    if not command.basis.strip():
        return False
    paper.decisions += 1
    return True
