"""Forms about actions that two sides do not agree on, their days, how they stand, and whose they are."""

from schemas.cycle import Action, Cycle
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, action_field, reason, with_reason
from web.forms.succeeding import SUCCEED
from web.showing import words as say

ASSESSMENTS = tuple(Option(value, text) for value, text in say.ASSESSMENTS.items())


class _Some:
    """Whether a cycle has an action in one of some states, and one that a form is apt for."""

    def __init__(self, *states: str, asked: bool = False) -> None:
        self.states, self.asked = states, asked

    def __call__(self, cycle: Cycle) -> bool:
        return any(self.takes(one) for one in cycle.actions)

    def takes(self, action: Action) -> bool:
        """Whether the form could be about this action."""
        return action.state in self.states and (not self.asked or action.date_asked is not None)


def _with_action(values: Values, words: Words) -> Built:
    return {"action": values["action"], **with_reason(values, words)}


def _asked_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        action_field(scene, ("confirmed",)),
        Field(
            "to",
            "Until which day do you need?",
            "day",
            missing="Enter the day until which you need",
            hint="For example, 27 3 2027. A day is moved once; what is asked for after that is on record "
            "as a slip.",
        ),
        reason("Why do you need more time?", "The office reads this."),
    )


def _decide_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        action_field(scene, ("confirmed",)),
        Field(
            "granted",
            "Do you grant the later day?",
            "one",
            missing="Choose whether you grant it",
            options=(Option("yes", "Yes, move the day"), Option("no", "No, the day stays")),
        ),
        Field("reason", "Reason", "text", optional=True, hint="Optional. The owner reads this."),
    )


def _decide(values: Values, words: Words) -> Built:
    reason = words.maybe(values["reason"])
    return {"action": values["action"], "granted": values["granted"] == "yes", "reason": reason}


def _progress_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        action_field(scene, ("confirmed",)),
        Field(
            "assessment",
            "How does it stand?",
            "one",
            options=ASSESSMENTS,
            missing="Choose how it stands",
            hint="This is your own view. What the office has checked stands beside it.",
        ),
        Field("account", "What has been done, and what is still to do?", "text", missing="Say how it stands"),
    )


def _progress(values: Values, words: Words) -> Built:
    account = words.ref(values["account"])
    return {"action": values["action"], "assessment": values["assessment"], "account": account}


def _reopen_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        action_field(scene, ("claimed_done", "verified")),
        reason("What does not hold?", "The owner reads this."),
        Field("due_on", "By which day is it to be done?", "day", missing="Enter the new day"),
    )


def _reopen(values: Values, words: Words) -> Built:
    return {**_with_action(values, words), "due_on": values["due_on"]}


def _pass_on_fields(scene: Scene) -> tuple[Field, ...]:
    named = scene.cycle.action(scene.ask.get("action", ""))
    side = scene.people[named.owner].side if named and named.owner in scene.people else None
    return (
        action_field(scene, ("confirmed",)),
        Field("to", "Who does it now?", "choose", options=scene.named(side), missing="Choose who does it"),
        reason("Why?", "Kept on the record. Both are told."),
    )


def _pass_on(values: Values, words: Words) -> Built:
    return {**_with_action(values, words), "to": values["to"]}


OPEN = _Some("proposed", "disputed")
AGREED = _Some("confirmed")
ASKED = _Some("confirmed", asked=True)
DONE = _Some("claimed_done", "verified")
FOR_ACTION = {
    "ConfirmAction": OPEN,
    "DisputeAction": _Some("proposed"),
    "WithdrawAction": OPEN,
    "MoveActionDate": AGREED,
    "DecideActionDate": ASKED,
    "ReportProgress": AGREED,
    "ClaimDone": _Some("confirmed", "claimed_done"),
    "VerifyDone": _Some("claimed_done"),
    "Reopen": DONE,
    "PassOn": AGREED,
    "Remind": AGREED,
}
"""What may be done with an action, by how it stands."""

FORMS = (
    Form(
        "DisputeAction",
        "Dispute an action",
        "This was not undertaken",
        lambda scene: (
            action_field(scene, ("proposed",)),
            reason("Why do you dispute it?", "Both sides read this."),
        ),
        _with_action,
        FOR_ACTION["DisputeAction"],
        intro="It is shown as disputed until both sides agree.",
    ),
    Form(
        "WithdrawAction",
        "Take a proposed action back",
        "Take it back",
        lambda scene: (action_field(scene, ("proposed", "disputed")), reason()),
        _with_action,
        OPEN,
        intro="Your side proposed it, and the other side has not confirmed it.",
        grave=True,
    ),
    Form(
        "MoveActionDate",
        "Ask for a later day for an action",
        "Ask for the later day",
        _asked_fields,
        lambda values, words: {**_with_action(values, words), "to": values["to"]},
        AGREED,
    ),
    Form(
        "DecideActionDate",
        "Decide on a later day for an action",
        "Record the decision",
        _decide_fields,
        _decide,
        ASKED,
    ),
    Form("ReportProgress", "Say how an action stands", "Send this", _progress_fields, _progress, AGREED),
    Form(
        "Reopen",
        "Reopen an action",
        "Reopen the action",
        _reopen_fields,
        _reopen,
        DONE,
        intro="The proof does not hold, or no longer. The owner is told, and new proof is needed.",
    ),
    Form(
        "PassOn",
        "Give an action another owner",
        "Give it to this owner",
        _pass_on_fields,
        _pass_on,
        AGREED,
        intro="What was agreed and the day stay the same.",
    ),
    SUCCEED,
)
