# ruff: noqa: E501 - a state is a line of a table
"""Starting a cycle, planning, the force's tasks, the panel's dates, who is signed in, and the office's settings."""

from tests.screens import worlds as w
from tests.screens.coming_in import (
    answered,
    at_code,
    at_step,
    by_link,
    choosing_role,
    in_step,
    linked,
    signing,
)
from tests.screens.office_screens import BOSS, CYCLE, LEAD, OFFICER
from tests.screens.stage import Screen, seen, sent
from tests.web.conftest import REF

PANEL = "panel-secretariat"
SLOT, TASK, PLAN_YEAR = "/programme/slots/2026/1", f"/tasks/{REF}/2", "/programme?year=2026"

START = Screen("Start a cycle", (
    "/cycles/new", "/cycles/new/at-once", "/cycles/new/{name}/{step}", "/cycles/new/{name}/sent",
    "/cycles/new/{name}/discard",
), (
    seen("start", w.empty, "/cycles/new", OFFICER),
    sent("start-wrong", w.empty, "/cycles/new", OFFICER),
    *(at_step(one) for one in ("question", "requests", "dates", "check", "discard", "sent")),
    in_step("question", title=""),
    in_step("dates", starts_on__day="31", starts_on__month="2"),
    seen("start-at-once", w.empty, "/cycles/new/at-once", OFFICER),
    sent("start-at-once-wrong", w.empty, "/cycles/new/at-once", OFFICER, title=""),
    seen("start-missing", w.empty, "/cycles/new/nothing/question", OFFICER, kind="missing", status=404),
    seen("start-forbidden", w.empty, "/cycles/new", BOSS, kind="forbidden", status=403),
    seen("start-down", w.empty, "/cycles/new", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

PLAN = Screen("Delivery plan", ("/plan/manage", "/plan/manage/{ref}"), (
    seen("delivery", w.planned, "/plan/manage", OFFICER),
    seen("delivery-empty", w.empty, "/plan/manage", OFFICER, kind="empty"),
    seen("delivery-one", w.planned, "/plan/manage/SWM-REASSURE-01", OFFICER),
    sent("delivery-wrong", w.planned, "/plan/manage/SWM-REASSURE-01", OFFICER, narrative=""),
    seen("delivery-missing", w.planned, "/plan/manage/SWM-NONE-99", OFFICER, kind="missing", status=404),
    seen("delivery-forbidden", w.planned, "/plan/manage", LEAD, kind="forbidden", status=403),
    seen("delivery-down", w.planned, "/plan/manage", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

PROGRAMME = Screen("Programme of the year", (
    "/programme", "/programme/coverage", "/programme/plan", "/programme/slots/new",
    "/programme/slots/{year}/{place}", "/programme/slots/{year}/{place}/change",
    "/programme/slots/{year}/{place}/drop", "/programme/move", "/programme/adopt", "/programme/proposals",
    "/programme/proposals/{number}/accept", "/programme/proposals/{number}/decline",
), (
    seen("programme", w.adopted, PLAN_YEAR, OFFICER),
    seen("programme-empty", w.empty, "/programme", OFFICER, kind="empty"),
    seen("programme-coverage", w.adopted, "/programme/coverage", OFFICER),
    seen("programme-plan", w.begun, "/programme/plan", OFFICER),
    seen("programme-slot-new", w.begun, "/programme/slots/new", OFFICER),
    sent("programme-slot-new-wrong", w.begun, "/programme/slots/new", OFFICER, title=""),
    seen("programme-slot", w.adopted, SLOT, OFFICER),
    seen("programme-slot-change", w.planned, f"{SLOT}/change", OFFICER),
    seen("programme-slot-drop", w.planned, f"{SLOT}/drop", OFFICER),
    seen("programme-move", w.adopted, "/programme/move?year=2026", OFFICER),
    sent("programme-move-wrong", w.adopted, "/programme/move?year=2026", OFFICER, days="x"),
    seen("programme-adopt", w.planned, "/programme/adopt", "commissioner"),
    seen("programme-proposals", w.proposed, "/programme/proposals", OFFICER),
    seen("programme-proposals-empty", w.begun, "/programme/proposals", OFFICER, kind="empty"),
    seen("programme-accept", w.proposed, "/programme/proposals/1/accept", OFFICER),
    seen("programme-decline", w.proposed, "/programme/proposals/1/decline", OFFICER),
    seen("programme-missing", w.adopted, "/programme/slots/2026/99", OFFICER, kind="missing", status=404),
    seen("programme-down", w.adopted, "/programme", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

CALENDAR = Screen("Calendar", ("/calendar", "/calendar/day/{said}"), (
    seen("calendar", w.busy, "/calendar", OFFICER),
    seen("calendar-empty", w.empty, "/calendar", OFFICER, kind="empty"),
    seen("calendar-60", w.sixty, "/calendar?month=2026-12", OFFICER, kind="many"),
    seen("calendar-force", w.busy, "/calendar", LEAD),
    seen("calendar-day", w.busy, "/calendar/day/2026-12-21", OFFICER),
    seen("calendar-missing", w.busy, "/calendar/day/2026-99-99", OFFICER, kind="missing", status=404),
    seen("calendar-down", w.busy, "/calendar", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

INSIGHTS = Screen("How cycles run", ("/insights",), (
    seen("insights", w.sixty, "/insights", OFFICER),
    seen("insights-empty", w.empty, "/insights", OFFICER, kind="empty"),
    seen("insights-few", w.busy, "/insights", OFFICER),
    seen("insights-forbidden", w.busy, "/insights", LEAD, kind="forbidden", status=403),
    seen("insights-down", w.busy, "/insights", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

SETTINGS = Screen("Settings and what the engine did", (
    "/mail", "/mail/{name}", "/mail/coming", "/outages", "/outside", "/outside/event", "/outside/rules",
    "/subscriptions", "/office/successions", "/office/successions/new", "/office/successions/{what}/{to}",
    "/office/access", "/deadlines", "/office/decoding",
), (
    seen("mail", w.with_mail, "/mail", OFFICER),
    seen("mail-empty", w.empty, "/mail", OFFICER, kind="empty"),
    seen("mail-one", w.with_mail, f"/mail/{w.LETTER}", OFFICER),
    seen("mail-missing", w.busy, "/mail/nothing", OFFICER, kind="missing", status=404),
    seen("mail-coming", w.busy, "/mail/coming", OFFICER),
    seen("mail-coming-60", w.sixty, "/mail/coming", OFFICER, kind="many"),
    seen("outages", w.busy, "/outages", OFFICER, kind="empty"),
    seen("outside", w.busy, "/outside", OFFICER, kind="empty"),
    seen("outside-missing", w.busy, "/outside/event?source=urn:test:x&id=1", OFFICER, kind="missing", status=404),
    seen("outside-rules", w.busy, "/outside/rules", OFFICER),
    seen("subscriptions-missing", w.busy, "/subscriptions", BOSS, kind="missing", status=404),
    seen("successions", w.busy, "/office/successions", BOSS, kind="empty"),
    seen("succession-new", w.busy, "/office/successions/new", BOSS),
    sent("succession-wrong", w.busy, "/office/successions/new", BOSS, reason=""),
    seen("succession", w.succeeding, w.SUCCESSION, BOSS),
    seen("access", w.restricted, "/office/access", BOSS),
    seen("access-empty", w.empty, "/office/access", BOSS, kind="empty"),
    seen("decoding", w.busy, "/office/decoding", BOSS),
    sent("decoding-wrong", w.busy, "/office/decoding", BOSS, reason="just so"),
    seen("decoding-forbidden", w.busy, "/office/decoding", LEAD, kind="forbidden", status=403),
    seen("deadlines-office", w.late, "/deadlines", OFFICER, kind="late"),
    seen("deadlines-60", w.sixty, "/deadlines", OFFICER, kind="many"),
    seen("access-forbidden", w.busy, "/office/access", LEAD, kind="forbidden", status=403),
    seen("deadlines-down", w.busy, "/deadlines", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip

TASKS = Screen("My tasks", ("/tasks",), (
    seen("tasks", w.busy, "/tasks", LEAD),
    seen("tasks-empty", w.empty, "/tasks", LEAD, kind="empty"),
    seen("tasks-60", w.sixty, "/tasks", LEAD, kind="many"),
    seen("tasks-late", w.late, "/tasks", LEAD, kind="late"),
    seen("tasks-long", w.long_words, "/tasks", LEAD, kind="long"),
    seen("tasks-forbidden", w.busy, "/tasks", PANEL, kind="forbidden", status=403),
    seen("tasks-down", w.busy, "/tasks", LEAD, kind="down", status=503, down=True),
))  # fmt: skip

TASK_SCREEN = Screen("Evidence task", (
    "/tasks/{reference}/{number}", "/tasks/{reference}/{number}/{way}",
    "/tasks/{reference}/{number}/receipts/{version}",
), (
    seen("task", w.busy, TASK, LEAD),
    seen("task-late", w.late, TASK, LEAD, kind="late"),
    seen("task-closed", w.accepted, f"/tasks/{REF}/1", LEAD, kind="closed"),
    seen("task-over", w.over, TASK, LEAD, kind="closed"),
    seen("task-long", w.long_words, TASK, LEAD, kind="long"),
    seen("task-sent-back", w.returned, f"/tasks/{REF}/1", LEAD),
    sent("task-wrong", w.busy, TASK, LEAD, written=""),
    sent("task-check", w.busy, TASK, LEAD, kind="normal", status=200, written="As asked.", check="yes"),
    sent("task-waiting", w.busy, TASK, LEAD, kind="waiting", status=202, meanwhile=w.unanswered, written="As asked."),
    *(seen(f"task-{way}", w.busy, f"{TASK}/{way}", LEAD) for way in ("nothing-held", "more-time", "not-mine", "question")),
    sent("task-nothing-held-wrong", w.busy, f"{TASK}/nothing-held", LEAD, answer="nothing_held", reason=""),
    answered("task-receipt"),
    by_link("task-scoped", TASK),
    by_link("task-scoped-elsewhere", "/my-work", status=403),
    seen("task-missing", w.busy, f"/tasks/{REF}/99", LEAD, kind="missing", status=404),
    seen("task-forbidden", w.busy, TASK, "acc-protecting-people", kind="forbidden", status=403),
    seen("task-down", w.busy, TASK, LEAD, kind="down", status=503, down=True),
))  # fmt: skip

SIGN_IN = Screen("Sign in", (
    "/sign-in", "/sign-out", "/signed-out", "/sign-in/role", "/t/{token}", "/t/{token}/code", "/new-link",
), (
    seen("sign-in", w.busy, "/sign-in"),
    seen("sign-out", w.busy, "/sign-out", OFFICER),
    seen("signed-out", w.busy, "/signed-out"),
    choosing_role("sign-in-role"),
    linked("link"),
    linked("link-late", w.late, kind="late"),
    linked("link-closed", w.accepted, request=1, kind="closed"),
    at_code("link-code"),
    at_code("link-code-wrong", code="000000"),
    seen("link-missing", w.busy, "/t/" + "A" * 43, kind="missing", status=404),
    seen("new-link", w.busy, "/new-link"),
    sent("new-link-wrong", w.busy, "/new-link", address="nobody"),
))  # fmt: skip

YOU = Screen("You", ("/you", "/you/sign-out-everywhere", "/you/tokens"), (
    seen("you", w.busy, "/you", OFFICER),
    seen("you-force", w.busy, "/you", LEAD),
    seen("you-everywhere", w.busy, "/you/sign-out-everywhere", OFFICER),
    by_link("you-scoped", "/you", status=403),
    seen("tokens", w.busy, "/you/tokens", OFFICER),
    sent("tokens-wrong", w.busy, "/you/tokens", OFFICER, name=""),
    sent("tokens-made", w.busy, "/you/tokens", OFFICER, kind="normal", status=200, name="Reports", scopes=["read"], days="30"),
    seen("you-down", w.busy, "/you", OFFICER, kind="down", status=503, down=True),
))  # fmt: skip


SIGNING = Screen("Sign-off", (
    "/sign-off", "/sign-off/{reference}", "/sign-off/{reference}/{way}", "/cycles/{reference}/act/{kind}",
), (
    seen("sign-off", w.to_sign, "/sign-off", "commissioner"),
    seen("sign-off-empty", w.empty, "/sign-off", "commissioner", kind="empty"),
    seen("sign-off-one", w.to_sign, f"/sign-off/{REF}", "commissioner"),
    seen("sign-off-closed", w.released, f"/sign-off/{REF}", "commissioner", kind="closed"),
    seen("sign-off-missing", w.to_sign, "/sign-off/HTA-2026-99", "commissioner", kind="missing", status=404),
    seen("sign-off-forbidden", w.to_sign, "/sign-off", OFFICER, kind="forbidden", status=403),
    seen("sign-off-down", w.to_sign, f"/sign-off/{REF}", "commissioner", kind="down", status=503, down=True),
    *(signing(one) for one in ("sign", "send-back", "later")),
    *(signing(one, wrong=True) for one in ("sign", "send-back", "later")),
    seen("sign", w.drafted, f"{CYCLE}/act/ApproveFindings", "commissioner"),
    sent("sign-wrong", w.drafted, f"{CYCLE}/act/ApproveFindings", "commissioner", statement=""),
    seen("sign-send-back", w.drafted, f"{CYCLE}/act/SendBackFindings", "commissioner"),
    seen("sign-forbidden", w.drafted, f"{CYCLE}/act/ApproveFindings", OFFICER, kind="forbidden", status=403),
))  # fmt: skip

OTHER_SCREENS = (
    START, PLAN, PROGRAMME, CALENDAR, INSIGHTS, SETTINGS, TASKS, TASK_SCREEN, SIGN_IN, YOU, SIGNING,
)  # fmt: skip
