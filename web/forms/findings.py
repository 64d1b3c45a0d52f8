"""Forms about findings before they are published: drafted, checked for fact, redacted, signed."""

from rules.publishing.releasing import waiting
from schemas.cycle import Cycle, FindingsVersion
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene
from web.showing.notes import start_of_findings

AGREED = (
    Option("yes", "Yes: the copy is the draft less what had to be taken out"),
    Option("no", "No: it has to be made again"),
)


def newest_draft(cycle: Cycle) -> FindingsVersion | None:
    """The newest version, where it is not published."""
    newest = cycle.findings[-1] if cycle.findings else None
    return newest if newest and newest.published_at is None else None


def is_drafted(cycle: Cycle) -> bool:
    """Whether there is a version that is not published."""
    return newest_draft(cycle) is not None


def _fact_check_awaited(cycle: Cycle) -> bool:
    return any(one.fact_check and one.fact_check.received_at is None for one in cycle.findings)


def _unchecked(cycle: Cycle) -> bool:
    draft = newest_draft(cycle)
    return bool(draft and draft.redaction and draft.redaction.checked_by is None)


def _draft_fields(scene: Scene) -> tuple[Field, ...]:
    last = scene.cycle.findings[-1] if scene.cycle.findings else None
    answer = Field(
        "answer",
        "The answer in one sentence",
        "text",
        rows=2,
        missing="Enter the answer",
        hint="As to a neighbour, such as: Partly, six in ten victims are told within a day. Most people read "
        "only this.",
        start=scene.say(last.answer) if last else "",
    )
    body = Field(
        "body",
        "The account",
        "text",
        rows=16,
        missing="Enter the account",
        start=scene.say(last.body) if last else start_of_findings(scene.page, scene.people, scene.forums),
        hint="What matters most comes first, one thought to a paragraph. Say where a figure comes from. "
        "Begin headings with ## and items of a list with a hyphen.",
    )
    if scene.cycle.published() is None:
        return (answer, body)
    correction = Field(
        "correction",
        "What is put right, and why?",
        "text",
        rows=3,
        missing="Enter what is put right",
        hint="Everybody reads this at the top of the corrected findings.",
    )
    return (correction, answer, body)


def _draft(values: Values, words: Words) -> Built:
    return {
        "answer": words.ref(values["answer"]),
        "body": words.ref(values["body"]),
        "correction": words.maybe(values.get("correction")),
    }


def version_field(scene: Scene) -> Field:
    """The newest version, which the form is about."""
    newest = scene.cycle.findings[-1].version if scene.cycle.findings else 0
    return Field("version", "Version", "hidden", start=str(newest))


def _version_only(scene: Scene) -> tuple[Field, ...]:
    return (version_field(scene),)


def _with_version(values: Values, _words: Words) -> Built:
    return {"version": values["version"]}


def _answer_fields(scene: Scene) -> tuple[Field, ...]:
    asked = [one for one in scene.cycle.findings if one.fact_check and one.fact_check.received_at is None]
    number = asked[-1].version if asked else 0
    comments = Field(
        "comments",
        "What is wrong in fact?",
        "text",
        rows=8,
        optional=True,
        hint="Leave it empty where nothing is. Judgements are the Commissioner's and not asked about.",
    )
    sure = Field("sure", "This is the force's answer", "tick", missing="Tick the box to answer")
    return (Field("version", "Version", "hidden", start=str(number)), comments, sure)


def _answered(values: Values, words: Words) -> Built:
    return {"version": values["version"], "comments": words.maybe(values["comments"])}


def _check_fields(scene: Scene) -> tuple[Field, ...]:
    why = Field("reason", "What is wrong, if not?", "text", rows=3, optional=True)
    agreed = Field("agreed", "Do you agree to the copy?", "one", options=AGREED, missing="Say yes or no")
    return (version_field(scene), agreed, why)


def _checked(values: Values, words: Words) -> Built:
    said = words.maybe(values["reason"])
    return {"version": values["version"], "agreed": values["agreed"] == "yes", "reason": said}


def _approve_fields(scene: Scene) -> tuple[Field, ...]:
    statement = Field(
        "statement",
        "Your statement",
        "text",
        rows=2,
        missing="Enter your statement",
        start="I have read this account and approve it for publication.",
    )
    name = Field(
        "name",
        "Your full name",
        missing="Enter your full name",
        hint="It is kept with the version, the hour and your role, and stands for your signature.",
    )
    return (
        version_field(scene),
        statement,
        Field("sure", "I sign this version", "tick", missing="Tick the box to sign"),
        name,
    )


def _approve(values: Values, words: Words) -> Built:
    return {
        "version": values["version"],
        "statement": words.ref(values["statement"]),
        "name": words.ref(values["name"]),
    }


def _send_back_fields(scene: Scene) -> tuple[Field, ...]:
    note = Field(
        "note",
        "What is to be changed?",
        "text",
        rows=6,
        missing="Enter what is to be changed",
        hint="Whoever wrote the findings reads this. It is kept on the record and is not published.",
    )
    return (version_field(scene), note)


def _send_back(values: Values, words: Words) -> Built:
    return {"version": values["version"], "note": words.ref(values["note"])}


def may_go_back(cycle: Cycle) -> bool:
    """Whether there is a version that could be sent back."""
    draft = newest_draft(cycle)
    return bool(draft and draft.sent_back is None and waiting(cycle) is None)


FORMS = (
    Form(
        "DraftFindings",
        "Draft the findings",
        "Save this version",
        _draft_fields,
        _draft,
        lambda cycle: any(one.held_at for one in cycle.sessions) and waiting(cycle) is None,
        intro="Each save makes a version. Signatures under an older one do not carry over.",
    ),
    Form(
        "InviteFactCheck",
        "Ask the force to check the facts",
        "Send the draft",
        _version_only,
        _with_version,
        lambda cycle: bool((draft := newest_draft(cycle)) and draft.fact_check is None),
        intro="The Chief Constable reads the draft and says what is wrong in fact. "
        "Nobody signs it before they answer or the time is over.",
    ),
    Form(
        "SubmitFactCheck",
        "Answer a fact check",
        "Send the answer",
        _answer_fields,
        _answered,
        _fact_check_awaited,
        intro="The draft stands below. It is not public: do not pass it on.",
    ),
    Form(
        "Redact",
        "Redact the findings",
        "Send these redactions",
        _version_only,
        _with_version,
        lambda cycle: is_drafted(cycle) and waiting(cycle) is None,
    ),
    Form(
        "CheckRedactions",
        "Check the redactions",
        "Record the check",
        _check_fields,
        _checked,
        _unchecked,
        intro="Compare the copy below with the draft, which stands beside it on the page of the findings.",
    ),
    Form(
        "ApproveFindings",
        "Sign the findings",
        "Sign this version",
        _approve_fields,
        _approve,
        is_drafted,
        intro="You sign the newest version, which stands below.",
    ),
    Form(
        "SendBackFindings",
        "Send the findings back",
        "Send them back",
        _send_back_fields,
        _send_back,
        may_go_back,
        intro="Nobody signs this version: it waits for a new one. Signatures under it fall away.",
    ),
)
