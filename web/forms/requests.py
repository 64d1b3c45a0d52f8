"""Forms about whom and what is asked: of several, amended, of another lead, delegated, clarified."""

from collections.abc import Callable
from dataclasses import replace

from schemas.clocks import Budget, OnDate
from schemas.cycle import Cycle, Request
from schemas.people import Role
from schemas.shape import Words
from web.forms.evidence import certifying_fields, draft_fields, draft_of
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason, request_field, with_reason, with_request


def _live(request: Request) -> bool:
    return request.state not in ("accepted", "withdrawn")


def _some(which: Callable[[Request], bool]) -> Callable[[Cycle], bool]:
    return lambda cycle: any(which(request) for request in cycle.requests)


def _waits(request: Request) -> bool:
    return _live(request) and request.unanswered is not None


def _may_ask(request: Request) -> bool:
    return request.open and request.unanswered is None


def _several_fields(scene: Scene) -> tuple[Field, ...]:
    leads = Field(
        "leads",
        "Who is asked?",
        "many",
        options=scene.named("force"),
        missing="Choose at least two leads",
        hint="Each gets a request of their own.",
    )
    draft = tuple(leads if one.name == "lead" else one for one in draft_fields(scene))
    return (*draft, *certifying_fields(scene))


def _several(values: Values, words: Words) -> Built:
    first, *others = values["leads"]
    return {"request": draft_of({**values, "lead": first}, words), "others": tuple(others)}


def _start_of(budget: Budget) -> dict[str, str]:
    """The boxes of a due day as they were filled in when it was asked."""
    if isinstance(budget, OnDate):
        on = budget.on
        return {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    days = getattr(budget, "days", None)
    return {} if days is None else {budget.kind: str(days)}


def _amend_fields(scene: Scene) -> tuple[Field, ...]:
    """Before a request is chosen, only which; then the request as it stands, to be changed."""
    which = request_field(scene, _live)
    asked = scene.cycle.request(int(which.start)) if which.kind == "hidden" else None
    if asked is None:
        return (which,)
    draft = asked.draft
    points = "\n".join(scene.say(one) for one in draft.asked)
    start = {
        "title": scene.say(draft.title),
        "asked": points,
        "form": draft.form,
        "due": draft.due.kind,
        "certify": "yes" if draft.certify else "",
        "certifier": draft.certifier or "",
    }
    fields = [
        replace(one, start=start[one.name], starts=_start_of(draft.due) if one.kind == "due" else {})
        for one in (*draft_fields(scene), *certifying_fields(scene))
        if one.name != "lead"
    ]
    kept = (
        Field("lead", "Who is asked?", "hidden", start=draft.lead),
        Field("commitment", "Which commitment?", "hidden", start=draft.commitment or ""),
    )
    return (which, *kept, *fields, reason("Why does it change?", "The lead reads this."))


def _amend(values: Values, words: Words) -> Built:
    draft = {**draft_of(values, words), "commitment": values["commitment"] or None}
    return {"draft": draft, **with_reason(values, words)}


def _of_force(scene: Scene, *but: str) -> tuple[Option, ...]:
    return tuple(one for one in scene.named("force") if one.value not in but)


def _delegate_fields(scene: Scene) -> tuple[Field, ...]:
    own = scene.person.id if scene.person.role == Role.THEMATIC_LEAD else ""
    which = request_field(scene, lambda one: _live(one) and own in ("", one.draft.lead))
    return (
        which,
        Field(
            "to",
            "Who may answer too?",
            "choose",
            options=_of_force(scene, own),
            missing="Choose a colleague",
        ),
        Field(
            "until_on",
            "Until which day?",
            "day",
            optional=True,
            hint="Leave it out to let them answer until further notice.",
        ),
        Field("reason", "Reason", "text", optional=True, hint="Optional. Kept on the record."),
    )


def _delegate(values: Values, words: Words) -> Built:
    return {"to": values["to"], "until_on": values["until_on"], "reason": words.maybe(values["reason"])}


def _reassign_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        request_field(scene, _live),
        Field(
            "to", "Who is asked instead?", "choose", options=_of_force(scene), missing="Choose who is asked"
        ),
        reason("Why?", "Both leads read this."),
    )


FORMS = (
    Form(
        "AskSeveral",
        "Ask several leads the same",
        "Send these requests",
        _several_fields,
        _several,
        aliases={"request.lead": "leads", "others": "leads", "request.title": "title", "request.due": "due",
                 "request.certifier": "certifier"},
    ),
    Form(
        "AmendRequest",
        "Amend a request",
        "Send the amended request",
        _amend_fields,
        with_request(_amend),
        lambda _cycle: False,
        intro="The lead is told, and what was asked before stays on the record. "
        "Another day starts the clock again.",
        aliases={"draft.due": "due", "draft.title": "title", "draft.lead": "form",
                 "draft.certifier": "certifier"},
    ),
    Form(
        "Reassign",
        "Put a request to another lead",
        "Put it to this lead",
        _reassign_fields,
        with_request(lambda values, words: {"to": values["to"], **with_reason(values, words)}),
        _some(_live),
        intro="The clock goes on as it was. Both leads are told.",
    ),
    Form(
        "Delegate",
        "Let a colleague answer too",
        "Delegate",
        _delegate_fields,
        with_request(_delegate),
        _some(_live),
        intro="The lead stays answerable and is still reminded. The colleague is told.",
    ),
    Form(
        "AskClarification",
        "Ask what is meant",
        "Send the question",
        lambda scene: (
            request_field(scene, _may_ask),
            Field("question", "What do you need to know?", "text", missing="Enter your question"),
        ),
        with_request(lambda values, words: {"question": words.ref(values["question"])}),
        _some(_may_ask),
        intro="The clock stands still until the office has answered, unless it has run out already.",
    ),
    Form(
        "AnswerClarification",
        "Answer a lead's question",
        "Send the answer",
        lambda scene: (
            request_field(scene, _waits),
            Field("answer", "What is meant?", "text", missing="Enter the answer", hint="The lead reads it."),
        ),
        with_request(lambda values, words: {"answer": words.ref(values["answer"])}),
        _some(_waits),
        intro="The clock runs again with the time given back.",
    ),
)  # fmt: skip
