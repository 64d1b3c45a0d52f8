"""What the letter about a restricted cycle that was opened says: who and when, and nothing of the cycle."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from clients.letters.samples import nothing
from schemas.notices import Notice

Name = Callable[[str], str]
A_RESTRICTED_CYCLE = "a restricted cycle"
"""In place of its title: whoever is told need not be among those who may see it."""


def on_openings(notice: Notice, name: Name, hour: Callable[[datetime], str]) -> dict[str, Any]:
    """All that such a letter has; the names of other letters hold nothing."""
    return {
        **nothing(),
        "ref": notice.cycle,
        "cycle": A_RESTRICTED_CYCLE,
        "officer": "",
        "opened_by": name(notice.opened_by or ""),
        "opened_at": hour(notice.planned_at),
        "open_until": hour(notice.open_until) if notice.open_until else "",
    }
