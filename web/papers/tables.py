"""What was published as tables for spreadsheets and as data: the same rows, the same bytes."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from schemas.plans import Plan
from schemas.rows import PublicationRow
from web.public.record import objective_title
from web.showing import words

MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""
BOM = "\ufeff"
"""By which spreadsheets see that this is UTF-8."""

FINDINGS = (
    "reference", "version", "published_at", "withdrawn_at", "title", "objective", "question", "answer",
    "judgements", "promises", "address", "fingerprint",
)  # fmt: skip


def as_data(row: PublicationRow, plan: Plan | None, public_url: str) -> dict[str, Any]:
    """One set of findings in short; of withdrawn ones that they were there, and the notice."""
    address = f"{public_url}/findings/{row.cycle.lower()}"
    facts: dict[str, Any] = {
        "reference": row.cycle,
        "version": row.version,
        "published_at": row.published_at.isoformat(),
        "title": row.say(row.facts["title"]),
        "objective": objective_title(plan, row.theme),
        "address": address,
        "data": f"{address}.json",
    }
    if row.withdrawn_at:
        return {**facts, "withdrawn_at": row.withdrawn_at.isoformat(), "notice": row.withdrawal}
    return {
        **facts,
        "question": row.say(row.facts["question"]),
        "answer": row.say(row.facts["answer"]),
        "judgements": [one["judgement"] for one in row.facts["judgements"]],
        "commitments": row.facts["commitments"],
        "promises": [one["number"] for one in row.facts["actions"]],
        "pdf": f"{address}.pdf",
        "fingerprint": row.fingerprint,
    }


def findings(rows: Iterable[PublicationRow], plan: Plan | None, public_url: str) -> bytes:
    """One line for each set of findings."""
    return written(FINDINGS, (_findings_line(as_data(one, plan, public_url)) for one in rows))


def written(head: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV (RFC 4180); no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return (BOM + out.getvalue()).encode()


def safe(cell: object) -> str:
    """A cell that no spreadsheet computes."""
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(FORMULAS) else said


def _findings_line(one: dict[str, Any]) -> list[object]:
    said = {
        **one,
        "judgements": "; ".join(words.ASSURANCE.get(it, it) for it in one.get("judgements", ())),
        "promises": "; ".join(one.get("promises", ())),
        "answer": one.get("answer", one.get("notice")),
    }
    return [said.get(name) for name in FINDINGS]
