"""A cycle in mid-life with one of everything, for letters and mails to be written about."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

from clients.message import Letterhead
from demonstration.actors import LEAD, OFFICER
from reference.catalogue import calendar, demonstration_people, standards
from schemas.clocks import Clock, Due, WorkingDays
from schemas.cycle import (
    Action,
    Amendment,
    Clarification,
    Cycle,
    DateAsked,
    Delegation,
    ExtensionAsked,
    FindingsVersion,
    Reassignment,
    Request,
    ReturnVersion,
    SensitivityClaim,
    Session,
    Succession,
)
from schemas.evidence import Cover, RequestDraft, WrittenItem
from schemas.notices import Delivery, Notice, NoticeTemplate
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.shape import Words

TEMPLATES: tuple[NoticeTemplate, ...] = get_args(NoticeTemplate)
REF = "HTA-2026-07"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DUE = Due(on=date(2026, 12, 4), at=datetime(2026, 12, 4, 17, 0, tzinfo=UTC), calendar=calendar().version)
LETTERHEAD = Letterhead("https://office.example", "The Office", "office@office.example", lambda: AT)
PEOPLE: dict[str, Person] = demonstration_people()

FOR_ACTIONS = {
    "action_reminder",
    "action_claimed",
    "action_confirmed",
    "action_date_asked",
    "action_date_kept",
    "action_date_moved",
    "action_disputed",
    "action_overdue",
    "action_passed_on",
    "action_proposed",
    "action_reopened",
    "action_slipped",
    "action_verified",
    "action_withdrawn",
    "progress_wanted",
}
FOR_CYCLES = {
    "restricted_opened",
    "body_succeeded",
    "comments_due",
    "comments_missed",
    "fact_check_deemed",
    "outside_fed",
    "wake",
    "cycle_cancelled",
    "fact_check_invited",
    "fact_check_received",
    "findings_corrected",
    "findings_published",
    "findings_to_sign",
    "findings_withdrawn",
    "redactions_refused",
    "findings_sent_back",
    "redactions_to_check",
    "release_held_back",
    "release_scheduled",
    "session_fixed",
    "session_moved",
}


CLOCK = Clock(
    rule="local.back-planning",
    kind="local",
    starts_at=AT,
    budget=WorkingDays(days=10),
    hour="17:00",
    calendar=calendar().version,
)
Say = Callable[[str], str]


def page(say: str = "") -> CyclePage:
    """A cycle with one request, return, session, action and findings; `say` is added to every text."""
    words = Words()

    def ref(text: str) -> str:
        return words.ref(text + say)

    cycle = Cycle(
        reference=REF,
        version=9,
        title=ref("Quarterly performance"),
        theme="reassuring",
        commitments=("SWM-REASSURE-01",),
        question=ref("Is it done?"),
        body="west-mercia-opcc",
        standards=standards()["performance"],
        calendar=calendar().version,
        opened_at=AT,
        opened_by=OFFICER,
        changed_at=AT,
        requests=(_request(ref),),
        sessions=(_session(ref),),
        actions=(_action(ref),),
        successions=_successions(ref),
        findings=(_findings(ref),),
        cancel_reason=ref("Another body asks the same"),
    )
    return CyclePage(cycle=cycle, stage="gathering", words=words.kept)


def _request(ref: Say) -> Request:
    asked = (ref("Volumes"), ref("Reasons"))
    return Request(
        number=2,
        draft=RequestDraft(title=ref("Victim contact"), asked=asked, lead=LEAD.person, due=CLOCK.budget),
        asked_at=AT,
        asked_by=OFFICER,
        clock=CLOCK,
        due=DUE,
        due_set_at=AT,
        returns=(_return(ref),),
        extension=ExtensionAsked(to=date(2026, 12, 11), reason=ref("Two are away"), by=LEAD, at=AT),
        **_since(ref, asked),
    )


def _since(ref: Say, asked: tuple[str, ...]) -> dict[str, Any]:
    """What has happened to the request since it was asked."""
    was = RequestDraft(title=ref("Contact"), asked=asked, lead=LEAD.person, due=CLOCK.budget)
    reason = ref("The portfolio moved")
    return {
        "amendments": (Amendment(was=was, at=AT, by=OFFICER, reason=ref("It was too wide")),),
        "clarifications": (
            Clarification(
                number=1, question=ref("Which months?"), asked_by=LEAD, asked_at=AT,
                answer=ref("April to June"), answered_by=OFFICER, answered_at=AT,
            ),
        ),
        "delegations": (Delegation(to="force-coordination", by=LEAD, at=AT, until_on=DUE.on),),
        "reassignments": (Reassignment(was="chief-constable", by=OFFICER, at=AT, reason=reason),),
        "claims": (
            SensitivityClaim(
                number=1, version=1, item=1, ground="safety", why=ref("It names a refuge"), by=LEAD, at=AT,
                until_on=DUE.on, upheld=True, reason=ref("It does"), decided_by=OFFICER, decided_at=AT,
            ),
        ),
    }  # fmt: skip


def _return(ref: Say) -> ReturnVersion:
    return ReturnVersion(
        version=1,
        answer="nothing_held",
        items=(WrittenItem(text=ref("SECRET ANSWER")),),
        cover=Cover(),
        partial=True,
        late=True,
        received_at=AT,
        by=LEAD,
        reason=ref("We keep no such table"),
        gap=ref("The comparator is missing"),
    )


def _session(ref: Say) -> Session:
    starts_at = datetime(2026, 7, 9, 13, 0, tzinfo=UTC)
    return Session(number=1, forum="holding_to_account", starts_at=starts_at, place=ref("Worcester"))


def _action(ref: Say) -> Action:
    return Action(
        number="2026/015",
        what=ref("Write the table"),
        owner=LEAD.person,
        proposed_by=OFFICER,
        clock=CLOCK,
        due=DUE,
        dispute=ref("Nobody recalls it"),
        date_asked=DateAsked(to=date(2026, 12, 18), reason=ref("The data come late"), by=LEAD, at=AT),
        slips=(DateAsked(to=date(2026, 12, 31), reason=ref("Again late"), by=LEAD, at=AT),),
    )


def _successions(ref: Say) -> tuple[Succession, ...]:
    took_over = Succession(
        what="body",
        was="west-mercia-opcc",
        to="west-mercia-mayor",
        from_on=date(2028, 5, 8),
        at=AT,
        by=OFFICER,
        reason=ref("The office ends by law"),
    )
    return (took_over,)


def _findings(ref: Say) -> FindingsVersion:
    return FindingsVersion(
        version=1,
        answer=ref("SECRET FINDING"),
        body=ref("SECRET BODY"),
        author=OFFICER,
        drafted_at=AT,
        published_at=AT,
        fingerprint="f" * 64,
    )


def notice(template: NoticeTemplate, **changes: Any) -> Notice:
    """A notice as the rules make it for such a template."""
    facts: dict[str, Any] = {
        "key": f"{REF}/v9/{template}",
        "template": template,
        "cycle": REF,
        "to": (LEAD.person,),
        "planned_at": AT,
        "due_on": DUE.on,
    }
    if template in FOR_ACTIONS:
        facts["action"] = "2026/015"
    elif template not in FOR_CYCLES:
        facts["request"] = 2
    return Notice.model_validate({**facts, **changes})


class Memory:
    """The records in memory: one page, the demonstration's people, and the notes of what was sent."""

    def __init__(self, one: CyclePage | None = None, *changed: Person) -> None:
        self.page = one or page()
        self.everybody = {**PEOPLE, **{person.id: person for person in changed}}
        self.notes: dict[str, Delivery] = {}

    async def people(self) -> dict[str, Person]:
        """Everybody."""
        return self.everybody

    async def cycle(self, reference: str) -> CyclePage | None:
        """The one page."""
        return self.page if reference == self.page.cycle.reference else None

    async def delivery(self, key: str) -> Delivery | None:
        """What was noted."""
        return self.notes.get(key)

    async def keep_delivery(self, notice: Notice, delivery: Delivery) -> None:
        """Note it."""
        self.notes.setdefault(notice.key, delivery)
