"""Forms about evidence: ask, acknowledge, return, send back, accept, more time."""

from schemas.cycle import Cycle, Request
from schemas.shape import Words
from web import words as say
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason, request_field, with_reason, with_request

FORM_OPTIONS = tuple(Option(value, text.capitalize()) for value, text in say.FORMS.items())


def _open(request: Request) -> bool:
    return request.open


def _returned(request: Request) -> bool:
    return request.state == "returned"


def _any(*states: str) -> "_Some":
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
    }


COVER = (
    Field(
        "covers_from",
        "The evidence covers the time from",
        "day",
        optional=True,
        hint="Optional. For example, 1 7 2026",
    ),
    Field("covers_to", "The evidence covers the time to", "day", optional=True, hint="Optional."),
    Field("partial", "This is a part; the rest will follow", "tick", optional=True),
)


def _submit_fields(scene: Scene) -> tuple[Field, ...]:
    answers = tuple(Option(value, text) for value, text in say.ANSWERS.items())
    return (
        request_field(scene, _open),
        Field(
            "answer",
            "What is your answer?",
            "one",
            options=answers,
            start="provided",
            missing="Choose what you answer",
        ),
        Field(
            "items", "Your evidence", "items", hint="PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG."
        ),
        *COVER,
        Field(
            "reason",
            "Reason",
            "text",
            optional=True,
            hint="Needed where nothing is held or an answer is not appropriate.",
        ),
        Field(
            "signed_off_by",
            "Signed off by",
            "choose",
            options=scene.named("force"),
            optional=True,
            hint="Needed where nothing is held or an answer is not appropriate: "
            "the Chief Constable or the delegate.",
        ),
    )


def _submit(values: Values, words: Words) -> Built:
    return {
        "answer": values["answer"],
        "items": values["items"],
        "cover": {"covers_from": values["covers_from"], "covers_to": values["covers_to"]},
        "partial": values["partial"],
        "reason": words.maybe(values["reason"]),
        "signed_off_by": values["signed_off_by"] or None,
    }


def _send_back_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        request_field(scene, _returned),
        Field(
            "gap",
            "What is missing?",
            "text",
            missing="Say what is missing, so that the lead can add it",
            hint="The lead reads this.",
        ),
        Field("due", "By when should it come back?", "due", missing="Choose by when it should come back"),
    )


def _extension_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        request_field(scene, _open),
        Field(
            "to",
            "Until which day do you need?",
            "day",
            missing="Enter the day until which you need",
            hint="For example, 27 3 2027",
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
        draft_fields,
        lambda values, words: {"request": draft_of(values, words)},
        aliases={"request.lead": "lead", "request.title": "title"},
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
        _any("asked", "acknowledged", "returned", "sent_back"),
        intro="The lead is told, and no return is owed any longer.",
        grave=True,
    ),
    Form(
        "Acknowledge",
        "Say that you have seen the request",
        "I have seen this request",
        lambda scene: (request_field(scene, lambda one: one.state == "asked"),),
        with_request(lambda _values, _words: {}),
        _any("asked"),
    ),
    Form(
        "SubmitReturn",
        "Answer the request",
        "Send the return",
        _submit_fields,
        with_request(_submit),
        _any("asked", "acknowledged", "sent_back", "returned"),
    ),
    Form(
        "SendBack",
        "Send the return back",
        "Send it back",
        _send_back_fields,
        with_request(lambda values, words: {"gap": words.ref(values["gap"]), "due": values["due"]}),
        _any("returned"),
    ),
    Form(
        "AcceptReturn",
        "Accept the return",
        "Accept the return",
        lambda scene: (request_field(scene, _returned),),
        with_request(lambda _values, _words: {}),
        _any("returned"),
        intro="The evidence is what was asked for. The lead is told.",
    ),
    Form(
        "RequestExtension",
        "Ask for more time",
        "Ask for more time",
        _extension_fields,
        with_request(lambda values, words: {"to": values["to"], **with_reason(values, words)}),
        _any("asked", "acknowledged", "sent_back"),
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
