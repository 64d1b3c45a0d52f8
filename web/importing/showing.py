"""What the pages of an import show: its columns, its bad rows, and the rows left as a file."""

from collections.abc import Iterable, Mapping, Sequence

from handover.cells import written
from rules.tracking.columns import TITLES, heading_place, headings
from rules.tracking.rows import nearest
from schemas.people import Person
from schemas.plans import Plan
from schemas.trackers import Became, Import, Looked, SheetRow
from web.forms.fields import Field, Option, Typed

EXAMPLES = 3
MOST_NAMES = 40
"""Names that are asked about on one page."""
NO_COMMITMENT = "Choose a commitment of the plan"
DAY = Field(
    "new_day", "A day for rows that have none, or whose day is past", "day",
    "Leave it empty to leave those rows. Their old day is kept in the words of the action.", optional=True,
)  # fmt: skip


def column_fields(one: Import, guessed: Sequence[str]) -> list[Field]:
    """A question for every column, with a few of the cells beneath it."""
    options = tuple(Option(value, title) for value, title in TITLES.items())
    rows = one.rows[heading_place(one.rows) + 1 :]
    return [
        Field(
            f"column-{place}", name, "choose", _examples(rows, place),
            "Choose what this column says", options, start=guessed[place],
        )
        for place, name in enumerate(headings(one.rows))
    ]  # fmt: skip


def choice_fields(
    one: Import, looked: Looked, people: Mapping[str, Person], plan: Plan | None
) -> list[Field]:
    """What is asked beside the preview: the commitment, a new day, and who is meant by names not known."""
    commitments = tuple(
        Option(it.ref, f"{it.ref}: {it.text[:90]}")
        for goal in (plan.objectives if plan else ())
        for it in goal.commitments
    )
    asked = Field(
        "commitment", "Which commitment of the plan do these actions serve?", "choose",
        "The cycles that hold them stand under it.", NO_COMMITMENT, commitments,
        start=one.meant.commitment, optional=not looked.items,
    )  # fmt: skip
    return [asked, DAY, *(_who(n, name, people) for n, name in enumerate(looked.unknown[:MOST_NAMES]))]


def started(one: Import) -> Typed:
    """What was chosen before, as the form starts with it."""
    day = one.meant.new_day
    if day is None:
        return Typed({"commitment": [one.meant.commitment]}) if one.meant.commitment else Typed()
    parts = {
        "new_day-day": [str(day.day)],
        "new_day-month": [str(day.month)],
        "new_day-year": [str(day.year)],
    }
    return Typed({"commitment": [one.meant.commitment], **parts})


def left_csv(one: Import, looked: Looked, done: Mapping[int, Became]) -> bytes:
    """The rows that were left, each as it stands in the file, with what is wrong and what to write."""
    rows = {row.number: row for row in one.rows}
    left = sorted(_reasons(looked, done).items())
    return written(
        ("Row", "What is wrong", *headings(one.rows)),
        ((n, why, *(cell.text for cell in (rows[n].cells if n in rows else ()))) for n, why in left),
    )


def _reasons(looked: Looked, done: Mapping[int, Became]) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in (*looked.faults, *looked.here):
        if (before := done.get(one.row)) and before.became == "proposed":
            continue
        found[one.row] = "; ".join(filter(None, [found.get(one.row), f"{one.column}: {one.message}"]))
    refused = {row: one.said for row, one in done.items() if one.became == "refused"}
    return {**found, **refused}


def _examples(rows: Iterable[SheetRow], place: int) -> str:
    cells = (row.cells[place].text for row in rows if place < len(row.cells))
    found = list(dict.fromkeys(" ".join(one.split())[:60] for one in cells if one))[:EXAMPLES]
    return "Such as " + "; ".join(found) if found else "Every cell of it is empty"


def _who(n: int, name: str, people: Mapping[str, Person]) -> Field:
    near = nearest(name, people)
    others = sorted(
        (one for one in people.values() if one.side in ("force", "opcc") and one not in near),
        key=lambda one: one.title,
    )
    options = tuple(Option(one.id, one.title) for one in [*near, *others])
    hint = f"Near to it: {near[0].title}" if near else ""
    return Field(f"who-{n}", f"Who is {name}?", "choose", hint, options=options, optional=True)
