"""Forms that take something to somebody higher, and that ask to be reminded of something on a day."""

from schemas.cycle import Cycle
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
    """The request or the action: the one that the address names, or one to choose."""
    for name, before in (("request", REQUEST), ("action", ACTION)):
        if named := scene.ask.get(name):
            return Field("what", "What do you escalate?", "hidden", start=before + named)
    cycle = scene.cycle
    requests = tuple(
        Option(f"{REQUEST}{one.number}", f"Request {one.number}: {scene.say(one.draft.title)}")
        for one in cycle.requests
        if one.state not in ("accepted", "withdrawn")
    )
    actions = tuple(
        Option(f"{ACTION}{one.number}", f"Action {one.number}: {scene.say(one.what)}")
        for one in cycle.actions
        if one.open
    )
    missing = "Choose what you escalate"
    return Field("what", "What do you escalate?", "one", options=requests + actions, missing=missing)


def _escalate(values: Values, words: Words) -> Built:
    named = values["what"]
    what = "action" if named.startswith(ACTION) else "request"
    number = named.removeprefix(ACTION).removeprefix(REQUEST)
    return {what: number, "to": values["to"], "reason": words.ref(values["reason"])}


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
        "WakeMe",
        "Remind me",
        "Remind me on that day",
        _wake_fields,
        lambda values, words: {"on": values["on"], "about": words.ref(values["about"])},
        intro="You get one mail in the morning of that day, and nobody else does. "
        "Whoever reads the record of this cycle can see that you asked.",
    ),
)
