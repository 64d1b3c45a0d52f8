"""One commitment of the plan: what was asked, answered, judged, promised and done, from what is published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from rules.clocks import civil
from rules.timing.spans import quarters_back
from schemas.people import Person
from schemas.plans import Commitment, Objective, Plan
from schemas.rows import CyclePage, DeadlineRow, PublicationRow
from web.pictures.frame import framed
from web.pictures.scrutinised import Covered, Scrutinised, scrutinised, scrutinised_table
from web.public.record import Record, record
from web.showing.words import ANSWERS, ASSURANCE, plural

DONE = "Done and checked"
GOES_BACK = 12
"""Quarters that the picture of a commitment shows."""


@dataclass(frozen=True)
class Row:
    """One line of what came of a commitment: what, how many, and in a sentence."""

    what: str
    said: str


@dataclass(frozen=True)
class About:
    """Everything that the page of a commitment shows."""

    commitment: Commitment
    objective: Objective
    records: tuple[Record, ...]
    rows: tuple[Row, ...]
    picture: Markup
    coming: tuple[DeadlineRow, ...]

    @property
    def slug(self) -> str:
        """Its reference as addresses have it."""
        return self.commitment.ref.lower()


def found_in(plan: Plan, name: str) -> tuple[Objective, Commitment] | None:
    """A commitment with its objective, by its reference in whatever letters; None where there is none."""
    wanted = name.upper()
    pairs = ((one, it) for one in plan.objectives for it in one.commitments)
    return next(((one, it) for one, it in pairs if it.ref.upper() == wanted), None)


def about(
    pair: tuple[Objective, Commitment],
    published: Iterable[tuple[PublicationRow, CyclePage | None]],
    coming: Iterable[DeadlineRow],
    *,
    plan: Plan,
    people: Mapping[str, Person],
    now: datetime,
) -> About:
    """A commitment with what everybody may read about it, newest first."""
    objective, commitment = pair
    records = tuple(record(row, page, [], plan=plan, people=people, now=now) for row, page in published)
    ahead = tuple(coming)
    return About(
        commitment=commitment,
        objective=objective,
        records=records,
        rows=tuple(_rows(records, ahead)),
        picture=_picture(commitment, records, ahead, civil(now)),
        coming=ahead,
    )


def _rows(records: tuple[Record, ...], coming: tuple[DeadlineRow, ...]) -> Iterable[Row]:
    looked = [one for record in records for one in record.looked]
    judged = Counter(one.label for record in records for one in record.judgements)
    promised = [one for record in records for one in record.actions]
    done = [one for one in promised if one.state == DONE]
    late = [one for one in promised if one.state in ("Late", "Slipped")]
    came = [one for one in looked if one.received_at]
    held_back = sum(one.came == ANSWERS["nothing_held"] for one in looked)
    yield Row(
        "Asked",
        f"{plural(len(looked), 'item')} in {plural(len(records), 'set')} of findings"
        if records
        else "Not yet",
    )
    yield Row("Answered", _answered(len(came), len(looked), sum(one.late for one in looked), held_back))
    yield Row(
        "Judged",
        ", ".join(f"{judged[name]} {name.lower()}" for name in ASSURANCE.values() if judged[name])
        or "Nothing yet",
    )
    yield Row("Promised", plural(len(promised), "action") if promised else "Nothing yet")
    yield Row(
        "Done",
        f"{len(done)} of {len(promised)} done and checked{f', {len(late)} late' if late else ''}"
        if promised
        else "Nothing to be done yet",
    )
    yield Row("Next", "A meeting is fixed" if coming else "No meeting about it is fixed")


def _answered(came: int, looked: int, late: int, held_back: int) -> str:
    if not looked:
        return "Nothing was asked yet"
    said = [
        f"{came} of {looked}",
        *([f"{late} late"] if late else []),
        *([f"{held_back} of which nothing is held"] if held_back else []),
    ]
    return ", ".join(said)


def _picture(
    commitment: Commitment, records: tuple[Record, ...], coming: tuple[DeadlineRow, ...], today: date
) -> Markup:
    days = sorted(civil(at) for one in records for _, at in one.meetings) or sorted(
        civil(one.published_at) for one in records
    )
    ahead = civil(coming[0].due_at) if coming else None
    lane = Scrutinised(commitment.ref, commitment.text, tuple(days), ahead)
    first = min([quarters_back(today, GOES_BACK)[0], *days])
    drawn = Covered(
        "When it was scrutinised", first, today, max([today, *([ahead] if ahead else [])]), (lane,)
    )
    return framed(scrutinised(drawn, "scrutinised"), scrutinised_table(drawn), label=drawn.title)
