"""The list of cycles as a picture: a lane for each, from its opening to its session, what is late hatched."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from markupsafe import Markup

from rules.clocks import civil
from schemas.listing import ListedCycle
from web.pictures.frame import framed
from web.pictures.gantt import Bar, Lane, Timeline, gantt, gantt_table
from web.showing.dates import working_days

OVER = ("closed", "cancelled")
TITLE = "Cycles over time"


def timeline(rows: Sequence[ListedCycle], now: datetime) -> Markup:
    """The picture with its table beneath; nothing where there is no cycle."""
    if not rows:
        return Markup("")
    today = civil(now)
    lanes = tuple(_lane(row, today) for row in rows)
    days = [day for lane in lanes for bar in lane.bars for day in (bar.first, bar.last)]
    due = [lane.due for lane in lanes if lane.due]
    drawn = Timeline(TITLE, min((*days, today)), max((*days, *due, today)), today, lanes)
    return framed(gantt(drawn, "cycles"), gantt_table(drawn), label=TITLE)


def _lane(row: ListedCycle, today: date) -> Lane:
    owed = row.next_due_at or row.session_at
    due = civil(owed) if owed and row.stage not in OVER else None
    return Lane(f"{row.reference} {row.title}", tuple(_bars(row, today)), due, f"/cycles/{row.reference}")


def _bars(row: ListedCycle, today: date) -> Iterator[Bar]:
    """What has been, and, dashed, what leads to the session."""
    opened, over = civil(row.opened_at), row.stage in OVER
    until = max(civil(row.changed_at), opened) if over else max(today, opened)
    late = civil(row.late_since) if row.late_since and not over else None
    holder = "force" if row.stage == "gathering" and row.leads else "office"
    days = working_days(late, today) or 0 if late else 0
    yield Bar(opened, until, holder, late_from=late, late_days=days, going_on=not over)
    if row.session_at and not over and civil(row.session_at) > until:
        yield Bar(until, civil(row.session_at), "coming", coming=True)
