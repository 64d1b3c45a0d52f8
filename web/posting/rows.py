"""The letters about one request, as its page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from schemas.people import Person
from schemas.posting import Posted
from web.door.rooms import rooms
from web.pages.coming import MAILS
from web.posting.saying import address_of, became, can_be_sent_again


@dataclass(frozen=True)
class PostedRow:
    """One letter to one person."""

    one: Posted
    who: str
    letter: str
    said: str
    open: bool
    href: str


async def posted_rows(
    request: Request, reference: str, number: int, people: Mapping[str, Person]
) -> tuple[PostedRow, ...]:
    """Every letter about a request, newest first."""
    kept = rooms(request).post.posted
    found = await kept.posted(reference, number) if kept else []
    return tuple(
        PostedRow(
            one=one,
            who=people[one.person].title if one.person in people else one.person,
            letter=MAILS.get(one.notice.template) or one.notice.template.replace("_", " ").capitalize(),
            said=became(one),
            open=can_be_sent_again(one),
            href=address_of(one),
        )
        for one in found
    )
