"""Limits of authority as data: what needs a second person, what one forum, and what a stage rules out."""

from typing import get_args

from rules.acting.authority import AFTER_CLOSE, MAY
from schemas.cycle import Stage
from schemas.people import Role

STAGES: tuple[Stage, ...] = get_args(Stage)

SECOND_PERSON: dict[str, str] = {
    "AcceptReturn": "whoever submitted the return",
    "CertifyReturn": "whoever submitted the return",
    "DecideExtension": "whoever asked for more time",
    "DecideSensitivity": "whoever claimed that the item is sensitive",
    "DecideActionDate": "whoever asked for the later day",
    "VerifyDone": "whoever claimed the action done",
    "CheckRedactions": "whoever redacted",
    "ApproveFindings": "the author, and whoever has signed in another role",
    "Publish": "the author, and whoever has signed",
    "ScheduleRelease": "the author, and whoever has signed",
    "Correct": "the author, and whoever has signed",
}
"""What one person may not do after another act of their own, and who that is."""

OTHER_SIDE = frozenset({"ConfirmAction", "DisputeAction"})
"""What the side that proposed an action may not do; to take it back is its own."""

ONE_FORUM: dict[str, tuple[Role, str]] = {
    kind: (Role.PANEL_SECRETARIAT, "the panel")
    for kind, roles in MAY.items()
    if Role.PANEL_SECRETARIAT in roles and kind != "WakeMe"
}
"""What a role may do for the sessions of one forum only: its own."""

NOT_AT: dict[str, frozenset[Stage]] = {"Cancel": frozenset({"published", "following_up"})}
"""What is unlawful at a stage, though the cycle is open: what is published is corrected or withdrawn."""


def refused_at(kind: str, stage: Stage) -> str | None:
    """The code with which a stage alone refuses a command; None where it does not.

    Stages describe; they block nothing else. After a cancellation nothing is done, after closing only what
    puts findings right or doubts what was done.

    Source: process.stages
    """
    if stage == "cancelled" or (stage == "closed" and kind not in AFTER_CLOSE):
        return "cycle_over"
    return "already_published" if stage in NOT_AT.get(kind, frozenset()) else None
