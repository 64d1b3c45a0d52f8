"""Forms about returns: submit whole or in parts, certify, send back, accept."""

from rules.parts import every, owed
from schemas.cycle import Cycle, Request
from schemas.shape import Words
from web.forms.evidence import any_in
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, request_field, with_request
from web.showing import words as say


def _open(request: Request) -> bool:
    return request.open


def _returned(request: Request) -> bool:
    return request.state == "returned"


def _to_certify(request: Request) -> bool:
    newest = request.returns[-1] if request.returns else None
    return request.state != "accepted" and request.draft.certify and bool(newest and not newest.certificate)


def _asked(scene: Scene) -> Request | None:
    """The request that the address names."""
    named = scene.ask.get("request", "")
    return scene.cycle.request(int(named)) if named.isdecimal() else None


def _parts_field(scene: Scene, label: str, hint: str, *, only_owed: bool) -> tuple[Field, ...]:
    """The parts of the request that the address names; no field where it has none."""
    asked = _asked(scene)
    if asked is None or len(asked.draft.asked) < 2:  # noqa: PLR2004 - one part is the whole
        return ()
    numbers = (owed(asked) if only_owed else ()) or every(asked.draft)
    options = tuple(Option(str(one), f"{one}: {scene.say(asked.draft.asked[one - 1])}") for one in numbers)
    return (Field("parts", label, "many", hint=hint, options=options, optional=True),)


COVER = (
    Field(
        "covers_from",
        "The evidence covers the time from",
        "day",
        optional=True,
        hint="Optional. For example, 1 7 2026",
    ),
    Field("covers_to", "The evidence covers the time to", "day", optional=True, hint="Optional."),
)
PARTIAL = Field("partial", "This is a part; the rest will follow", "tick", optional=True)


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
        *_parts_field(
            scene,
            "Which parts does it answer?",
            "Tick only where the rest follows later. Leave all empty where this answers everything.",
            only_owed=True,
        ),
        PARTIAL,
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
        "parts": values.get("parts", ()),
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
        *_parts_field(
            scene,
            "Which parts are to come again?",
            "Leave all empty to send the whole return back.",
            only_owed=False,
        ),
        Field("due", "By when should it come back?", "due", missing="Choose by when it should come back"),
    )


def _send_back(values: Values, words: Words) -> Built:
    return {"gap": words.ref(values["gap"]), "due": values["due"], "parts": values.get("parts", ())}


def _certify_fields(scene: Scene) -> tuple[Field, ...]:
    asked = _asked(scene)
    some = (asked,) if asked else scene.cycle.requests
    options = tuple(
        Option(f"{one.number}.{len(one.returns)}", _version(scene, one)) for one in some if _to_certify(one)
    )
    return (
        Field("which", "Which version?", "one", options=options, missing="Choose the version",
              start=options[0].value if len(options) == 1 else ""),
        Field("statement", "Your statement", "text", rows=2, missing="Enter your statement",
              start="I have read this return and certify it for the force."),
    )  # fmt: skip


def _version(scene: Scene, request: Request) -> str:
    return f"Request {request.number}, version {len(request.returns)}: {scene.say(request.draft.title)}"


def _certify(values: Values, words: Words) -> Built:
    request, version = values["which"].split(".")
    return {"request": request, "version": version, "statement": words.ref(values["statement"])}


def _has_one_to_certify(cycle: Cycle) -> bool:
    return any(_to_certify(one) for one in cycle.requests)


FORMS = (
    Form(
        "SubmitReturn",
        "Answer the request",
        "Send the return",
        _submit_fields,
        with_request(_submit),
        any_in("asked", "acknowledged", "part_returned", "sent_back", "returned"),
    ),
    Form(
        "CertifyReturn",
        "Certify a return",
        "Certify this version",
        _certify_fields,
        _certify,
        _has_one_to_certify,
        intro="You sign for the force that this is its answer. A new version needs a new certificate.",
        aliases={"version": "which", "request": "which"},
    ),
    Form(
        "SendBack",
        "Send the return back",
        "Send it back",
        _send_back_fields,
        with_request(_send_back),
        any_in("returned"),
    ),
    Form(
        "AcceptReturn",
        "Accept the return",
        "Accept the return",
        lambda scene: (request_field(scene, _returned),),
        with_request(lambda _values, _words: {}),
        any_in("returned"),
        intro="The evidence is what was asked for. The lead is told.",
    ),
)
