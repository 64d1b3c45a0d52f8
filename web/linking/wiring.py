"""The emailed link as the settings have it: a secret that the worker shares, and a mail server."""

from clients.link_letters import LinkLetters
from clients.message import KnowsPeople
from clients.sending import letterhead_of, sender_of
from engine.task_links import KeepsLinks, TaskLinks
from settings import Settings


def links_of(settings: Settings, kept: KeepsLinks) -> TaskLinks | None:
    """What finds and makes links; None without the secret."""
    secret = settings.session_secret
    return TaskLinks(kept, secret) if secret else None


def link_letters_of(settings: Settings, look_up: KnowsPeople) -> LinkLetters:
    """What writes to a lead at once; without a mail server it says that nothing was sent."""
    return LinkLetters(sender_of(settings), look_up, letterhead_of(settings))
