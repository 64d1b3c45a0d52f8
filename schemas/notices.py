"""Notices: what somebody has to be told. Facts and references; the words are rendered outside."""

from datetime import date
from typing import Literal

from schemas.people import Role
from schemas.shape import ActionNumber, CycleRef, Instant, Shape, Slug, later
from schemas.standards import Recipient

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
    "session_cancelled",
    "agenda_published",
    "papers_published",
    "action_proposed",
    "action_confirmed",
    "action_disputed",
    "action_withdrawn",
    "action_date_asked",
    "action_date_moved",
    "action_date_kept",
    "action_slipped",
    "action_reopened",
    "action_passed_on",
    "body_succeeded",
    "findings_to_sign",
    "findings_published",
    "fact_check_invited",
    "fact_check_received",
    "redactions_to_check",
    "redactions_refused",
    "findings_sent_back",
    "release_scheduled",
    "release_held_back",
    "findings_corrected",
    "findings_withdrawn",
    "cycle_cancelled",
    "request_amended",
    "request_delegated",
    "request_reassigned",
    "clarification_asked",
    "clarification_answered",
    "return_to_certify",
    "return_certified",
    "sensitivity_claimed",
    "sensitivity_decided",
    "sensitivity_lapsed",
    "reminder_undeliverable",
    "non_response",
    "fact_check_deemed",
    "progress_wanted",
    "wake",
    "escalated",
    "judgement_to_confirm",
    "outside_fed",
    "file_infected",
    "restricted_opened",
    "action_reminder",
    "comments_due",
    "comments_missed",
    "action_claimed",
    "action_verified",
    "action_overdue",
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
    route: Recipient | None = later(None)
    """Of a reminder: whom it is put to now. The deputy and the coordination unit get what bounced before."""
    reach: tuple[Recipient, ...] = later(())
    """Of a reminder: whom its rung names."""
    wake: int | None = later(None)
    opened_by: Slug | None = later(None)
    """Of a restricted cycle: who opened it all the same."""
    open_until: Instant | None = later(None)


class Delivery(Shape):
    """What became of a notice: delivered to these people, or bounced."""

    delivered: bool
    told: tuple[Slug, ...]
    at: Instant


class Carried(Shape):
    """A notice and what became of it."""

    notice: Notice
    delivery: Delivery
