# ruff: noqa: E501 - a state is a line of a table
"""The office's screens: what is to be done, cycles and what belongs to them."""

from typing import Any

from tests.screens import beside_worlds as beside
from tests.screens import worlds as w
from tests.screens.stage import Screen, seen, sent
from tests.web.conftest import REF

OFFICER, OTHER, BOSS, LEAD = (
    "policy-officer",
    "second-policy-officer",
    "chief-executive",
    "acc-local-policing",
)
CYCLE = f"/cycles/{REF}"
DAYS: dict[str, Any] = {"due__kind": "working_days", "due__working_days": "5"}
BACK = f"{CYCLE}/act/SendBack?request=1"

WORK = Screen("My work", ("/my-work",), (
    seen("work", w.busy, "/my-work", OFFICER),
    seen("work-empty", w.empty, "/my-work", OFFICER, kind="empty"),
    seen("work-late", w.late, "/my-work", OFFICER, kind="late"),
    seen("work-60", w.sixty, "/my-work", OFFICER, kind="many"),
    seen("work-asked", beside.public_asks, "/my-work", OFFICER),
    seen("work-long", w.long_words, "/my-work", OFFICER, kind="long"),
    seen("work-commissioner", w.drafted, "/my-work", "commissioner"),
    seen("work-forbidden", w.busy, "/my-work", LEAD, kind="forbidden", status=403),
    seen("work-down", w.busy, "/my-work", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

LIST = Screen("Cycles", ("/cycles",), (
    seen("cycles", w.busy, "/cycles", OFFICER),
    seen("cycles-empty", w.empty, "/cycles", OFFICER, kind="empty"),
    seen("cycles-filtered", w.busy, f"/cycles?who={LEAD}&year=2026&late=yes", OFFICER, kind="empty"),
    seen("cycles-late", w.late, "/cycles", OFFICER, kind="late"),
    seen("cycles-60", w.sixty, "/cycles", OFFICER, kind="many"),
    seen("cycles-timeline", w.sixty, "/cycles?view=timeline", OFFICER, kind="many"),
    seen("cycles-long", w.long_words, "/cycles", OFFICER, kind="long"),
    seen("cycles-closed", w.over, "/cycles?stage=all", OFFICER, kind="closed"),
    seen("cycles-forbidden", w.busy, "/cycles", LEAD, kind="forbidden", status=403),
    seen("cycles-down", w.busy, "/cycles", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

CYCLE_SCREEN = Screen("Cycle", (
    "/cycles/{reference}", "/cycles/{reference}/campaigns/{number}", "/cycles/{reference}/decisions/{number}",
    "/cycles/{reference}/handover", "/cycles/{reference}/what-if", "/cycles/{reference}/open",
    "/cycles/{reference}/restrict", "/deadlines/why/{reference}/{key:path}", "/cycles/{reference}/sessions/{number}",
), (
    seen("cycle", w.busy, CYCLE, OFFICER),
    seen("cycle-asked", w.asked, CYCLE, OFFICER),
    seen("cycle-late", w.late, CYCLE, OFFICER, kind="late"),
    seen("cycle-paused", w.paused, CYCLE, OFFICER),
    seen("cycle-over", w.over, CYCLE, OFFICER, kind="closed"),
    seen("cycle-long", w.long_words, CYCLE, OFFICER, kind="long"),
    seen("cycle-released", w.released, CYCLE, OFFICER),
    seen("cycle-missing", w.busy, "/cycles/HTA-2026-99", OFFICER, kind="missing", status=404),
    seen("cycle-forbidden", w.busy, CYCLE, LEAD, kind="forbidden", status=403),
    seen("cycle-restricted", w.restricted, CYCLE, OFFICER, kind="forbidden", status=403),
    seen("cycle-restricted-boss", w.restricted, CYCLE, BOSS, kind="forbidden", status=403),
    seen("cycle-open", w.restricted, f"{CYCLE}/open", BOSS),
    sent("cycle-open-wrong", w.restricted, f"{CYCLE}/open", BOSS, reason="why not"),
    seen("cycle-restrict", w.busy, f"{CYCLE}/restrict", OFFICER),
    sent("cycle-restrict-wrong", w.busy, f"{CYCLE}/restrict", OFFICER, named=["policy-officer"], reason=""),
    seen("cycle-down", w.busy, CYCLE, OFFICER, kind="down", status=503, down=True),
    seen("campaign", w.asked, f"{CYCLE}/campaigns/4", OFFICER),
    seen("decision", w.decided, f"{CYCLE}/decisions/1", OFFICER),
    seen("handover", w.busy, f"{CYCLE}/handover", OFFICER),
    seen("what-if", w.busy, f"{CYCLE}/what-if", OFFICER),
    seen("why", w.busy, f"/deadlines/why/{REF}/return/2", OFFICER),
    seen("session", w.held, f"{CYCLE}/sessions/1", OFFICER),
))  # fmt: skip

REQUEST = Screen("Request", (
    "/cycles/{reference}/requests/{number}", "/cycles/{reference}/requests/{number}/links",
    "/cycles/{reference}/act/{kind}",
), (
    seen("request", w.busy, f"{CYCLE}/requests/1", OFFICER),
    seen("request-open", w.busy, f"{CYCLE}/requests/2", OFFICER, kind="empty"),
    seen("request-versions", w.sent_back, f"{CYCLE}/requests/1", OFFICER),
    seen("request-asked", w.asked, f"{CYCLE}/requests/2", OFFICER),
    seen("request-late", w.late, f"{CYCLE}/requests/2", OFFICER, kind="late"),
    seen("request-closed", w.accepted, f"{CYCLE}/requests/1", OFFICER, kind="closed"),
    seen("request-long", w.long_words, f"{CYCLE}/requests/1", OFFICER, kind="long"),
    seen("request-missing", w.busy, f"{CYCLE}/requests/99", OFFICER, kind="missing", status=404),
    seen("request-down", w.busy, f"{CYCLE}/requests/1", OFFICER, kind="down", status=503, down=True),
    seen("request-links", w.busy, f"{CYCLE}/requests/2/links", OFFICER),
    seen("send-back", w.busy, BACK, OFFICER),
    sent("send-back-wrong", w.busy, BACK, OFFICER, gap="", **DAYS),
    sent("send-back-stale", w.busy, BACK, OFFICER, kind="stale", status=409, meanwhile=w.one_sooner,
         gap="The tables are missing", says="Nothing was lost", **DAYS),
    sent("send-back-waiting", w.busy, BACK, OFFICER, kind="waiting", status=202, meanwhile=w.unanswered,
         gap="The tables are missing", **DAYS),
    sent("send-back-down", w.busy, BACK, OFFICER, kind="down", status=503, down=True,
         gap="The tables are missing", **DAYS),
    sent("accept-refused", w.busy, f"{CYCLE}/act/AcceptReturn?request=1", OFFICER, kind="refused", status=409,
         meanwhile=w.one_sooner),
))  # fmt: skip

EVIDENCE = Screen("Evidence", ("/cycles/{reference}/evidence/{name}",), (
    seen("evidence", w.busy, f"{CYCLE}/evidence/1.1.1", OFFICER),
    seen("evidence-claimed", w.asked, f"{CYCLE}/evidence/1.1.1", OFFICER),
    seen("evidence-long", w.long_words, f"{CYCLE}/evidence/1.1.1", OFFICER, kind="long"),
    sent("evidence-wrong", w.busy, f"{CYCLE}/evidence/1.1.1", OFFICER, leaf="x", note="Old figures"),
    seen("evidence-missing", w.busy, f"{CYCLE}/evidence/9.9.9", OFFICER, kind="missing", status=404),
    seen("evidence-down", w.busy, f"{CYCLE}/evidence/1.1.1", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

ACTIONS = Screen("Actions", ("/actions", "/actions/before", "/cycles/{reference}/actions/{year}/{number}"), (
    seen("actions", w.agreed, "/actions", OFFICER),
    seen("actions-empty", w.empty, "/actions", OFFICER, kind="empty"),
    seen("actions-60", w.sixty_actions, "/actions", OFFICER, kind="many"),
    seen("actions-late", w.action_late, "/actions", OFFICER, kind="late"),
    seen("actions-long", w.long_words, "/actions", OFFICER, kind="long"),
    seen("actions-down", w.agreed, "/actions", OFFICER, kind="down", status=503, down=True),
    seen("action", w.agreed, w.ACTION, OFFICER),
    seen("action-late", w.action_late, w.ACTION, OFFICER, kind="late"),
    seen("actions-before", beside.closed_before, "/actions/before", OFFICER, kind="closed"),
    seen("actions-before-empty", w.empty, "/actions/before", OFFICER, kind="empty"),
    seen("actions-before-sought", beside.closed_before, "/actions/before?search=none", OFFICER, kind="empty"),
    seen("action-reminded", beside.reminded, f"{CYCLE}/act/Remind?request=2", OFFICER),
    sent("action-reminded-today", beside.reminded, f"{CYCLE}/act/Remind?request=2", OFFICER, kind="refused",
         status=409, what="request 2"),
    seen("action-missing", w.agreed, f"{CYCLE}/actions/2026/999", OFFICER, kind="missing", status=404),
))  # fmt: skip

FINDINGS = Screen("Findings editor", (
    "/cycles/{reference}/findings", "/cycles/{reference}/findings/compare",
    "/cycles/{reference}/findings/redactions", "/cycles/{reference}/act/Redact",
    "/cycles/{reference}/act/DraftFindings", "/cycles/{reference}/findings/preview",
), (
    seen("findings-office", w.drafted, f"{CYCLE}/findings", OFFICER),
    seen("findings-office-empty", w.held, f"{CYCLE}/findings", OFFICER, kind="empty"),
    seen("findings-office-signed", w.signed, f"{CYCLE}/findings", OFFICER),
    seen("findings-office-released", w.released, f"{CYCLE}/findings", OFFICER, kind="closed"),
    seen("findings-compare", w.twice_drafted, f"{CYCLE}/findings/compare", OFFICER),
    seen("findings-redactions", w.redacted, f"{CYCLE}/findings/redactions", OFFICER),
    seen("findings-redact", w.drafted, f"{CYCLE}/act/Redact", OFFICER),
    seen("findings-edit", w.held, f"{CYCLE}/act/DraftFindings", OFFICER),
    sent("findings-edit-wrong", w.held, f"{CYCLE}/act/DraftFindings", OFFICER, answer="", body=""),
    seen("findings-preview", w.drafted, f"{CYCLE}/findings/preview", OFFICER),
    seen("findings-office-missing", w.busy, "/cycles/HTA-2026-99/findings", OFFICER, kind="missing", status=404),
    seen("findings-office-forbidden", w.drafted, f"{CYCLE}/act/DraftFindings", BOSS, kind="forbidden", status=403),
    seen("findings-office-down", w.drafted, f"{CYCLE}/findings", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

MEETING = f"/meetings/{w.MEETING}"
ROOM = Screen("Meeting", (
    "/meetings/{reference}/run", "/cycles/{reference}/sessions/{number}/run", "/meetings/new",
    "/meetings/{reference}/act/{kind}", "/meetings/{reference}/join",
), (
    seen("room", w.sitting, f"{CYCLE}/sessions/1/run", OFFICER),
    seen("room-long", w.long_sitting, f"{CYCLE}/sessions/1/run", OFFICER, kind="long"),
    sent("room-wrong", w.sitting, f"{CYCLE}/sessions/1/run", OFFICER, kind="wrong", ask__question=""),
    seen("room-meeting", w.panel_meeting, f"{MEETING}/run", OFFICER),
    seen("room-missing", w.busy, f"{CYCLE}/sessions/9/run", OFFICER, kind="missing", status=404),
    seen("room-forbidden", w.busy, f"{CYCLE}/sessions/1/run", LEAD, kind="forbidden", status=403),
    seen("room-down", w.sitting, f"{CYCLE}/sessions/1/run", OFFICER, kind="down", status=503, down=True),
    seen("meeting-new", w.panel_meeting, "/meetings/new", OFFICER),
    sent("meeting-new-wrong", w.panel_meeting, "/meetings/new", OFFICER, starts_on__day="31", starts_on__month="2"),
    seen("meeting-move", w.panel_meeting, f"{MEETING}/act/MoveSession", OFFICER),
    seen("meeting-join", w.panel_meeting, f"{MEETING}/join", OFFICER),
))  # fmt: skip

OFFICE_SCREENS = (WORK, LIST, CYCLE_SCREEN, REQUEST, EVIDENCE, ACTIONS, FINDINGS, ROOM)
