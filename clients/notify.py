"""GOV.UK Notify: takes the same messages as a mail server does, one for each of their people.

It has one template for all our letters (docs/post.md). What people typed goes in as words that Notify
sanitises; links go in by themselves, and only those that lead to our own pages. It carries no attachments.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from clients.posted import CALENDAR
from clients.references import REFUSED, reference_of
from clients.smtp import Answer, PostDownError
from schemas.posting import Receipt

log = logging.getLogger("answerable.post")
SERVICE = "https://api.notifications.service.gov.uk"
LINKS = 2
"""Places for links in the template; more of them stay in the words, where Notify takes them out."""
SANITISED = ("subject", *(f"words_{n}" for n in range(1, LINKS + 2)))
NO_SUCH_MAILBOX, PUTS_OFF = 550, 450
"""As a mail server would say it: never, and not now."""
BAD_REQUEST, TOO_MANY, FAULT = 400, 429, 500
ABOUT_THE_ADDRESS = re.compile(r"email_address|recipient", re.IGNORECASE)
FAILED = {
    "permanent-failure": "no such mailbox",
    "temporary-failure": "the mailbox took nothing for three days: it is full or switched off",
    "technical-failure": "GOV.UK Notify could not send it",
    "validation-failed": "GOV.UK Notify could not send it",
}


class Notify:
    """Hands messages to GOV.UK Notify. Its client is synchronous, so each call runs in a thread."""

    def __init__(
        self, key: str, template: str, ours: str, *, base_url: str = SERVICE, patience: float = 10.0
    ) -> None:
        self._key, self._template, self._base_url = key, template, base_url
        self._ours = re.compile(rf"(?m)^(?!> )(.*?)({re.escape(ours.rstrip('/'))}/\S*)$")
        self._patience = patience

    async def send(self, message: EmailMessage, sender: str, recipients: Sequence[str]) -> Answer:  # noqa: ARG002 - Notify sends from the service's own address
        """Hand over one message; whom Notify did not take it for.

        What Notify already has under its reference is not sent again, for as long as Notify remembers it.

        Raises: PostDownError: Notify cannot be reached, is over its limit, or takes nothing from us.
        """
        facts, refused = self._facts(message), dict[str, int]()
        for address in recipients:
            reference = reference_of(str(message["Message-ID"]), address)
            code = await asyncio.to_thread(self._hand_over, address, reference, facts)
            if code is not None:
                refused[address] = code
        return Answer(refused)

    def _hand_over(self, address: str, reference: str, facts: dict[str, Any]) -> int | None:
        client = NotificationsAPIClient(self._key, base_url=self._base_url, timeout=self._patience)
        try:
            if client.get_all_notifications(reference=reference)["notifications"]:
                return None
            client.send_email_notification(
                email_address=address, template_id=self._template, reference=reference, **facts
            )
        except APIError as trouble:
            return _code(trouble)
        finally:
            client.request_session.close()
        return None

    def _facts(self, message: EmailMessage) -> dict[str, Any]:
        """The subject and the words in their places, and the address by which to stop in one click."""
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        if calendar := message.get(CALENDAR):
            text += f"\nPut the meeting in your calendar: {calendar}\n"
        words = parts(text, self._ours)
        facts: dict[str, Any] = {
            "personalisation": {"subject": str(message["Subject"]), **words},
            "sanitise_content_for": list(SANITISED),
        }
        if stop := message.get("List-Unsubscribe"):
            facts["one_click_unsubscribe_url"] = str(stop).strip("<>")
        return facts


def parts(text: str, ours: re.Pattern[str]) -> dict[str, str]:
    """A letter as words, link, words, link, words: each link is the end of a line, on our own pages."""
    found, at = dict[str, str](), 0
    for number in range(1, LINKS + 1):
        link = ours.search(text, at)
        found[f"words_{number}"] = (text[at : link.end(1)] if link else text[at:]).strip()
        found[f"link_{number}"] = link[2] if link else ""
        at = link.end() if link else len(text)
    return {**found, f"words_{LINKS + 1}": text[at:].strip()}


def _code(trouble: APIError) -> int:
    """What an answer means for this address alone.

    Raises: PostDownError: it means that nothing can be sent now, by anybody.
    """
    status = trouble.status_code
    if status == BAD_REQUEST and ABOUT_THE_ADDRESS.search(str(trouble.message)):
        return NO_SUCH_MAILBOX
    if status == BAD_REQUEST:
        log.warning("GOV.UK Notify does not take a letter: is its template as docs/post.md says?")
        return PUTS_OFF
    said = "is over its limit" if status == TOO_MANY else f"answers {status}"
    if status < FAULT and status != TOO_MANY:
        log.error("GOV.UK Notify answers %s: look at ANSWERABLE_NOTIFY_KEY_FILE.", status)
    raise PostDownError(f"GOV.UK Notify {said}. The notice is tried again.") from None


def receipt_of(facts: dict[str, Any], now: datetime) -> Receipt | None:
    """What a callback of Notify says; None where it says nothing about a message of ours."""
    reference, status = facts.get("reference"), facts.get("status")
    if not isinstance(reference, str) or not isinstance(status, str):
        return None
    at = _instant(facts.get("completed_at") or facts.get("sent_at"), now)
    if status == "delivered":
        return Receipt(reference=reference, state="delivered", at=at)
    if status in FAILED or status.endswith("-failure"):
        return Receipt(reference=reference, state="bounced", at=at, why=FAILED.get(status, REFUSED))
    return None


def _instant(said: object, now: datetime) -> datetime:
    """When it was, as far as that can be read; never later than now."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return now
    return min(at, now) if at.tzinfo else now
