# ruff: noqa: E501 - a state is a line of a table
"""The screens that everybody reads."""

from tests.screens import beside_worlds as beside
from tests.screens import worlds as w
from tests.screens.site import (
    archive_failed,
    archived,
    asked_by_all,
    away,
    corrected,
    followed,
    long_words,
    many,
    nothing,
    posted,
    proved,
    public,
    withdrawn,
)  # fmt: skip
from tests.screens.stage import Screen, seen
from tests.web.conftest import REF
from tests.web_public.test_site import MEETING

ASK = f"{MEETING}/ask"
PAPER = f"/meetings/{REF.lower()}-2/papers/{w.LETTER}"

PUBLIC_SCREENS = (
    Screen("Findings", ("/", "/findings"), (
        public("findings", "/findings"),
        public("findings-empty", "/findings", nothing, kind="empty"),
        public("findings-60", "/findings", many, kind="many"),
        public("findings-page-2", "/findings?page=2", many, kind="many"),
        public("findings-none-found", "/findings?words=zebra", kind="empty"),
        public("findings-long", "/findings", long_words, kind="long"),
        public("findings-down", "/findings", away, kind="down", status=503),
        public("home", "/"),
        public("home-empty", "/", nothing, kind="empty"),
    )),
    Screen("One set of findings", ("/findings/{reference}", "/findings/{reference}/versions/{version}"), (
        public("record", "/findings/hta-2026-07"),
        public("record-long", "/findings/hta-2026-07", long_words, kind="long"),
        public("record-corrected", "/findings/hta-2026-07", corrected, kind="stale"),
        public("record-version-1", "/findings/hta-2026-07/versions/1", corrected, kind="closed"),
        public("record-withdrawn", "/findings/hta-2026-07", withdrawn, kind="closed", status=410),
        public("record-missing", "/findings/hta-2026-99", kind="missing", status=404),
        public("record-down", "/findings/hta-2026-07", away, kind="down", status=503),
    )),
    Screen("Plan at a glance", ("/plan", "/plan/{name}"), (
        public("plan", "/plan"),
        public("plan-empty", "/plan", nothing, kind="empty"),
        public("plan-objective", "/plan/reassuring"),
        public("plan-commitment", "/plan/swm-reassure-01"),
        public("plan-commitment-60", "/plan/swm-reassure-01", many, kind="many"),
        public("plan-commitment-empty", "/plan/swm-victims-01", kind="empty"),
        public("plan-missing", "/plan/swm-victims-99", kind="missing", status=404),
        public("plan-down", "/plan", away, kind="down", status=503),
    )),
    Screen("Meetings and notices", (
        "/meetings", "/meetings/{reference}", "/meetings/{reference}/ask", "/meetings/{reference}/asked", "/meetings/questions",
        "/meetings/{reference}/papers/{digest}",
    ), (
        public("meetings", "/meetings"),
        public("meetings-empty", "/meetings", nothing, kind="empty"),
        public("meetings-60", "/meetings", many, kind="many"),
        public("meeting", MEETING),
        public("meeting-missing", "/meetings/hta-2026-99", kind="missing", status=404),
        public("meeting-ask", ASK),
        posted("meeting-ask-wrong", ASK, question=""),
        public("meeting-ask-closed", "/meetings/hta-2026-07-1/ask", kind="closed"),
        public("meeting-asked", f"{MEETING}/asked"),
        seen("meeting-paper-closed", beside.closed_paper, PAPER, kind="forbidden", status=403),
        asked_by_all("meeting-questions"),
        asked_by_all("meeting-questions-empty", none=True),
        public("meetings-down", "/meetings", away, kind="down", status=503),
    )),
    Screen("Performance at a glance", ("/performance",), (
        public("performance", "/performance"),
        public("performance-empty", "/performance", nothing, kind="empty"),
        public("performance-down", "/performance", away, kind="down", status=503),
    )),
    Screen("About, accessibility, privacy", (
        "/about", "/accessibility", "/privacy", "/cookies", "/contact", "/more",
    ), tuple(public(name, f"/{name}") for name in ("about", "accessibility", "privacy", "cookies", "contact", "more"))),
    Screen("Late now and follow", ("/late", "/archive", "/ledger", "/follow", "/follow/sent", "/follow/{token}", "/follow/{token}/stop"), (
        public("late", "/late", kind="late"),
        public("late-empty", "/late", nothing, kind="empty"),
        public("late-60", "/late", many, kind="many"),
        archived("archive"),
        archived("archive-empty", nothing, kind="empty"),
        public("archive-being-made", "/archive", kind="waiting", says="It is being made"),
        archive_failed("archive-not-made"),
        public("ledger", "/ledger", proved),
        public("ledger-empty", "/ledger", nothing, kind="empty"),
        public("follow", "/follow"),
        posted("follow-wrong", "/follow", address="nobody", what="all"),
        public("follow-sent", "/follow/sent"),
        followed("follow-confirm"),
        followed("follow-confirmed", confirmed=True),
        followed("follow-stop", "/stop"),
        public("follow-missing", "/follow/nothing-of-this-name", kind="missing", status=404),
        public("late-down", "/late", away, kind="down", status=503),
    )),
    Screen("How long there is", ("/deadlines/calculator",), (
        public("calculator", "/deadlines/calculator"),
        public("calculator-wrong", "/deadlines/calculator?rule=inspection-comments&start-day=99&start-month=1&start-year=2026", kind="wrong", status=422),
    )),
)  # fmt: skip
