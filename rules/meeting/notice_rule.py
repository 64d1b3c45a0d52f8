"""The rule that a session's notice follows: the law's for the panel, an office's own elsewhere."""

from dataclasses import replace

from rules.law.calendars import ENGLAND
from rules.law.meetings import panel_papers
from schemas.counting import ClearDays, Rule
from schemas.sessions import ForumRules

LOCAL = Rule(
    id="session-notice",
    title="Notice and papers of a session",
    kind="local",
    source="local.notice",
    mark="not_verified",
    calendar=ENGLAND,
    budget=ClearDays(0),
    starts="the day of the session",
    owes="The office publishes the agenda and opens the papers.",
    silence="The session is held all the same; the notice is shown as late.",
    silence_source="local.notice",
    set_by="the office",
)
"""A forum's own notice; its number stands with the forum (reference/forums.yaml)."""


def notice_rule(rules: ForumRules, hour: str) -> Rule:
    """The rule of a forum's notice, with its number; the hour is a local one's.

    Source: lga-1972.s100b
    Source: local.notice
    Units: clear working days.
    """
    budget = ClearDays(rules.notice_days)
    if rules.statutory:
        return replace(panel_papers(), budget=budget)
    title = f"Notice and papers: {rules.title}"
    return replace(
        LOCAL, title=title, budget=budget, hour=hour, source=rules.notice_source, mark=rules.notice_mark
    )
