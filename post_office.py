"""How the worker's post is put together: who carries it, what goes with the letters, and its rounds.

A part of the worker's door. The settings are handed to it.
"""

from datetime import UTC, datetime
from typing import Protocol

import structlog

from clients import sending
from clients.bounces import BouncesFolder
from clients.digest_letters import DigestLetters
from clients.follower_letters import FollowerLetters
from clients.message import SendsMail
from clients.post import LooksUp, PostRoom
from clients.posted import Beside
from engine import following
from engine.inviting import invitation
from engine.opened import Knows, OpeningsTold
from engine.posting import Carries, LooksOutside, PostRound
from engine.task_links import TaskLinks
from rules.telling.waiting import MAY_WAIT
from store.followers import Followers
from store.links import Links
from store.pool import Pool
from store.posting import Choosing, LetterEditions, Posting
from store.walls import AccessKept

log = structlog.get_logger("answerable.worker")


class Records(LooksUp, following.Knows, Knows, Protocol):
    """What letters and rounds have to know."""


def sender_of(chosen: sending.SaysWho) -> SendsMail | None:
    """Whoever carries the mail; without anybody, every notice is noted as not delivered."""
    found = sending.sender_of(chosen)
    if found is None:
        log.warning("no mail server is set: notices are noted as not delivered")
    return found


def post_of(chosen: sending.SaysWho, records: Records, pool: Pool) -> PostRoom:
    """What carries notices by mail; without the secret that the pages have too, letters carry no links."""
    secret = chosen.session_secret
    if secret is None:
        log.warning("no session secret is set: letters carry no links that work without an account")
    beside = Beside(
        notes=Posting(pool),
        waiting=Choosing(pool),
        may_wait=frozenset(MAY_WAIT),
        editions=LetterEditions(pool),
        invites=invitation,
    )
    return PostRoom(
        sender_of(chosen), records, sending.letterhead_of(chosen),
        links=TaskLinks(Links(pool), secret) if secret else None, beside=beside,
    )  # fmt: skip


def rounds_of(
    chosen: sending.SaysWho, lookout: LooksOutside, records: Records, pool: Pool, post: Carries
) -> OpeningsTold:
    """The rounds of every minute and every morning: those who follow, the post's own, and what was opened."""
    post_office, letterhead = sender_of(chosen), sending.letterhead_of(chosen)
    letters = FollowerLetters(post_office, records, letterhead) if post_office else None
    telling = following.Telling(lookout, Followers(pool), letters, records, now)
    folder = BouncesFolder(chosen.bounces_folder) if chosen.bounces_folder else None
    posts = PostRound(
        telling,
        post,
        posting=Posting(pool),
        waiting=Choosing(pool),
        letters=DigestLetters(post_office, letterhead),
        knows=records,
        now=now,
        folder=folder,
    )
    return OpeningsTold(posts, post, AccessKept(pool), records, now)


def now() -> datetime:
    """The instant: the worker is an edge where one enters."""
    return datetime.now(UTC)  # noqa: TID251 - a door reads the clock
