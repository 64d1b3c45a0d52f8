"""What letters say of findings: their check, their redactions, their release, and why they were put right."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from schemas.rows import CyclePage

Say = Callable[[str | None], str]


def on_findings(page: CyclePage, say: Say, hour: Callable[[datetime], str]) -> dict[str, Any]:
    """What is said of the newest version, and of the one that is published."""
    newest = page.cycle.findings[-1] if page.cycle.findings else None
    shown = page.cycle.published()
    check = newest.fact_check if newest else None
    redaction = newest.redaction if newest else None
    release = newest.release if newest else None
    return {
        "check_until": hour(check.due.at) if check else None,
        "comments": say(check.comments) if check else "",
        "why_not_agreed": say(redaction.refused_because) if redaction else "",
        "released_at": hour(release.at) if release and release.at else None,
        "released_when": say(release.condition) if release else "",
        "why_held_back": say(release.held_back_because) if release else "",
        "why_sent_back": say(newest.sent_back.note) if newest and newest.sent_back else "",
        "why_corrected": say(shown.correction) if shown else "",
        "why_taken_back": say(shown.withdrawn_because) if shown else "",
    }
