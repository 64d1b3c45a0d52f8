"""After a restore: how each run stands to its ledger, what fell due meanwhile, and which mails may go twice.

The ledger is the authority. A run that does not stand where its ledger stands is begun again from it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from rules import duties
from rules.apply import apply
from rules.calendars import WorkingCalendar
from rules.deciding.moment import Moment
from rules.telling.notices import notices
from schemas.backups import Ahead, CycleFound, DutyFound, Last, MailFound, Verdict
from schemas.cycle import Cycle
from schemas.notices import Notice
from schemas.records import Entry

STILL_SENT = timedelta(days=7)
"""What was recorded so long before the backup and was not sent by then is not sent any more."""
DOES: dict[Verdict, str] = {
    "stands": "goes on as it is",
    "no_run": "its run is begun again from the ledger",
    "behind": "its run is ended and begun again from the ledger",
    "ahead": "its run is ended and begun again from the ledger; the acts named are to be done again",
    "another": "its run is ended and begun again from the ledger; its last act is to be looked at",
    "not_on_record": "its run is ended; it is to be opened again",
    "unreadable": "its run is ended and begun again from the ledger",
}


def verdict(last: Last | None, run: Ahead | None, *, over: bool) -> Verdict:
    """How a run stands to its ledger.

    Source: process.events
    """
    if last is None:
        return "not_on_record"
    if run is None:
        return "stands" if over else "no_run"
    if run.version is None:
        return "unreadable"
    if run.version != last.version:
        return "behind" if run.version < last.version else "ahead"
    same = run.last is None or (run.last.key, run.last.content) == (last.key, last.content)
    return "stands" if same else "another"


def compared(ledger: dict[str, tuple[Last, bool]], runs: dict[str, Ahead]) -> tuple[CycleFound, ...]:
    """Every cycle and programme that is under way, or has a run: what is on record, what its run knows.

    Source: process.events
    """
    found = []
    for reference in sorted({*ledger, *runs}):
        last, over = ledger.get(reference, (None, False))
        run = runs.get(reference)
        if run is None and over:
            continue
        said = verdict(last, run, over=over)
        kept = last.version if last else 0
        found.append(
            CycleFound(
                reference=reference,
                verdict=said,
                last=last,
                run_version=run.version if run else None,
                does=DOES[said],
                lost=tuple(one for one in run.acts if one.version > kept) if run else (),
            )
        )
    return tuple(found)


def fallen_due(
    cycle: Cycle, calendar: WorkingCalendar, as_at: datetime, until: datetime, now: datetime
) -> tuple[tuple[DutyFound, Notice | None], ...]:
    """What the engine owes of a cycle by now, with the notice by which it is done.

    A cycle's own clock may be set back; what is said here is by the true one.

    Source: process.clocks
    """
    moment = Moment(now=max(now - cycle.set_back, cycle.changed_at), calendar=calendar)
    found: dict[str, tuple[DutyFound, Notice | None]] = {}
    for duty in duties.duties(cycle, calendar):
        if duty.at > moment.now:
            break
        tells = duties.by_notice(duty)
        due_at = duty.at + cycle.set_back
        one = DutyFound(
            cycle=cycle.reference,
            duty=duty.name,
            due_at=due_at,
            tells=tells,
            may_be_done=as_at <= due_at <= until,
        )
        notice = duties.notice_of(cycle, duty, moment) if tells else None
        found[f"{duty.name}/{duty.at}"] = (one, notice)
    return tuple(found.values())


def untold(entries: Sequence[Entry], as_at: datetime) -> tuple[Notice, ...]:
    """The notices of what was recorded shortly before the backup: those that it does not know as sent may go.

    Source: process.commands
    """
    cycle: Cycle | None = None
    found: list[Notice] = []
    for entry in entries:
        cycle = apply(cycle, entry)
        if entry.at + cycle.set_back > as_at - STILL_SENT:
            found += [one for one in notices(entry, cycle) if duties.still_wanted(cycle, one)]
    return tuple(found) if cycle and not cycle.cancelled_at else ()


def mail_found(notice: Notice, due_at: datetime) -> MailFound:
    """A notice as it is listed.

    Source: process.commands
    """
    return MailFound(
        key=notice.key,
        cycle=notice.cycle,
        template=notice.template,
        due_at=due_at,
        to=notice.to,
        roles=notice.roles,
    )


def in_order(mails: Iterable[MailFound]) -> tuple[MailFound, ...]:
    """Mails by cycle and instant, each once.

    Source: process.commands
    """
    once = {one.key: one for one in mails}
    return tuple(sorted(once.values(), key=lambda one: (one.cycle, one.due_at, one.key)))
