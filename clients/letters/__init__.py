"""Letters: the words of each notice, as plain text and as HTML, from one template with a block for each part.

Titles, reasons and gaps were typed by people: they are cleaned, escaped in HTML and set off in plain text.
"""

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateError

from clients.letters.asked import more
from clients.letters.on_duties import on_duties
from clients.letters.on_findings import on_findings
from clients.letters.on_openings import on_openings
from clients.letters.on_receipts import receipt
from clients.letters.on_succession import taken
from clients.letters.samples import nothing
from clients.letters.typesetting import (
    HTML,
    LONDON,
    MOST_SUBJECT,
    TEXT,
    Envelope,
    Letter,
    clean,
    day,
    environment,
    hour,
    title,
)
from schemas.cycle import Action, Request, Session
from schemas.notices import Notice
from schemas.people import Person, Role
from schemas.rows import CyclePage

__all__ = [
    "FORMS", "HTML", "LONDON", "MOST_SUBJECT", "TEXT", "Envelope", "Letter", "clean", "day", "hour",
    "path_of", "set_letter", "title", "write",
]  # fmt: skip
log = logging.getLogger("answerable.post")
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


def write(
    notice: Notice,
    page: CyclePage,
    people: Mapping[str, Person],
    envelope: Envelope,
    template_name: str = "",
    *,
    words: Mapping[str, str] | None = None,
) -> Letter:
    """The letter that tells of a notice, in the words of the record as it stands.

    An office's own words, by the letter's name, come before ours; where they cannot be set, ours are sent.
    """
    facts = {**_facts(notice, page, people), "envelope": envelope}
    name = template_name or notice.template
    if theirs := (words or {}).get(name):
        try:
            return set_letter(name, {**nothing(), **facts}, theirs)
        except (TemplateError, TypeError, ValueError, LookupError) as wrong:
            log.warning("The office's own words of %s cannot be set (%s): ours are sent.", name, wrong)
    return set_letter(name, facts)


def set_letter(name: str, facts: Mapping[str, Any], theirs: str | None = None) -> Letter:
    """A letter in our words, or in an office's own.

    Raises: TemplateError, TypeError, ValueError, LookupError: it cannot be set.
    """
    file = f"{name}.j2"
    texts, htmls = _setters(file, theirs) if theirs else (TEXT, HTML)
    template, about = texts.get_template(file), f" ({facts['ref']})"
    text = template.render(facts)  # first: where this goes wrong, Jinja says in which line
    subject = "".join(template.blocks["subject"](template.new_context(dict(facts))))
    return Letter(
        subject=title(subject, MOST_SUBJECT - len(about)) + about,
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        html=htmls.get_template(file).render(facts).strip() + "\n",
    )


@lru_cache(maxsize=128)
def _setters(file: str, theirs: str) -> tuple[Environment, Environment]:
    return environment("txt", theirs={file: theirs}), environment("html", theirs={file: theirs})


def path_of(notice: Notice) -> str:
    """The page that a notice is about, from the root of the site."""
    if notice.template == "restricted_opened":
        return "/office/access"
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
    "file_infected",
    "return_to_certify",
    "sensitivity_decided",
    "sensitivity_lapsed",
}


def _facts(notice: Notice, page: CyclePage, people: Mapping[str, Person]) -> dict[str, Any]:
    if notice.template == "restricted_opened":
        return on_openings(notice, lambda person: _name(person, people), hour)
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
        **_request(request, notice.planned_at, page, people),
        **_action(action, page, people),
        "taken": [
            {name: clean(said) for name, said in one.items()}
            for one in taken(notice, page, lambda person: _name(person, people), day)
        ],
        "receipt": receipt(notice, page, lambda ref: title(page.say(ref)), hour),
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


def _request(
    request: Request | None, at: datetime, page: CyclePage, people: Mapping[str, Person]
) -> dict[str, Any]:
    """What a letter says of a request; of its returns the newest when the notice was made, not when sent."""
    if request is None:
        return {"request": ""}
    last = next((one for one in reversed(request.returns) if one.received_at <= at), None)
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
