"""Letters: the words of each notice, as plain text and as HTML, from one template with a block for each part.

Titles, reasons and gaps were typed by people: they are cleaned, escaped in HTML and set off in plain text.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from clients.letters.asked import more
from clients.letters.on_duties import on_duties
from clients.letters.on_findings import on_findings
from clients.letters.on_succession import taken
from schemas.cycle import Action, Request, Session
from schemas.notices import Notice
from schemas.people import Person, Role
from schemas.rows import CyclePage

LONDON = ZoneInfo("Europe/London")
MOST_WORDS = 2000
"""Characters of one text in a mail; the page has the rest."""
MOST_TITLE = 80
MOST_SHORT = 40
"""Characters of a title within a subject, so that the day after it is not cut off."""
MOST_SUBJECT = 120

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that turn the direction of writing or hide."""

FORUMS = {
    "holding_to_account": "holding-to-account meeting",
    "panel": "Police and Crime Panel",
    "governance_board": "governance board",
    "victims_board": "victims board",
    "audit_committee": "joint audit committee",
}
ANSWERS = {
    "provided": "evidence provided",
    "nothing_held": "nothing is held",
    "operational_not_appropriate": "an answer is operationally not appropriate",
}


@dataclass(frozen=True)
class Letter:
    """One letter, ready to be sent: its subject on one line and its words in two forms."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Envelope:
    """Whom a letter goes to, by title, who sends it, and where the page is that it points to."""

    office: str
    url: str
    sent_to: tuple[str, ...]
    copied_to: tuple[str, ...]


def write(notice: Notice, page: CyclePage, people: Mapping[str, Person], envelope: Envelope) -> Letter:
    """The letter that tells of a notice, in the words of the record as it stands."""
    facts = {**_facts(notice, page, people), "envelope": envelope}
    name = f"{notice.template}.j2"
    template = TEXT.get_template(name)
    about = f" ({page.cycle.reference})"
    subject = "".join(template.blocks["subject"](template.new_context(facts)))
    return Letter(
        subject=title(subject, MOST_SUBJECT - len(about)) + about,
        text=re.sub(r"\n{3,}", "\n\n", template.render(facts)).strip() + "\n",
        html=HTML.get_template(name).render(facts).strip() + "\n",
    )


def path_of(notice: Notice) -> str:
    """The page that a notice is about, from the root of the site."""
    if notice.template in FOR_EVERYBODY:
        return f"/findings/{notice.cycle}"
    if notice.template in FORMS:
        return f"/cycles/{notice.cycle}/act/{FORMS[notice.template]}"
    if notice.action:
        return f"/cycles/{notice.cycle}/actions/{notice.action}"
    if notice.template in FOR_LEADS and notice.request:
        return f"/tasks/{notice.cycle}/{notice.request}"
    return f"/cycles/{notice.cycle}"


FOR_EVERYBODY = {"findings_published", "findings_corrected", "findings_withdrawn"}
FORMS = {
    "fact_check_invited": "SubmitFactCheck",
    "redactions_to_check": "CheckRedactions",
    "progress_wanted": "ReportProgress",
    "judgement_to_confirm": "ConfirmAssurance",
}
"""Letters that ask for one act, and the act."""
FOR_LEADS = {
    "evidence_requested",
    "evidence_reminder",
    "evidence_overdue",
    "return_sent_back",
    "return_accepted",
    "request_withdrawn",
    "extension_granted",
    "extension_refused",
    "due_moved",
    "request_amended",
    "request_delegated",
    "request_reassigned",
    "clarification_answered",
    "return_to_certify",
    "sensitivity_decided",
    "sensitivity_lapsed",
}


def day(on: date) -> str:
    """A civil day with its weekday, such as "Friday 4 December 2026"."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def hour(at: datetime) -> str:
    """An instant as hour and day in London, such as "17:00 on Friday 4 December 2026"."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {day(local.date())}"


def clean(words: str) -> str:
    """A text without what cannot be seen, no longer than a mail should carry."""
    printable = UNPRINTABLE.sub("", words.replace("\t", " ")).strip()
    if len(printable) <= MOST_WORDS:
        return printable
    return printable[:MOST_WORDS].rstrip() + " … (the rest is on the page)"


def title(words: str, most: int = MOST_TITLE) -> str:
    """A text on one line of so many characters at the most."""
    return textwrap.shorten(UNPRINTABLE.sub("", words.replace("\t", " ")), most, placeholder=" …")


def _short(words: str) -> str:
    return title(words, MOST_SHORT)


def _prose(words: str) -> str:
    """A paragraph of plain text in lines of 76 characters."""
    return textwrap.fill(" ".join(words.split()), 76, break_long_words=False, break_on_hyphens=False)


def _set_off(words: str) -> str:
    """Somebody's words, each line with a mark before it: none of it can pass for ours."""
    lines = [
        part
        for line in words.splitlines()
        for part in textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False) or [""]
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _facts(notice: Notice, page: CyclePage, people: Mapping[str, Person]) -> dict[str, Any]:
    cycle = page.cycle
    request = cycle.request(notice.request) if notice.request else None
    action = cycle.action(notice.action) if notice.action else None
    return {
        "ref": cycle.reference,
        "cycle": title(page.say(cycle.title)),
        "due": _due(notice, request, action),
        "to_publish": Role.PUBLICATION_OFFICER in notice.roles,
        "version": cycle.findings[-1].version if cycle.findings else None,
        "published": cycle.published(),
        "why_cancelled": clean(page.say(cycle.cancel_reason)),
        "officer": _name(cycle.opened_by.person, people),
        **_session(cycle.sessions, page),
        **_agenda(cycle.sessions, page),
        **_request(request, page, people),
        **_action(action, page, people),
        "taken": [
            {name: clean(said) for name, said in one.items()}
            for one in taken(notice, page, lambda person: _name(person, people), day)
        ],
        **on_findings(page, lambda ref: clean(page.say(ref)), hour),
        **{name: clean(said) for name, said in on_duties(notice, page).items()},
    }


def _due(notice: Notice, request: Request | None, action: Action | None) -> str | None:
    """The due hour and day that the notice is about: the record may have moved on since."""
    owed = request or action
    if notice.due_on is None or owed is None:
        return None
    if owed.due and owed.due.on == notice.due_on:
        return hour(owed.due.at)
    return f"{owed.clock.hour} on {day(notice.due_on)}"


def _request(request: Request | None, page: CyclePage, people: Mapping[str, Person]) -> dict[str, Any]:
    if request is None:
        return {"request": ""}
    last = request.returns[-1] if request.returns else None
    more_time = request.extension
    return {
        "request": title(page.say(request.draft.title)),
        "number": request.number,
        "asked": [clean(page.say(one)) for one in request.draft.asked],
        "lead": _name(request.draft.lead, people),
        "returned": last,
        "answer": ANSWERS[last.answer] if last else "",
        "why_this_answer": clean(page.say(last.reason)) if last else "",
        "gap": clean(page.say(last.gap)) if last else "",
        "wanted_on": day(more_time.to) if more_time else None,
        "why_more_time": clean(page.say(more_time.reason)) if more_time else "",
        **more(request, lambda ref: clean(page.say(ref)), lambda person: _name(person, people), day),
    }


def _action(action: Action | None, page: CyclePage, people: Mapping[str, Person]) -> dict[str, Any]:
    if action is None:
        return {"action": None}
    return {
        "action": action.number,
        "what": clean(page.say(action.what)),
        "owner": _name(action.owner, people),
        "proposer": _name(action.proposed_by.person, people),
        **_later_days(action, page),
    }


def _later_days(action: Action, page: CyclePage) -> dict[str, Any]:
    asked = action.date_asked
    slip = action.slips[-1] if action.slips else None
    return {
        "why_disputed": clean(page.say(action.dispute)),
        "wanted_on": day(asked.to) if asked else None,
        "why_later": clean(page.say(asked.reason)) if asked else "",
        "slipped_to": day(slip.to) if slip else None,
        "why_slipped": clean(page.say(slip.reason)) if slip else "",
    }


def _session(sessions: tuple[Session, ...], page: CyclePage) -> dict[str, Any]:
    coming = next((one for one in reversed(sessions) if one.coming), None)
    if coming is None:
        return {"session": None, "forum": "", "place": ""}
    place = title(page.say(coming.place))
    return {"session": hour(coming.starts_at), "forum": FORUMS[coming.forum], "place": place}


def _agenda(sessions: tuple[Session, ...], page: CyclePage) -> dict[str, Any]:
    noticed = next((one for one in reversed(sessions) if one.coming and one.agendas), None)
    off = next((one for one in reversed(sessions) if one.cancelled_at), None)
    items = noticed.agendas[-1].agenda if noticed else ()
    return {
        "agenda": [f"{one.number}. {title(page.say(one.title))}" for one in items],
        "why_called_off": clean(page.say(off.cancel_reason)) if off else "",
    }


def _name(person: str, people: Mapping[str, Person]) -> str:
    """Somebody's title: letters name nobody otherwise."""
    return title(people[person].title) if person in people else "somebody who is no longer listed"


def _environment(form: str, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("clients", "letters"),
        autoescape=autoescape,  # noqa: S701 - off for plain text alone, where it would print &amp;
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(prose=_prose, set_off=_set_off, hour=hour, short=_short)
    kit = environment.get_template(f"kit.{form}.j2").module
    environment.globals.update(layout=f"letter.{form}.j2", kit=kit)
    return environment


TEXT = _environment("txt", autoescape=False)
HTML = _environment("html", autoescape=True)
