"""Write docs/rules.md: every rule to be read and signed by a lawyer, from the register and the docstrings.

`python -m scripts.rules_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import inspect
import sys
from collections.abc import Callable, Sequence
from datetime import date

from reference.catalogue import sources
from reference.explaining import table
from reference.windows import RULES
from rules.counting.due import due
from rules.counting.words import budget_words
from rules.law.register import FUNCTIONS
from rules.meeting.votes import MAJORITIES, required
from schemas.counting import Clock, Due, NoDeadline, Rule
from schemas.outcomes import Refused
from schemas.sources import Source
from scripts.documents import DOCS, write_or_check

DOCUMENT = DOCS / "rules.md"
AGAIN = "python -m scripts.rules_document"
KINDS = {
    "statutory": "law",
    "panel_set": "set by the panel",
    "commissioner_set": "set by the commissioner",
    "local": "local standard, not law",
}
MARKS = {"verified": "verified", "partly": "partly verified", "not_verified": "**not verified**"}
EXAMPLES = {
    "inspection-comments": date(2023, 10, 31),
    "panel-papers": date(2020, 2, 5),
    "question-cutoff": date(2020, 2, 5),
    "foi-response": date(2026, 3, 10),
    "retention-minutes": date(2019, 9, 10),
    "retention-background-papers": date(2019, 9, 10),
    "retention-complaint": date(2019, 9, 10),
    "police-plan": date(2024, 5, 2),
    "pre-election-freeze": date(2024, 5, 2),
}
"""The start of each example; every other rule has the one below."""
EXAMPLE = date(2026, 1, 12)
MEMBERS = (17, 16, 15, 13)

HEAD = f"""# The rules: every clock and every majority, to be read and signed

This document is made by `{AGAIN}` from the register of rules and the register
of sources; it is never edited by hand, and a test fails when it is stale. It says what the product
computes. It is not legal advice, and a rule that is not verified is to be checked against its source
before anybody relies on it.

How to read it. *Verified* means that the words of the source were read; *partly verified* that their
core was; *not verified* that they were not. The day on which a source came into force has a mark of its
own, in the table of sources at the end: the words may have been read and the day not. A local standard
is set by an office for itself and is never law. A date that the law fixes does not move from a weekend
or a bank holiday: the product shows the working day before as advice. A late act is recorded and shown,
and nothing in the product blocks it. Beyond the horizon of a calendar nothing is computed. Each rule ends
with a line to sign; the example is computed by the product itself.
"""
SOURCES = """## Sources

*Mark* is how sure we are of the words, *mark of the date* of the day in force. A date is partly verified
where it was read in an account of the source, or as the day by which the rest of it was in force, so that
a part may have come earlier.
"""


def document() -> str:
    """The whole text."""
    parts = [
        HEAD,
        _contents(),
        "## Clocks\n",
        *(_rule(make) for make in FUNCTIONS),
        _majorities(),
        _sources(),
    ]
    return "\n".join(parts)


def _contents() -> str:
    rows = [
        f"| [{one.title}](#{one.id}) | {KINDS[one.kind]} | {MARKS[one.mark]} |"
        for one in (make() for make in FUNCTIONS)
    ]
    return "\n".join(["| Rule | Whose | Mark |", "|---|---|---|", *rows, ""])


def _rule(make: Callable[[], Rule]) -> str:
    one = RULES[make().id]
    lines = [
        f'### <a id="{one.id}"></a>{one.title}\n',
        f"`{one.id}`: {KINDS[one.kind]}; {MARKS[one.mark]}.\n",
        f"{_said(make)}\n",
        f"- **Counted**: {budget_words(one.budget)}{f', at {one.hour}' if one.hour else ''}.{_own(one)}",
        f"- **Start**: {one.starts}.",
        f"- **Owed**: {one.owes}",
        f"- **If nobody acts**: {one.silence} ({_cite(one.silence_source)})",
        f"- **If it is late**: {one.lateness}",
        f"- **What stops it**: {one.stops or 'nothing that is known'}.",
        f"- **Extension**: {_limit(one)}",
        f"- **Another period**: {f'{one.set_by} may set one' if one.set_by else 'nobody may set one'}.",
        f"- **Calendar**: {one.calendar}.",
        f"- **Rests on**: {'; '.join(_cite(name) for name in (one.source, *one.also))}.",
        f"- **Example**: {_example(one)}",
        "\nRead and found right: ______________________ on ______________\n",
    ]
    return "\n".join(lines)


def _said(make: Callable[[], Rule]) -> str:
    """The docstring without its labelled lines."""
    text = inspect.getdoc(make) or ""
    return text.split("\n\nSource:", maxsplit=1)[0]


def _own(one: Rule) -> str:
    """Where an office's own number stands; nothing where law gives it."""
    if one.window is None:
        return ""
    where = "reference/kinds.yaml, for each kind of cycle" if one.window.kind else "reference/windows.yaml"
    return f" The number is not law but data: {where}."


def _limit(one: Rule) -> str:
    if one.limit is None:
        return "nobody may extend it."
    times = "once" if one.limit.most_times == 1 else f"{one.limit.most_times} times"
    return f"{times}, by at most {one.limit.most_days} days in all ({_cite(one.limit.source)})."


def _example(one: Rule) -> str:
    if isinstance(one.budget, NoDeadline):
        return "none: nothing falls due."
    start, days = EXAMPLES.get(one.id, EXAMPLE), table(one.calendar)
    found = days if isinstance(days, Refused) else due(Clock(one, start), days)
    if not isinstance(found, Due):
        raise TypeError(f"the example of {one.id} is refused: {found.message}")
    advice = f", with advice to act by {_day(found.advice_on)}" if found.advice_on else ""
    return f"start {_day(start)}, due {_day(found.due_on)}{advice}."


def _majorities() -> str:
    rows = []
    for one in MAJORITIES.values():
        needed = "; ".join(f"{required(one.id, number)} of {number}" for number in MEMBERS)
        rows.append(
            f"### {one.title}\n\n`{one.id}`: {KINDS[one.kind]}; {MARKS[one.mark]}.\n\n"
            f"- **Share**: {one.share}.\n- **Examples**: {needed}.\n- **Rests on**: {_cite(one.source)}.\n\n"
            "Read and found right: ______________________ on ______________\n"
        )
    return "\n".join(["## Majorities\n", *rows])


def _sources() -> str:
    rows = [_source(one) for one in sources().values() if one.kind != "process"]
    return "\n".join(
        [
            SOURCES,
            "| Id | Source | In force | Mark of the date | Mark | Note |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _source(one: Source) -> str:
    section = f", {one.section}" if one.section else ""
    local = "Local standard: " if one.kind == "local" else ""
    title = f"[{one.title}]({one.link})" if one.link and one.link.startswith("https:") else one.title
    mark = f"{MARKS[one.mark]}{f', {one.by}' if one.by else ''}"
    return f"| `{one.id}` | {local}{title}{section} | {_force(one)} | {mark} | {one.note or ''} |"


def _force(one: Source) -> str:
    """The days in force, and how sure we are of them: two cells of the table."""
    if one.dates is None:
        return "- | -"
    start = f"from {one.in_force_on.isoformat()}" if one.in_force_on else "not recorded"
    end = f" to {one.until_on.isoformat()}" if one.until_on else ""
    return f"{start}{end} | {MARKS[one.dates]}{f', {one.dates_by}' if one.dates_by else ''}"


def _cite(name: str) -> str:
    one = sources()[name]
    section = f", {one.section}" if one.section and one.kind in {"statute", "regulation"} else ""
    local = "local standard: " if one.kind == "local" else ""
    return f"{local}{one.title}{section} [{MARKS[one.mark]}]"


def _day(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
