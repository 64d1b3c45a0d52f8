"""Forms about evidence: ask, withdraw, acknowledge, more time."""

from schemas.cycle import Cycle, Request
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason, request_field, with_reason, with_request
from web.showing import words as say

FORM_OPTIONS = tuple(Option(value, text.capitalize()) for value, text in say.FORMS.items())


def _open(request: Request) -> bool:
    return request.open


def any_in(*states: str) -> "_Some":
    """Whether a cycle has a request in one of some states."""
    return _Some(states)


class _Some:
    """Whether a cycle has a request in one of some states."""

    def __init__(self, states: tuple[str, ...]) -> None:
        self.states = states

    def __call__(self, cycle: Cycle) -> bool:
        return any(request.state in self.states for request in cycle.requests)


def draft_fields(
    scene: Scene, prefix: str = "", *, optional: bool = False, due: str = ""
) -> tuple[Field, ...]:
    """The fields of one request to a lead."""
    return (
        Field(
            f"{prefix}title",
            "What is asked for, in a few words",
            missing="Enter what is asked for",
            optional=optional,
        ),
        Field(
            f"{prefix}asked",
            "What it should cover",
            "text",
            hint="One point on each line.",
            optional=True,
        ),
        Field(
            f"{prefix}lead",
            "Who is asked?",
            "choose",
            options=scene.named("force"),
            missing="Choose who is asked",
            optional=optional,
        ),
        Field(f"{prefix}form", "In which form?", "choose", options=FORM_OPTIONS, start="report"),
        Field(f"{prefix}due", "When is it due?", "due", missing="Choose when it is due", start=due),
    )


def draft_of(values: Values, words: Words, prefix: str = "") -> Built:
    """One request as the command carries it."""
    asked = [line.strip(" -•\t") for line in values[f"{prefix}asked"].splitlines()]
    return {
        "title": words.ref(values[f"{prefix}title"]),
        "asked": tuple(words.ref(line) for line in asked if line),
        "lead": values[f"{prefix}lead"],
        "form": values[f"{prefix}form"] or "report",
        "due": values[f"{prefix}due"],
        "certify": values.get(f"{prefix}certify", False),
        "certifier": values.get(f"{prefix}certifier") or None,
    }


def certifying_fields(scene: Scene) -> tuple[Field, ...]:
    """Whether the force has to certify what it returns, and who does."""
    return (
        Field("certify", "The return has to be certified for the force", "tick", optional=True),
        Field(
            "certifier",
            "Who certifies it?",
            "choose",
            options=scene.named("force"),
            optional=True,
            hint="Leave it out for the Chief Constable. Whoever is named may also sign off "
            "that nothing is held.",
        ),
    )


def _extension_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        request_field(scene, _open),
        Field(
            "to",
            "Until which day do you need?",
            "day",
            optional=True,
            hint="For example, 27 3 2027",
        ),
        Field(
            "days",
            "Or how many working days more?",
            optional=True,
            hint="For example, 5. Give the day or the number, not both.",
        ),
        reason("Why do you need more time?", "The policy officer reads this."),
    )


def _decide_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        request_field(scene, lambda one: one.extension is not None, "Whose request for more time?"),
        Field(
            "granted",
            "Do you grant it?",
            "one",
            missing="Choose whether you grant it",
            options=(Option("yes", "Yes, give the time"), Option("no", "No, the day stands")),
        ),
        Field("reason", "Reason", "text", optional=True, hint="Optional. The lead reads this."),
    )


FORMS = (
    Form(
        "AddRequest",
        "Ask for more evidence",
        "Send this request",
        lambda scene: (*draft_fields(scene), *certifying_fields(scene)),
        lambda values, words: {"request": draft_of(values, words)},
        aliases={
            "request.lead": "lead",
            "request.title": "title",
            "request.due": "due",
            "request.certifier": "certifier",
        },
    ),
    Form(
        "WithdrawRequest",
        "Withdraw a request",
        "Withdraw the request",
        lambda scene: (
            request_field(scene, lambda one: one.state not in ("accepted", "withdrawn")),
            reason(),
        ),
        with_request(with_reason),
        any_in("asked", "acknowledged", "part_returned", "returned", "sent_back"),
        intro="The lead is told, and no return is owed any longer.",
        grave=True,
    ),
    Form(
        "Acknowledge",
        "Say that you have seen the request",
        "I have seen this request",
        lambda scene: (request_field(scene, lambda one: one.state == "asked"),),
        with_request(lambda _values, _words: {}),
        any_in("asked"),
    ),
    Form(
        "RequestExtension",
        "Ask for more time",
        "Ask for more time",
        _extension_fields,
        with_request(
            lambda values, words: {
                "to": values["to"],
                "days": values["days"] or None,
                **with_reason(values, words),
            }
        ),
        any_in("asked", "acknowledged", "part_returned", "sent_back"),
    ),
    Form(
        "DecideExtension",
        "Decide on more time",
        "Record the decision",
        _decide_fields,
        with_request(
            lambda values, words: {
                "granted": values["granted"] == "yes",
                "reason": words.maybe(values["reason"]),
            }
        ),
        lambda cycle: any(one.extension for one in cycle.requests),
        look_first=True,
    ),
)
