"""The form of a decision record."""

from reference.catalogue import sources
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene
from web.showing import words as say


def _fields(_scene: Scene) -> tuple[Field, ...]:
    bases = tuple(
        Option(one.id, f"{one.title}{', ' + one.section if one.section else ''}")
        for one in sources().values()
        if one.kind in ("statute", "regulation")
    )
    functions = tuple(Option(value, text) for value, text in say.FUNCTIONS.items())
    return (
        Field("title", "What is decided?", missing="Enter what is decided"),
        Field("options", "Which options were considered?", "text", missing="Enter the options considered"),
        Field("reasons", "Why this one?", "text", missing="Enter the reasons"),
        Field(
            "function",
            "Which function is exercised?",
            "choose",
            options=functions,
            start="general",
            optional=True,
            hint="Some can be exercised by the Commissioner alone.",
        ),
        Field(
            "basis",
            "On which statutory basis?",
            "choose",
            options=bases,
            missing="Choose the statutory basis",
        ),
        Field(
            "conditions",
            "Conditions",
            "text",
            optional=True,
            hint="Optional. Where the reasons are withheld, name the ground here: it is published.",
        ),
        Field("restricted", "Withhold the reasons from the public", "tick", optional=True),
    )


def _build(values: Values, words: Words) -> Built:
    texts = {name: words.ref(values[name]) for name in ("title", "options", "reasons")}
    return {
        **texts,
        "basis": values["basis"],
        "conditions": words.maybe(values["conditions"]),
        "function": values["function"] or "general",
        "restricted": values["restricted"],
    }


FORMS = (
    Form(
        "RecordDecision",
        "Record a decision",
        "Record the decision",
        _fields,
        _build,
        intro="A decision record is published with the findings.",
    ),
)
