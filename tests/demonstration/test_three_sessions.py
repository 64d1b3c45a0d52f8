"""The three real sessions, whole: each on its real days of 2023, from its opening to its closing."""

from datetime import UTC, datetime

import pytest

from demonstration.dates import PERFORMANCE, PLANNED, THEMATIC, newest_calendar, real_session
from demonstration.load import NAMES
from demonstration.notes import notes
from engine.rebuilding import rebuild
from engine.timing import count_up
from rules.clocks import civil, instant
from rules.meeting.agenda import agenda
from rules.publishing.publication import fingerprint
from schemas.clocks import AfterSession, AtSession
from schemas.events import ActionDateMoved, DutyMissed
from schemas.evidence import WrittenItem
from store.rebuilding import Rebuilding
from store.rebuilding_sql import TABLES
from store.runs import RunKeeping
from tests.demonstration.whole import Whole
from tests.store.test_rebuilding import standing

pytestmark = pytest.mark.real

ATTENDED = {
    PERFORMANCE: "commissioner deputy-commissioner policy-officer second-policy-officer chief-constable "
    "deputy-chief-constable acc-local-policing chief-superintendent",
    THEMATIC: "commissioner deputy-commissioner policy-officer second-policy-officer chief-constable "
    "deputy-chief-constable acc-local-policing acc-protecting-people director-of-business-services",
    PLANNED: "commissioner deputy-commissioner policy-officer second-policy-officer chief-constable "
    "deputy-chief-constable",
}
"""Who attended by the record, as people of the demonstration; of two in one role, the second is another."""

LATE = {PERFORMANCE: {4}, THEMATIC: {4, 6}, PLANNED: set[int]()}
"""The requests whose returns the demonstration tells as late; the record says nothing of it."""

CLOSED_BY = datetime(2024, 2, 1, tzinfo=UTC)
REVISIT = 2
"""The request of the item on which the record has a judgement."""


@pytest.mark.parametrize("name", NAMES)
def test_held_on_its_real_day_by_those_who_were_there(told: dict[str, Whole], name: str) -> None:
    """Day, hour, chair and everybody by role; then closed, and nothing that the engine owed came late."""
    one = told[name]
    assert one.sitting.held_at == one.sitting.starts_at == real_session(name)
    assert one.sitting.present == tuple(ATTENDED[name].split())
    assert len(one.sitting.present) == 1 + len(one.record["attending"])
    assert one.sitting.chair == one.record["chair"] == "commissioner"
    assert one.cycle.standards.id == one.record["kind"]
    assert one.page.stage == "closed"
    assert [entry.at for entry in one.entries] == sorted(entry.at for entry in one.entries)
    assert "DutyFiredLate" not in {entry.event.kind for entry in one.entries}
    assert one.when("CycleOpened") < real_session(name) < one.when("CycleClosed") < CLOSED_BY


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_the_record_asked_was_asked_and_returned(told: dict[str, Whole], name: str) -> None:
    """Each item's points word for word, its form, its day before the session, and an accepted return."""
    one, days = told[name], newest_calendar()
    for item in one.record["items"]:
        if not item.get("asked") and "paper" not in item:
            continue
        (request,) = one.titled(item["title"])
        assert [one.page.say(point) for point in request.draft.asked] == item.get("asked", [])
        assert request.draft.form == item.get("paper", {}).get("form", "report")
        assert request.clock.budget.kind == "before_session"
    assert [request.state for request in one.cycle.requests] == ["accepted"] * len(one.cycle.requests)
    before = [r for r in one.cycle.requests if not isinstance(r.clock.budget, AtSession | AfterSession)]
    for request in before:
        assert request.due is not None
        assert days.between(request.due.on, civil(real_session(name))) in (3, 5, 10)
        assert request.returns[-1].received_at < real_session(name)
    assert {r.number for r in one.cycle.requests if r.returns[0].late} == LATE[name]
    assert {missed.request for _, missed in one.events(DutyMissed) if missed.request} == LATE[name]
    for request in (r for r in one.cycle.requests if r.number in LATE[name]):
        (paper,) = request.returns[0].items
        assert isinstance(paper, WrittenItem)
        assert "after its day" in one.page.say(paper.text)


def test_the_presentation_was_given_at_the_meeting_and_shared_after_it(told: dict[str, Whole]) -> None:
    """As the record has it: shown on the day, late neither then nor when it was shared."""
    one = told[PERFORMANCE]
    assert one.record["items"][1]["presentation"] == {"given": "at_meeting", "shared": "after_meeting"}
    given, shared = (r for r in one.cycle.requests if r.draft.form == "presentation")
    held_at = real_session(PERFORMANCE)
    assert isinstance(given.clock.budget, AtSession)
    assert given.due is not None
    assert given.due.on == civil(held_at)
    assert [item.kind for item in given.returns[0].items] == ["shown"]
    assert held_at < given.returns[0].received_at < given.due.at
    assert isinstance(shared.clock.budget, AfterSession)
    assert shared.due is not None
    assert civil(held_at) < civil(shared.returns[0].received_at) < shared.due.on
    assert not given.missed
    assert not shared.missed
    points = one.record["items"][1]["asked"]
    for request in (given, shared):
        assert [one.page.say(point) for point in request.draft.asked] == points


def test_the_case_study_was_circulated_before(told: dict[str, Whole]) -> None:
    """The video of the record, there before the session."""
    one = told[THEMATIC]
    (circulated,) = one.record["circulated_before"]
    (request,) = one.titled(circulated["title"])
    assert request.draft.form == circulated["form"]
    assert request.returns[0].received_at < real_session(THEMATIC)


@pytest.mark.parametrize("name", NAMES)
def test_the_agenda_is_the_records_in_time(told: dict[str, Whole], name: str) -> None:
    """Its items in their order, each beside its request, published with the notice that is owed."""
    one = told[name]
    own = [item for item in one.agenda if item.action is None]
    assert [one.page.say(item.title) for item in own] == [item["title"] for item in one.record["items"]]
    for item in own:
        title = one.page.say(item.title)
        requests = [r.number for r in one.titled(title)]
        assert ([item.request] if item.request else []) == requests, title
    assert one.record.get("published", {"agenda": True})["agenda"]
    (notice,) = one.sitting.agendas
    assert not notice.late
    assert notice.due is not None
    assert notice.at < notice.due.at


def test_what_was_left_open_is_on_the_next_agendas_under_the_same_numbers(told: dict[str, Whole]) -> None:
    """From August to October and on to December, as the record itself proposes it on that day."""
    august, october, december = (told[name] for name in NAMES)
    (papers, _), (_, scrutiny, custody) = august.cycle.actions, october.cycle.actions
    left = {
        THEMATIC: [(august, papers, "due")],
        PLANNED: [(august, papers, "overdue"), (october, scrutiny, "overdue"), (october, custody, "due")],
    }
    for one, earlier in ((october, [august]), (december, [august, october])):
        carried = [item for item in one.agenda if item.action]
        assert [(item.cycle, item.action, item.why) for item in carried] == [
            (whole.cycle.reference, action.number, why) for whole, action, why in left[one.name]
        ]
        assert [item.title for item in carried] == [action.what for _, action, _ in left[one.name]]
        at = one.sitting.agendas[0].at
        own, others = one.at(at), [whole.at(at) for whole in earlier]
        proposed = [item for item in agenda([own], others, civil(real_session(one.name))) if item.action]
        assert [(item.action, item.why) for item in proposed] == [(i.action, i.why) for i in carried]


def test_every_question_of_the_record_was_put_and_answered(told: dict[str, Whole]) -> None:
    """August's points on performance, October's on every item, December's two challenges; each with who."""
    august, october, december = (told[name] for name in NAMES)
    for one in told.values():
        for question in one.sitting.questions:
            assert question.answer is not None
            assert question.answered_by in one.sitting.present
    assert said(august, 2) == august.record["items"][1]["asked"]
    assert len(august.sitting.questions) == 5
    for item in october.record["items"][1:]:
        (request,) = october.titled(item["title"])
        assert said(october, request.number) == item["asked"]
    assert len(october.sitting.questions) == 11
    challenge = december.record["items"][1]["challenge"]
    put = [december.page.say(q.question) for q in december.sitting.questions if q.request == REVISIT]
    assert [one.rstrip("?.").lower() for one in put] == [one.lower() for one in challenge]
    (tracker,) = [q for q in december.sitting.questions if q.request == 1]
    assert december.page.say(tracker.answer).rstrip(".").lower() == december.record["items"][0]["result"]


def said(one: Whole, request: int) -> list[str]:
    """The points that were put about one request."""
    put = (one.page.say(q.question) for q in one.sitting.questions if q.request == request)
    return [words.rpartition(": ")[0] for words in put]


def test_partly_assured_for_the_records_reasons(told: dict[str, Whole]) -> None:
    """December's one judgement is the record's; where the record has none, none is claimed to be."""
    december = told[PLANNED]
    (judged,) = december.cycle.judgements
    item = december.record["items"][1]
    assert judged.judgement == item["assurance"] == "partly_assured"
    assert [r.number for r in december.titled(item["title"])] == [judged.request]
    assert judged.by.person == "commissioner"
    reasons = december.page.say(judged.reasons).lower()
    assert all(challenge.lower() in reasons for challenge in item["challenge"])
    assert told[THEMATIC].cycle.judgements == ()
    august = told[PERFORMANCE]
    assert not any("assurance" in item for item in august.record["items"])
    for one in august.cycle.judgements:
        assert "the published record does not say" in august.page.say(one.reasons)


def test_the_actions_of_the_record_were_agreed_followed_up_and_verified(told: dict[str, Whole]) -> None:
    """October's three with their owner; what was outstanding in December got a day there, and was done."""
    august, october, december = (told[name] for name in NAMES)
    outcomes = [(one["action"], one["owner"].replace("_", "-")) for one in october.record["outcomes"]]
    assert [(october.page.say(one.what), one.owner) for one in october.cycle.actions] == outcomes
    assert december.cycle.actions == ()
    papers, presentation = august.cycle.actions
    target, scrutiny, custody = october.cycle.actions
    for one in (papers, presentation, target, scrutiny, custody):
        assert one.state == "verified"
        assert one.confirmed_by is not None
        assert (one.proposed_by.side, one.confirmed_by.side) == ("opcc", "force")
        assert one.claimed_by is not None
        assert one.claimed_by.person == one.owner
        assert one.claimed_at is not None
        assert one.claimed_at < one.due.at
        assert one.verified_at is not None
        assert one.claimed_at < one.verified_at
    missed = [e.action for one in (august, october) for _, e in one.events(DutyMissed) if e.action]
    assert missed == [papers.number, scrutiny.number]
    held_on = civil(real_session(PLANNED))
    moved = [both for one in (august, october) for both in one.events(ActionDateMoved)]
    assert [(event.action, civil(at)) for at, event in moved] == [
        (one.number, held_on) for one in (papers, scrutiny, custody)
    ]
    assert [one.moves for one in (papers, scrutiny, custody)] == [1, 1, 1]
    assert custody.due.on > scrutiny.due.on == papers.due.on > held_on


@pytest.mark.parametrize("name", NAMES)
def test_the_account_came_from_the_notes_was_checked_signed_and_published(
    told: dict[str, Whole], name: str
) -> None:
    """The draft begins with the notes as recorded by then; the force may check it; two sign, a third acts."""
    one = told[name]
    (version,) = one.cycle.findings
    body = one.page.say(version.body)
    then = one.page.model_copy(update={"cycle": one.at(one.when("FindingsDrafted"))})
    assert body.startswith(notes(then).strip())
    assert all(item["title"] in body for item in one.record["items"] if item.get("asked"))
    assert version.fact_check is not None
    assert (version.fact_check.deemed_at is not None) == (name == PLANNED)
    assert (version.fact_check.received_at is not None) == (name != PLANNED)
    assert [a.by.person for a in version.approvals] == ["chief-executive", "commissioner"]
    publisher = next(e.actor.person for e in one.entries if e.event.kind == "FindingsPublished")
    assert len({version.author.person, publisher, *(a.by.person for a in version.approvals)}) == 4
    assert one.record.get("published", {"notes": True})["notes"]
    assert version.published_at is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_everybody_can_read_says_what_the_record_says(told: dict[str, Whole], name: str) -> None:
    """Judgements, promised actions with their days, late returns, and the session's day, under one seal."""
    one = told[name]
    facts, published_at = one.published.facts, one.published.published_at
    then = one.at(published_at)
    assert one.published.fingerprint == fingerprint(then, then.findings[-1])
    assert [held["held_at"] for held in facts["sessions"]] == [real_session(name).isoformat()]
    late = {evidence["request"] for evidence in facts["evidence"] if evidence["late"]}
    assert late == LATE[name]
    asked = {
        one.published.say(e["title"]): [one.published.say(p) for p in e["asked"]] for e in facts["evidence"]
    }
    for item in one.record["items"]:
        if item.get("asked"):
            assert asked[item["title"]] == item["asked"]
    judged = {(j["request"], j["judgement"]) for j in facts["judgements"]}
    assert judged == {(j.request, j.judgement) for j in one.cycle.judgements}
    promised = [(a["number"], one.published.say(a["what"]), a["due_on"]) for a in facts["actions"]]
    assert promised == [(a.number, one.page.say(a.what), a.due.on.isoformat()) for a in then.actions]
    assert len(promised) == {PERFORMANCE: 2, THEMATIC: 3, PLANNED: 0}[name]
    account = one.published.say(facts["findings"])
    assert all(what in account for _, what, _ in promised)
    assert ("partly assured" in account) == bool(judged)


def test_the_account_of_august_names_the_session_that_follows(told: dict[str, Whole]) -> None:
    """Its kind, theme and hour are those of October's, which then was held; October's says when it ended."""
    august, october = told[PERFORMANCE], told[THEMATIC]
    following = august.record["next"]
    account = august.page.say(august.cycle.findings[-1].body)
    assert f"{following['kind']}: {following['theme']}" in account
    assert "Wednesday 25 October 2023 at 10:00" in account
    day, _, hour = following["held"].partition("T")
    assert october.sitting.held_at == instant(datetime.fromisoformat(day).date(), hour)
    assert october.cycle.standards.id == following["kind"]
    ended = october.record["ends"].partition("T")[2]
    assert f"ended at {ended}" in october.page.say(october.cycle.findings[-1].body)


async def test_every_row_of_the_demonstration_is_made_again_from_its_ledger(told: dict[str, Whole]) -> None:
    """Rows thrown away, altered and forged are equal to before, and a check of all finds nothing."""
    pool = told[PERFORMANCE].pool
    store, keeping = Rebuilding(pool), RunKeeping(pool)
    while await count_up(keeping):
        pass
    assert (await rebuild(store, check=True)).differences == ()
    before = await standing(pool)
    assert sum(len(rows) for rows in before.values()) > 200
    for table in TABLES:
        await pool.execute(f"delete from {table.name}")  # noqa: S608 - names from the list
    await pool.execute("delete from runs_behind")
    assert (await rebuild(store, check=False)).mended
    assert await standing(pool) == before
