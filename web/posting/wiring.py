"""The post as the settings have it."""

from clients.sending import letterhead_of, sender_of
from clients.trial_letters import TrialLetters
from settings import Settings
from store.pool import Pool
from store.posting import Choosing, LetterEditions, Posting
from web.door.posting import PostKept


def post_of(settings: Settings, pool: Pool) -> PostKept:
    """What the face can ask of the post, and tell it."""
    return PostKept(
        posted=Posting(pool),
        choices=Choosing(pool),
        editions=LetterEditions(pool),
        callback=settings.notify_callback,
        trials=TrialLetters(sender_of(settings), letterhead_of(settings)),
    )
