"""What was published as tables for spreadsheets and as data: the same rows, the same bytes."""

from collections.abc import Iterable
from typing import Any

from handover.cells import written
from schemas.plans import Plan
from schemas.rows import PublicationRow
from web.public.record import objective_title
from web.showing import words

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
    return written(FINDINGS, (findings_line(as_data(one, plan, public_url)) for one in rows))


def findings_line(one: dict[str, Any]) -> list[object]:
    """The same as a line of the table."""
    said = {
        **one,
        "judgements": "; ".join(words.ASSURANCE.get(it, it) for it in one.get("judgements", ())),
        "promises": "; ".join(one.get("promises", ())),
        "answer": one.get("answer", one.get("notice")),
    }
    return [said.get(name) for name in FINDINGS]
