"""Letters to the office about the service itself, which are about no cycle."""

from clients.addressees import address_of
from clients.letters import LONDON, clean, hour
from clients.message import Head, KnowsPeople, Now, SendsMail, identity, named, written_now
from schemas.people import Person, Role
from schemas.subscriptions import Subscription

TOLD = (Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER)


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
        now: Now = written_now,
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
        mark = f"{since:%Y%m%d%H%M%S}" if since else "0"
        head = Head(
            office=self._office,
            mail_from=self._from,
            to=named(found),
            subject=f"Paused: events for {subscription.id} are not taken",
            at=self._now(),
            identity=identity(self._from, f"subscription.{subscription.id}.{mark}"),
        )
        message = head.over(self._words(subscription))
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
        return [one for one in people.values() if not one.roles_on(day).isdisjoint(TOLD) and address_of(one)]
