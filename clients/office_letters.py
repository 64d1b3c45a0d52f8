"""Letters to the office about the service itself, which are about no cycle."""

from clients.addressees import address_of
from clients.letters import LONDON, clean, hour
from clients.message import Head, KnowsPeople, Letterhead, SendsMail, named
from schemas.people import Person, Role
from schemas.subscriptions import Subscription

TOLD = (Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER)


class OfficeLetters:
    """Tells the chief executive and the policy officers. Without a mail server nothing is sent."""

    def __init__(self, sender: SendsMail | None, look_up: KnowsPeople, letterhead: Letterhead) -> None:
        self._sender = sender
        self._look_up = look_up
        self._letterhead = letterhead

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
            letterhead=self._letterhead,
            to=named(found),
            subject=f"Paused: events for {subscription.id} are not taken",
            identity=self._letterhead.identity(f"subscription.{subscription.id}.{mark}"),
        )
        message, to = head.over(self._words(subscription)), [one.address for one in found if one.address]
        await self._sender.send(message, self._letterhead.mail_from, to)

    def _words(self, one: Subscription) -> str:
        page = self._letterhead.page("/subscriptions")
        since = f"Nothing has been taken since {hour(one.failing_since)}.\n" if one.failing_since else ""
        return (
            f"The receiver of the subscription “{one.id}” has failed for days, so it is paused.\n{since}"
            f"What happened last: {clean(one.last_failure or 'it did not answer')}\n\n"
            "What to do next\nAsk whoever runs the receiver what is wrong. Then try it out and resume it:\n"
            f"nothing is lost, it goes on where it stopped.\n\n{page}\n\n--\n{self._letterhead.foot}"
        )

    def _told(self, people: dict[str, Person]) -> list[Person]:
        day = self._letterhead.now().astimezone(LONDON).date()
        return [one for one in people.values() if not one.roles_on(day).isdisjoint(TOLD) and address_of(one)]
