"""Notices: what somebody has to be told. Facts and references; the words are rendered outside."""

from datetime import date
from typing import Literal

from schemas.people import Role
from schemas.shape import ActionNumber, CycleRef, Instant, Shape, Slug

NoticeTemplate = Literal[
    "evidence_requested",
    "evidence_reminder",
    "evidence_overdue",
    "return_received",
    "return_sent_back",
    "return_accepted",
    "request_withdrawn",
    "extension_asked",
    "extension_granted",
    "extension_refused",
    "due_moved",
    "session_fixed",
    "session_moved",
    "action_proposed",
    "action_confirmed",
    "findings_to_sign",
    "findings_published",
    "cycle_cancelled",
]


class Notice(Shape):
    """One message to the people named and to everybody in the roles named. The key names it for ever."""

    key: str
    template: NoticeTemplate
    cycle: CycleRef
    to: tuple[Slug, ...] = ()
    roles: tuple[Role, ...] = ()
    copy_deputies: bool = False
    """Whether the deputies of the people named are told too."""
    request: int | None = None
    action: ActionNumber | None = None
    rung: int | None = None
    due_on: date | None = None
    planned_at: Instant
    passed_over: tuple[int, ...] = ()


class Delivery(Shape):
    """What became of a notice: delivered to these people, or bounced."""

    delivered: bool
    told: tuple[Slug, ...]
    at: Instant
