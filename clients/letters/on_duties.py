"""What letters say of the engine's own duties: a reminder that goes to others, a wake, an escalation."""

from clients.letters.typesetting import day
from schemas.cycle import Escalation
from schemas.notices import Notice
from schemas.rows import CyclePage


def on_duties(notice: Notice, page: CyclePage) -> dict[str, str]:
    """The words that these letters need, as they were typed."""
    cycle = page.cycle
    wake = next((one for one in cycle.wakes if one.number == notice.wake), None)
    owed = cycle.request(notice.request or 0) or cycle.action(notice.action or "")
    last: Escalation | None = owed.escalations[-1] if owed and owed.escalations else None
    on_report = notice.template in ("comments_due", "comments_missed")
    return {
        "report": page.say(cycle.report.title) if cycle.report else "",
        "comments_by": day(notice.due_on) if on_report and notice.due_on else "",
        "route": notice.route or "",
        "wake": page.say(wake.about) if wake else "",
        "why_escalated": page.say(last.reason) if last else "",
    }
