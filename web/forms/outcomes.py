"""Forms about what comes of a cycle: actions; and steering it."""

from schemas.cycle import Cycle
from schemas.shape import Words
from web.forms.fields import Field, Values
from web.forms.form import Built, Form, Scene, action_field, reason, with_reason


def _has_action(*states: str) -> "_Some":
    return _Some(states)


class _Some:
    """Whether a cycle has an action in one of some states."""

    def __init__(self, states: tuple[str, ...]) -> None:
        self.states = states

    def __call__(self, cycle: Cycle) -> bool:
        return any(one.state in self.states for one in cycle.actions)


def _propose_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        Field("what", "What is to be done?", "text", missing="Enter what is to be done"),
        Field("owner", "Who does it?", "choose", options=scene.named(), missing="Choose who does it"),
        Field(
            "due_on",
            "By which day?",
            "day",
            missing="Enter the day by which it is to be done",
            hint="For example, 27 3 2027",
        ),
    )


def _propose(values: Values, words: Words) -> Built:
    return {"what": words.ref(values["what"]), "owner": values["owner"], "due_on": values["due_on"]}


def _claim_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        action_field(scene, ("confirmed", "claimed_done")),
        Field("items", "The proof", "items", hint="PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG."),
        Field(
            "covers_to",
            "The last day that the proof speaks of",
            "day",
            missing="Enter the last day that the proof speaks of",
        ),
    )


def _claim(values: Values, _words: Words) -> Built:
    return {"action": values["action"], "proof": values["items"], "covers_to": values["covers_to"]}


def _one_action(*states: str) -> "_ActionOnly":
    return _ActionOnly(states)


class _ActionOnly:
    """A form that asks only which action."""

    def __init__(self, states: tuple[str, ...]) -> None:
        self.states = states

    def __call__(self, scene: Scene) -> tuple[Field, ...]:
        return (action_field(scene, self.states),)


def _named_action(values: Values, _words: Words) -> Built:
    return {"action": values["action"]}


FORMS = (
    Form(
        "ProposeAction",
        "Propose an action",
        "Propose the action",
        _propose_fields,
        _propose,
        intro="It exists when the other side confirms it.",
    ),
    Form(
        "ConfirmAction",
        "Confirm an action",
        "Confirm the action",
        _one_action("proposed"),
        _named_action,
        _has_action("proposed"),
        intro="You agree that this was undertaken.",
    ),
    Form(
        "ClaimDone",
        "Say that an action is done",
        "Send the proof",
        _claim_fields,
        _claim,
        _has_action("confirmed", "claimed_done"),
        aliases={"proof": "items"},
    ),
    Form(
        "VerifyDone",
        "Confirm that an action is done",
        "The proof is good: it is done",
        _one_action("claimed_done"),
        _named_action,
        _has_action("claimed_done"),
    ),
    Form(
        "Pause",
        "Pause the cycle",
        "Pause the cycle",
        lambda _scene: (reason(),),
        with_reason,
        lambda cycle: cycle.paused_at is None,
        intro="Its own clocks stop and reminders rest. Statutory clocks run on.",
        look_first=True,
    ),
    Form(
        "Resume",
        "Resume the cycle",
        "Resume the cycle",
        apt=lambda cycle: cycle.paused_at is not None,
        intro="The clocks run again, and the time is given back.",
        look_first=True,
    ),
    Form(
        "Cancel",
        "Cancel the cycle",
        "Cancel the cycle",
        lambda _scene: (reason(),),
        with_reason,
        lambda cycle: cycle.published() is None,
        grave=True,
        intro="The record stays and nothing more can be done in it.",
    ),
)
