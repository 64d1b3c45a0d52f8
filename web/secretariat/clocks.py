"""The clocks of the law and of the panel that matter to its secretariat, each with its sum."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.requests import Request

from reference.explaining import Question, answer
from rules.clocks import civil
from rules.law.register import RULES
from schemas.board_pages import SessionRow
from schemas.counting import Explanation
from web.door.rooms import rooms
from web.law.reasons import KINDS, MARKS
from web.law.windows import of_office
from web.public.gathering import Meeting, Published
from web.showing.dates import day, moment

PRECEPT = ("precept-proposal", "precept-report", "precept-revised", "precept-second-report", "precept-issue")
REPLY = {True: "panel-reply", False: "inspection-comments"}


@dataclass(frozen=True)
class Clock:
    """One clock: what is owed by when, whose rule it is, and where the sum stands."""

    title: str
    due_at: datetime
    owes: str
    silence: str
    whose: str
    mark: str
    why: str
    """The page that works it out, day by day."""
    done: str = ""
    """What was done about it, and when; empty where it is still owed."""
    late: bool = False

    @property
    def due_on(self) -> date:
        """Its day."""
        return civil(self.due_at)


async def of_law(request: Request, today: date, now: datetime) -> list[Clock]:
    """The fixed days of the precept that are still to come in this financial year."""
    found = [await worked_out(request, name, today) for name in PRECEPT]
    return [one for one in found if one and one.due_at >= now]


async def of_meeting(request: Request, row: SessionRow, meeting: Meeting | None) -> list[Clock]:
    """The clocks of one meeting: agenda and papers, and the public's questions."""
    on, now = civil(row.starts_at), _now(request)
    papers = await worked_out(request, "panel-papers", on)
    asked = await worked_out(request, "question-cutoff", on)
    found = []
    for title, given in (("Summons and agenda", _agenda(meeting)), ("Papers", _papers(meeting))):
        if papers:
            late = given.late if given else papers.due_at < now
            said = f"{'Published late' if given.late else 'Published'}, {moment(given.at)}" if given else ""
            found.append(_named(papers, f"{title} of the meeting of {day(on)}", said, late=late))
    if asked:
        said = "Over: no more questions are taken" if asked.due_at < now else ""
        found.append(_named(asked, f"Questions from the public to the meeting of {day(on)}", said))
    return found


async def reply(request: Request, began: date, *, panel: bool) -> Clock | None:
    """The office's answer to what was asked of it on a day."""
    found = await worked_out(request, REPLY[panel], began)
    return _named(found, found.title, "", late=found.due_at < _now(request)) if found else None


async def of_reports(request: Request, now: datetime) -> dict[str, Clock]:
    """The comments that are still owed on inspection reports, by the cycle in which they are written."""
    rule = RULES[REPLY[False]]
    found = await rooms(request).reads.owed(None, "comments", now, now)
    return {
        one.cycle: Clock(
            title=f"{rule.title}: {one.cycle_title or one.cycle}",
            due_at=one.due_at,
            owes=rule.owes,
            silence=rule.silence,
            whose=KINDS[rule.kind],
            mark=MARKS[rule.mark],
            why=f"/deadlines/why/{one.cycle}/comments",
            late=one.due_at < now,
        )
        for one in found.rows
    }


async def worked_out(request: Request, rule: str, start: date) -> Clock | None:
    """A rule counted from a day; None where the calendar or the panel's own number is not known."""
    said = answer(Question(rule, start.isoformat()), await of_office(request, rule))
    if not isinstance(said, Explanation):
        return None
    return Clock(
        title=said.rule.title,
        due_at=said.due.due_at,
        owes=said.rule.owes,
        silence=said.rule.silence,
        whose=KINDS[said.rule.kind],
        mark=MARKS[said.rule.mark],
        why="/deadlines/calculator?" + urlencode({"rule": rule, "start": start.isoformat()}),
    )


def _named(one: Clock, title: str, done: str, *, late: bool = False) -> Clock:
    return Clock(title, one.due_at, one.owes, one.silence, one.whose, one.mark, one.why, done, late)


def _agenda(meeting: Meeting | None) -> Published | None:
    return meeting.agenda if meeting else None


def _papers(meeting: Meeting | None) -> Published | None:
    return meeting.papers[-1] if meeting and meeting.papers else None


def _now(request: Request) -> datetime:
    return rooms(request).now()
