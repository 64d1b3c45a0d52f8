"""Cycle files: a cycle written down by an officer in YAML, and what opens it (docs/cycle-file.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from reference.places import FileError, Place
from schemas.clocks import BeforeSession, Budget, WorkingDays
from schemas.commands import OpenCycle
from schemas.evidence import Form, RequestDraft
from schemas.inspections import InspectionReport
from schemas.people import Actor
from schemas.sessions import Forum, SessionDraft
from schemas.shape import Instant, Words
from schemas.standards import Standards

ASK = {"now": "sends every request at once", "planned": "sends each request so many days before it is due"}
FIELDS = {
    "kind": "the kind of cycle",
    "title": "one line that people recognise the cycle by",
    "theme": "the objective of the plan, such as reassuring",
    "commitments": "a list of the plan's commitments, such as [SWM-REASSURE-03]",
    "question": "the one question that the cycle answers",
    "session": "at, forum and place of the session",
    "requests": "a list of requests, each with title, lead, asked, form and due",
    "ask": "now or planned",
    "report": "published and title of the inspection report that it answers",
}
OPTIONAL = frozenset({"session", "ask", "requests", "report"})
REQUEST = {
    "title": "what is asked for, in a few words",
    "lead": "the id of the person who is asked (starter.py people list)",
    "asked": "a list of the points to answer",
    "form": "the form of the answer",
    "due": "5 working days before session",
    "commitment": "the one commitment that this request serves",
    "certify": "yes, if the force has to certify what it returns",
    "certifier": "the id of who certifies it, where that is not the Chief Constable",
}
REPORT = {"published": "the day on which the report was published", "title": "its title or number"}
SESSION = {
    "at": "a day and an hour in London, such as 2026-12-10 14:00",
    "forum": "the forum",
    "place": "where it is held",
    "confirmed": "yes, if it is really on a day on which nobody usually works",
    "urgency": "the chair's reason, if there is no time for the notice that is owed",
}


@dataclass(frozen=True)
class FileRequest:
    """One request as it stands in the file."""

    title: str
    lead: str
    asked: tuple[str, ...]
    form: Form
    due: Budget
    commitment: str | None = None
    certify: bool = False
    certifier: str | None = None


@dataclass(frozen=True)
class FileSession:
    """The session as it stands in the file."""

    starts_at: Instant
    forum: Forum = "holding_to_account"
    place: str | None = None
    confirmed: bool = False
    urgency: str | None = None


@dataclass(frozen=True)
class FileReport:
    """The inspection report that a cycle answers, as it stands in the file."""

    published_on: date
    title: str | None = None


@dataclass(frozen=True)
class CycleFile:
    """A cycle as it stands in the file: words in place of references, checked one by one."""

    kind: str
    title: str
    theme: str
    commitments: tuple[str, ...]
    question: str
    session: FileSession | None
    requests: tuple[FileRequest, ...]
    planned: bool
    report: FileReport | None = None


@dataclass(frozen=True)
class Opening:
    """What opens a cycle beside what the file says: under which reference and key, by whom, on what terms."""

    cycle: str
    key: str
    actor: Actor
    standards: Standards
    calendar: str
    body: str
    set_back: timedelta = timedelta(0)


def read_cycle(place: Place, kinds: Mapping[str, Standards]) -> CycleFile:
    """A cycle from its place in a file.

    Raises: FileError: something is missing or cannot be used; the message says where and what to write.
    """
    return cycle_of(place.fields(FIELDS, OPTIONAL), kinds)


def cycle_of(fields: Mapping[str, Place], kinds: Mapping[str, Standards]) -> CycleFile:
    """A cycle from the fields that are written of it.

    Raises: FileError: something cannot be used; the message says where and what to write.
    """
    kind = fields["kind"].one_of(kinds)
    session = _session(fields["session"]) if "session" in fields else None
    requests = fields["requests"].each() if "requests" in fields else []
    return CycleFile(
        kind=kind,
        title=fields["title"].words(),
        theme=fields["theme"].slug("an objective of the plan, such as reassuring"),
        commitments=tuple(one.commitment() for one in fields["commitments"].each()),
        question=fields["question"].words(),
        session=session,
        requests=tuple(_request(one, kinds[kind], with_session=session is not None) for one in requests),
        planned="ask" in fields and fields["ask"].one_of(ASK) == "planned",
        report=_report(fields["report"]) if "report" in fields else None,
    )


def cycle_file(text: str, name: str, kinds: Mapping[str, Standards]) -> CycleFile:
    """A cycle from the text of its file.

    Raises: FileError: something is missing or cannot be used; the message says where and what to write.
    """
    return read_cycle(Place.of(text, name), kinds)


def open_command(file: CycleFile, opening: Opening, words: Words) -> OpenCycle:
    """The command that opens the cycle; its texts are kept in `words`."""
    session = file.session
    draft = session and SessionDraft(
        forum=session.forum,
        starts_at=session.starts_at,
        place=words.maybe(session.place),
        confirmed=session.confirmed,
        urgency=words.maybe(session.urgency),
    )
    return OpenCycle(
        cycle=opening.cycle,
        key=opening.key,
        actor=opening.actor,
        title=words.ref(file.title),
        theme=file.theme,
        commitments=file.commitments,
        question=words.ref(file.question),
        requests=tuple(request_draft(one, words) for one in file.requests),
        ask="planned" if file.planned else "now",
        session=draft,
        standards=opening.standards,
        calendar=opening.calendar,
        body=opening.body,
        set_back=opening.set_back,
        report=report_of(file, words),
    )


def report_of(file: CycleFile, words: Words) -> InspectionReport | None:
    """The inspection report that the cycle answers; its name is kept in `words`."""
    said = file.report
    return InspectionReport(published_on=said.published_on, title=words.maybe(said.title)) if said else None


def request_draft(request: FileRequest, words: Words) -> RequestDraft:
    """The request as a command carries it; its texts are kept in `words`."""
    return RequestDraft(
        title=words.ref(request.title),
        asked=tuple(words.ref(one) for one in request.asked),
        lead=request.lead,
        form=request.form,
        due=request.due,
        commitment=request.commitment,
        certify=request.certify,
        certifier=request.certifier,
    )


def usual_due(standards: Standards, *, with_session: bool) -> Budget:
    """When a request is due where nobody says: the kind's standard."""
    if with_session:
        return BeforeSession(days=standards.returns_due_before_session)
    return WorkingDays(days=standards.requests_out_before_due)


def _request(place: Place, standards: Standards, *, with_session: bool) -> FileRequest:
    fields = place.fields(REQUEST, frozenset({"asked", "form", "due", "commitment", "certify", "certifier"}))
    forms: dict[str, Form] = {form: form for form in get_args(Form)}
    return FileRequest(
        title=fields["title"].words(),
        lead=fields["lead"].slug("a person's id, such as acc-local-policing (starter.py people list)"),
        asked=tuple(one.words() for one in fields["asked"].each()) if "asked" in fields else (),
        form=forms[fields["form"].one_of(forms)] if "form" in fields else "report",
        due=fields["due"].budget() if "due" in fields else usual_due(standards, with_session=with_session),
        commitment=fields["commitment"].commitment() if "commitment" in fields else None,
        certify="certify" in fields and fields["certify"].yes(),
        certifier=fields["certifier"].slug("a person's id, such as chief-constable")
        if "certifier" in fields
        else None,
    )


def _report(place: Place) -> FileReport:
    fields = place.fields(REPORT, frozenset({"title"}))
    title = fields["title"].words() if "title" in fields else None
    return FileReport(published_on=fields["published"].day(), title=title)


def _session(place: Place) -> FileSession:
    fields = place.fields(SESSION, frozenset({"forum", "place", "confirmed", "urgency"}))
    forums: dict[str, Forum] = {forum: forum for forum in get_args(Forum)}
    return FileSession(
        starts_at=fields["at"].instant(),
        forum=forums[fields["forum"].one_of(forums)] if "forum" in fields else "holding_to_account",
        place=fields["place"].words() if "place" in fields else None,
        confirmed="confirmed" in fields and fields["confirmed"].yes(),
        urgency=fields["urgency"].words() if "urgency" in fields else None,
    )


__all__ = ["CycleFile", "FileError", "FileRequest", "FileSession", "Opening", "cycle_file", "open_command"]
