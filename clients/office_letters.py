"""Letters to the office about the service itself, which are about no cycle."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol

from clients.addressees import ADDRESS
from clients.letters import LONDON, clean, hour, title
from clients.post import SendsMail
from schemas.people import Person, Role
from schemas.subscriptions import Subscription

TOLD = (Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER)


class KnowsPeople(Protocol):
    """Who is of the office."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: this is when the letter is written


class OfficeLetters:
    """Tells the chief executive and the policy officers. Without a mail server nothing is sent."""

    def __init__(
        self,
        sender: SendsMail | None,
        look_up: KnowsPeople,
        public_url: str,
        office: str,
        mail_from: str,
        *,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._sender = sender
        self._look_up = look_up
        self._page = public_url.rstrip("/") + "/subscriptions"
        self._office = office
        self._from = mail_from
        self._now = now

    async def paused(self, subscription: Subscription) -> None:
        """Say that a receiver has failed for days and is no longer tried.

        Raises: PostDownError: the mail server takes nothing now; to be tried again.
        """
        found = self._told(await self._look_up.people())
        if self._sender is None or not found:
            return
        since = subscription.failing_since
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(title(self._office), addr_spec=self._from)
        message["To"] = tuple(Address(title(one.title), addr_spec=one.address) for one in found)
        message["Subject"] = f"Paused: events for {subscription.id} are not taken"
        message["Date"] = format_datetime(self._now())
        mark = f"{since:%Y%m%d%H%M%S}" if since else "0"
        message["Message-ID"] = f"<subscription.{subscription.id}.{mark}@{self._from.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self._words(subscription), cte="quoted-printable")
        await self._sender.send(message, self._from, [one.address for one in found if one.address])

    def _words(self, one: Subscription) -> str:
        since = f"Nothing has been taken since {hour(one.failing_since)}.\n" if one.failing_since else ""
        return (
            f"The receiver of the subscription “{one.id}” has failed for days, so it is paused.\n{since}"
            f"What happened last: {clean(one.last_failure or 'it did not answer')}\n\n"
            "What to do next\nAsk whoever runs the receiver what is wrong. Then try it out and resume it:\n"
            f"nothing is lost, it goes on where it stopped.\n\n{self._page}\n\n--\n"
            f"Sent by {self._office}. This message was sent by a program.\n"
        )

    def _told(self, people: dict[str, Person]) -> list[Person]:
        day = self._now().astimezone(LONDON).date()
        return [
            one
            for one in people.values()
            if not one.roles_on(day).isdisjoint(TOLD) and one.address and ADDRESS.fullmatch(one.address)
        ]
