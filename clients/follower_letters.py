"""Mails to people who follow what is published, and to the office about what the public asks.

Plain text alone: no pictures, nothing that reports whether it was opened, no link but to our own pages.
"""

import textwrap
from collections.abc import Mapping
from email.headerregistry import Address
from typing import Literal

from clients.addressees import address_of
from clients.letters import LONDON, clean, hour, title
from clients.message import Head, KnowsPeople, Letterhead, SendsMail
from clients.smtp import PERMANENT, PostDownError
from schemas.following import Due, Follower, PublicQuestion
from schemas.people import Role

Became = Literal["delivered", "refused", "later", "down"]
HEADS = {
    "published": "Published",
    "corrected": "Corrected",
    "withdrawn": "Withdrawn",
    "late": "Late",
    "checkpoint": "Checkpoint",
}


class FollowerLetters:
    """Writes one mail to one address at a time."""

    def __init__(self, sender: SendsMail, look_up: KnowsPeople, letterhead: Letterhead) -> None:
        self._sender = sender
        self._look_up = look_up
        self._letterhead = letterhead

    async def invite(self, follower: Follower, label: str) -> Became:
        """The link by which an address is confirmed."""
        here = self._letterhead.page(f"/follow/{follower.token}")
        words = (
            f"Somebody, we hope you, asked that this address be told of {label}.\n\n"
            f"If it was you, open this page and press the button:\n{here}\n\n"
            "If it was not, do nothing: the address is deleted after 7 days and you hear no more of it.\n"
        )
        return await self._send(follower.address, "Confirm that you want to follow", words, f"i{follower.id}")

    async def tell(self, due: Due, label: str) -> Became:
        """One piece of news, with the way to stop in one click (RFC 8058)."""
        stop = self._letterhead.page(f"/follow/{due.token}/stop")
        words = f"{self._news(due)}\n\n--\nYou follow {label}. To stop: {stop}\n"
        headers = {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "list",
        }
        named = title(due.about.rpartition("|")[2] if due.what == "late" else due.title) or due.cycle
        about = f"{due.version} of the record" if due.what == "checkpoint" else f"{named} ({due.cycle})"
        subject = f"{HEADS[due.what]}: {about}"
        return await self._send(due.address, subject, words, f"n{due.follower}.{due.news}", headers)

    async def asked(self, question: PublicQuestion) -> Became:
        """Tell the policy officers what somebody from the public asks."""
        day = self._letterhead.now().astimezone(LONDON).date()
        people = (await self._look_up.people()).values()
        officers = [one for one in people if Role.POLICY_OFFICER in one.roles_on(day)]
        to = [address for one in officers if (address := address_of(one))]
        quoted = textwrap.indent(clean(question.question), "> ", lambda _: True)
        here = self._letterhead.page("/meetings/questions")
        words = (
            f"{clean(question.name) or 'Somebody who gave no name'} asks for the meeting of "
            f"{hour(question.held_at)}:\n\n{quoted}\n\n"
            f"What to do next\nRead it and say what was done with it: {here}\n"
        )
        subject, became = "A question from the public for a meeting", set[Became]()
        for address in to:
            became.add(await self._send(address, subject, words, f"q{question.key}.{address}"))
        return next((one for one in ("down", "later") if one in became), "delivered")

    def _news(self, due: Due) -> str:
        if due.what == "checkpoint":
            return self._checkpoint(due)
        page = self._letterhead.page(f"/findings/{due.cycle.lower()}")
        if due.what == "late":
            named = due.about.rpartition("|")[2]
            late = self._letterhead.page("/late")
            return f"This was promised in public and is late now:\n{clean(named)}\n\n{late}"
        if due.what == "withdrawn":
            return f"Findings were withdrawn: {clean(due.title)}\n\nWhy: {clean(due.notice)}\n\n{page}"
        said = "were corrected" if due.what == "corrected" else "are published"
        return (
            f"Findings {said}: {clean(due.title)}\n\nThe answer in a sentence: {clean(due.answer)}\n\n{page}"
        )

    def _checkpoint(self, due: Due) -> str:
        page = self._letterhead.page("/ledger")
        return (
            f"This is checkpoint {due.version} of the record. Keep this message: by it you, or anybody to "
            "whom you give it, can tell later whether the record was changed.\n\n"
            f"{due.version}:{due.about}\n\n"
            f"The checkpoint: {page}/checkpoints/{due.version}.json\n"
            f"How to check: {page}"
        )

    async def _send(
        self, address: str, subject: str, words: str, name: str, headers: Mapping[str, str] | None = None
    ) -> Became:
        head = Head(
            letterhead=self._letterhead,
            to=[Address(addr_spec=address)],
            subject=title(subject, 120),
            identity=self._letterhead.identity_for(self._letterhead.page(f"/{name}")),
            more=headers or {},
        )
        message = head.over(f"{words}\n{self._letterhead.foot}")
        try:
            answer = await self._sender.send(message, self._letterhead.mail_from, [address])
        except PostDownError:
            return "down"
        code = answer.refused.get(address)
        if code is None:
            return "delivered"
        return "refused" if code >= PERMANENT else "later"
