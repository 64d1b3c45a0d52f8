"""Letters that a page sends at once: a code, a new link, and the wish for one. None is about an act."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from clients.addressees import address_of
from clients.letters import HTML, MOST_SUBJECT, TEXT, Envelope, hour, title
from clients.message import Head, KnowsPeople, Letterhead, SendsMail, named
from clients.smtp import PostDownError
from schemas.people import Person, Role


class LinkLetters:
    """Writes to one person at once, and says whether the mail server took it."""

    def __init__(self, sender: SendsMail | None, look_up: KnowsPeople, letterhead: Letterhead) -> None:
        self._sender = sender
        self._look_up = look_up
        self._letterhead = letterhead

    async def person_at(self, address: str) -> Person | None:
        """Whose address this is, capitals or not; None where it is nobody's."""
        people = await self._look_up.people()
        wanted = address.strip().lower()
        return next((one for one in people.values() if (one.address or "").lower() == wanted), None)

    async def code(self, to: str, code: str, path: str, facts: dict[str, Any]) -> bool:
        """Send a code to type. It stands in no subject: a telephone on the table shows those."""
        return await self._send("code", await self._named(to), path, {**facts, "code": code})

    async def new_link(self, to: str, path: str, facts: dict[str, Any]) -> bool:
        """Send a new link to a task."""
        return await self._send("new_link", await self._named(to), path, facts)

    async def wish(self, officer: str, who: str, path: str, facts: dict[str, Any]) -> bool:
        """Tell an officer, or where they cannot be reached all of them, that somebody asks for a new link."""
        people = await self._look_up.people()
        asks = title(people[who].title) if who in people else "Somebody"
        all_of_them = [one for one in people.values() if one.role == Role.POLICY_OFFICER]
        told = await self._named(officer) or all_of_them
        return await self._send("wish", told, path, {**facts, "who": asks})

    async def _named(self, person: str) -> list[Person]:
        found = (await self._look_up.people()).get(person)
        return [found] if found and address_of(found) else []

    async def _send(self, template: str, to: Sequence[Person], path: str, facts: dict[str, Any]) -> bool:
        reached = [one for one in to if address_of(one)]
        if self._sender is None or not reached:
            return False
        message = self._message(template, reached, self._letterhead.page(path), facts)
        addresses = [str(one.address) for one in reached]
        try:
            answer = await self._sender.send(message, self._letterhead.mail_from, addresses)
        except PostDownError:
            return False
        return len(answer.refused) < len(addresses)

    def _message(self, template: str, to: Sequence[Person], url: str, facts: dict[str, Any]) -> EmailMessage:
        envelope = Envelope(self._letterhead.office, url, tuple(title(one.title) for one in to), ())
        due_at = facts.get("due_at")
        said = {**facts, "envelope": envelope, "due": hour(due_at) if due_at else None}
        said |= {name: title(str(facts[name])) for name in ("cycle", "request")}
        text = TEXT.get_template(f"by_link/{template}.j2")
        subject = "".join(text.blocks["subject"](text.new_context(said)))
        about = f" ({facts['ref']})"
        head = Head(
            letterhead=self._letterhead,
            to=named(to),
            subject=title(subject, MOST_SUBJECT - len(about)) + about,
            identity=self._letterhead.identity_once(),
        )
        html = HTML.get_template(f"by_link/{template}.j2").render(said)
        return head.over(text.render(said).strip() + "\n", html.strip() + "\n")
