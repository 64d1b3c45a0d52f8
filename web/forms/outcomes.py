"""Forms about what comes of a cycle: actions, findings, signatures, publication; and steering it."""

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


def _draft_fields(scene: Scene) -> tuple[Field, ...]:
    last = scene.cycle.findings[-1] if scene.cycle.findings else None
    return (
        Field(
            "answer",
            "The answer in one sentence",
            "text",
            rows=2,
            missing="Enter the answer",
            start=scene.say(last.answer) if last else "",
        ),
        Field(
            "body",
            "The account",
            "text",
            rows=16,
            missing="Enter the account",
            start=scene.say(last.body) if last else "",
            hint="Begin headings with ## and items of a list with a hyphen.",
        ),
    )


def _draft(values: Values, words: Words) -> Built:
    return {"answer": words.ref(values["answer"]), "body": words.ref(values["body"])}


def _version_field(scene: Scene) -> Field:
    newest = scene.cycle.findings[-1].version if scene.cycle.findings else 0
    return Field("version", "Version", "hidden", start=str(newest))


def _approve_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        _version_field(scene),
        Field(
            "statement",
            "Your statement",
            "text",
            rows=2,
            missing="Enter your statement",
            start="I have read this account and approve it for publication.",
        ),
        Field("sure", "I sign this version", "tick", missing="Tick the box to sign"),
    )


def _approve(values: Values, words: Words) -> Built:
    return {"version": values["version"], "statement": words.ref(values["statement"])}


def _publish_fields(scene: Scene) -> tuple[Field, ...]:
    sure = Field(
        "sure", "Publish this version for everybody to read", "tick", missing="Tick the box to publish"
    )
    return (_version_field(scene), sure)


def _unpublished(cycle: Cycle) -> bool:
    return bool(cycle.findings) and cycle.published() is None


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
        "DraftFindings",
        "Draft the findings",
        "Save this version",
        _draft_fields,
        _draft,
        lambda cycle: any(one.held_at for one in cycle.sessions) and cycle.published() is None,
        intro="Each save makes a version. Signatures under an older one do not carry over.",
    ),
    Form(
        "ApproveFindings",
        "Sign the findings",
        "Sign this version",
        _approve_fields,
        _approve,
        _unpublished,
        intro="You sign the newest version, which stands below.",
    ),
    Form(
        "Publish",
        "Publish the findings",
        "Publish now",
        _publish_fields,
        lambda values, _words: {"version": values["version"]},
        _unpublished,
        grave=True,
        intro="A published account is corrected, never taken back.",
    ),
    Form(
        "Pause",
        "Pause the cycle",
        "Pause the cycle",
        lambda _scene: (reason(),),
        with_reason,
        lambda cycle: cycle.paused_at is None,
        intro="Its own clocks stop and reminders rest. Statutory clocks run on.",
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
