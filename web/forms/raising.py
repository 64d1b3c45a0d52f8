"""Forms that take something to somebody higher, and that ask to be reminded of something on a day."""

from collections.abc import Iterable

from schemas.cycle import Action, Cycle, Request
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason

REQUEST, ACTION = "request ", "action "


def _escalate_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        _what(scene),
        Field(
            "to",
            "Who is it taken to?",
            "choose",
            options=scene.named(),
            missing="Choose who it is taken to",
            hint="They get a mail with your reason.",
        ),
        reason(),
    )


def _what(scene: Scene) -> Field:
    """What is escalated: any request or action that is not settled."""
    cycle = scene.cycle
    requests = [one for one in cycle.requests if one.state not in ("accepted", "withdrawn")]
    return _one_of(scene, "What do you escalate?", requests, [one for one in cycle.actions if one.open])


def _one_of(scene: Scene, label: str, requests: Iterable[Request], actions: Iterable[Action]) -> Field:
    """The request or the action: the one that the address names, or one to choose."""
    for name, before in (("request", REQUEST), ("action", ACTION)):
        if named := scene.ask.get(name):
            return Field("what", label, "hidden", start=before + named)
    options = (
        *(
            Option(f"{REQUEST}{one.number}", f"Request {one.number}: {scene.say(one.draft.title)}")
            for one in requests
        ),
        *(Option(f"{ACTION}{one.number}", f"Action {one.number}: {scene.say(one.what)}") for one in actions),
    )
    missing = f"Choose {label[0].lower()}{label[1:].rstrip('?').replace(' do you ', ' you ')}"
    return Field("what", label, "one", options=options, missing=missing)


def _named(values: Values) -> Built:
    named = values["what"]
    what = "action" if named.startswith(ACTION) else "request"
    return {what: named.removeprefix(ACTION).removeprefix(REQUEST)}


def _escalate(values: Values, words: Words) -> Built:
    return {**_named(values), "to": values["to"], "reason": words.ref(values["reason"])}


def _remind_fields(scene: Scene) -> tuple[Field, ...]:
    cycle = scene.cycle
    requests = (one for one in cycle.requests if may_be_reminded(one))
    actions = (one for one in cycle.actions if one.state == "confirmed")
    return (_one_of(scene, "What do you send a reminder of?", requests, actions),)


def may_be_reminded(request: Request) -> bool:
    """Whether a return is owed by a day, so that a reminder makes sense."""
    return request.open and request.due is not None and not request.held


def _chasing(cycle: Cycle) -> bool:
    owed = any(may_be_reminded(one) for one in cycle.requests)
    return owed or any(one.state == "confirmed" for one in cycle.actions)


def _owed(cycle: Cycle) -> bool:
    requests = any(one.state not in ("accepted", "withdrawn") for one in cycle.requests)
    return requests or any(one.open for one in cycle.actions)


def _wake_fields(_scene: Scene) -> tuple[Field, ...]:
    return (
        Field("on", "On which day?", "day", missing="Enter the day", hint="For example, 27 3 2027"),
        Field("about", "What of?", "text", rows=2, missing="Enter what you want to be reminded of"),
    )


FORMS = (
    Form(
        "Escalate",
        "Escalate",
        "Escalate it",
        _escalate_fields,
        _escalate,
        _owed,
        intro="Take a request or an action to somebody higher. It goes on the next agenda too.",
        aliases={"request": "what", "action": "what"},
    ),
    Form(
        "Remind",
        "Send a reminder now",
        "Send the reminder",
        _remind_fields,
        lambda values, _words: _named(values),
        _chasing,
        intro="Whoever owes it gets one mail now, and the record says that you had it sent. "
        "Reminders by the clock go on; one to the lead alone is left out if it falls today or tomorrow.",
        aliases={"request": "what", "action": "what"},
    ),
    Form(
        "WakeMe",
        "Remind me",
        "Remind me on that day",
        _wake_fields,
        lambda values, words: {"on": values["on"], "about": words.ref(values["about"])},
        intro="You get one mail in the morning of that day, and nobody else does. "
        "Whoever reads the record of this cycle can see that you asked.",
    ),
)
