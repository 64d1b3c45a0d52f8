"""The form that opens a cycle: question, commitments, who is asked for what, and the session."""

from reference.catalogue import standards
from reference.starts import starts
from schemas.shape import Words
from web.forms.evidence import draft_fields, draft_of
from web.forms.fields import Field, Option, Reading, Typed, Values, read
from web.forms.form import Built, Form, Scene
from web.forms.sessions import forum_fields, session_of, urgency_field, when_fields

FEWEST, MOST = 2, 20
REPORT, REPORT_NAME = "report_on", "report_name"
ROW = ("title", "asked", "lead", "form", "due")


def head_fields(scene: Scene) -> tuple[Field, ...]:
    """What the cycle is about."""
    kinds = tuple(Option(one.id, one.title) for one in standards().values())
    return (
        Field(
            "kind_of_cycle",
            "Which kind of cycle?",
            "choose",
            options=kinds,
            start="performance",
            missing="Choose the kind of cycle",
            hint="It brings the office's own standards for reminders and dates.",
        ),
        Field("title", "Title", missing="Enter a title", hint="For example, Quarterly performance"),
        Field(
            "question",
            "What is the question?",
            "text",
            missing="Enter the question",
            hint="One question that the findings will answer in one sentence.",
        ),
        Field(
            "commitments",
            "Which commitments of the plan does it ask about?",
            "many",
            options=_commitments(scene),
            missing="Choose at least one commitment of the plan",
        ),
    )


def _commitments(scene: Scene) -> tuple[Option, ...]:
    objectives = scene.plan.objectives if scene.plan else ()
    return tuple(
        Option(one.ref, one.text, hint=one.ref, group=objective.title)
        for objective in objectives
        for one in objective.commitments
    )


def session_fields() -> tuple[Field, ...]:
    """When the answer is heard."""
    return (*when_fields("On which day is the session?", optional=True), *forum_fields(), urgency_field())


def report_fields(typed: Typed) -> tuple[Field, ...]:
    """The day from which a clock of the law runs, and what began it, where the kind has such a clock."""
    start = starts().get(typed.one("kind_of_cycle"))
    if start is None or start.clock is None:
        return ()
    return (
        Field(REPORT, start.clock_asks, "day", optional=True,
              hint="For example, 27 3 2027. The days of the law are counted from it."),
        Field(REPORT_NAME, start.clock_names, optional=True, hint="Its title or number. Optional."),
    )  # fmt: skip


def rows(typed: Typed) -> int:
    """How many requests the form has room for."""
    said = typed.one("rows")
    now = min(int(said), MOST) if said.isdecimal() else FEWEST
    return min(now + 1, MOST) if typed.one("more") else max(now, 1)


def row_fields(scene: Scene, number: int, *, blank: bool = True) -> tuple[Field, ...]:
    """The fields of one request; all may be left out where the row stays blank."""
    certify = Field(
        f"r{number}_certify", "The return has to be certified for the force", "tick", optional=True
    )
    *first, due = draft_fields(scene, f"r{number}_", optional=blank, due="before_session")
    return (*first, certify, due)


def ask_fields() -> tuple[Field, ...]:
    """When the requests go out."""
    options = (
        Option("now", "Now"),
        Option("planned", "Planned backwards: each so many working days before it is due, as this kind says"),
    )
    return (Field("ask", "When do the requests go out?", "one", options=options, start="now"),)


def filled(typed: Typed) -> tuple[int, ...]:
    """The rows in which a request was written."""
    return tuple(
        number
        for number in range(1, rows(typed) + 1)
        if typed.one(f"r{number}_title").strip() or typed.one(f"r{number}_lead")
    )


def fields(scene: Scene, typed: Typed) -> tuple[Field, ...]:
    """Every field that has to be read: blank rows are left out."""
    written = (field for number in filled(typed) for field in row_fields(scene, number, blank=False))
    return (*head_fields(scene), *report_fields(typed), *session_fields(), *ask_fields(), *written)


def read_opening(scene: Scene, typed: Typed) -> Reading:
    """What was typed, row by row."""
    reading = read(fields(scene, typed), typed)
    return Reading({**reading.values, "rows": filled(typed)}, reading.errors)


def build(values: Values, words: Words) -> Built:
    """The command's own facts; theme, the office's standards and the reference are filled in later."""
    return {
        "title": words.ref(values["title"]),
        "standards": values["kind_of_cycle"],
        "commitments": values["commitments"],
        "question": words.ref(values["question"]),
        "requests": tuple(draft_of(values, words, f"r{number}_") for number in values["rows"]),
        "ask": values["ask"],
        "session": session_of(values, words) if values["starts_on"] else None,
        "report": report_of(values, words),
    }


def report_of(values: Values, words: Words) -> Built | None:
    """The inspection report that it answers, where its day was given."""
    if not values.get(REPORT):
        return None
    return {"published_on": values[REPORT], "title": words.maybe(values[REPORT_NAME])}


def field_of(refused: str, typed: Typed) -> str:
    """The form's field for a field of the command, such as `requests.2.lead`."""
    parts = refused.split(".")
    written = filled(typed)
    if parts[0] == "requests" and parts[2:] and 0 < int(parts[1]) <= len(written):
        return f"r{written[int(parts[1]) - 1]}_{parts[2]}"
    known = {"starts_at": "starts_on", "session": "starts_on"}
    known |= {"report.published_on": REPORT, "report.title": REPORT_NAME}
    return known.get(refused, refused)


FORM = Form("OpenCycle", "Start a cycle", "Start the cycle", build=build)
