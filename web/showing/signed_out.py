"""Why somebody is not signed in any more, in words."""

from web.door.keeping import Limits
from web.door.sessions import Door, Lost
from web.showing import dates, words

MINUTE = 60


AGAIN = "Open the link in your mail again: it leads back to the task."


def over(visitor: Door, limits: Limits) -> str:
    """Why a session ended, for whoever comes back to it; nothing where they ended it themselves."""
    idle, whole = limits.idle.total_seconds() // MINUTE, limits.whole.total_seconds() // (MINUTE * MINUTE)
    sentences = {
        "idle": f"You were signed out because nothing happened here for {idle:.0f} minutes.",
        "too_long": f"You were signed out because a session lasts {whole:.0f} hours at most.",
        "signed_out_elsewhere": "This browser was signed out from another one of yours.",
        "signed_out_there": "You signed out of your organisation, so you were signed out here too.",
        "ended_by_office": "The office ended your session. If you do not know why, ask the office.",
        "link_revoked": "The link that you came by was taken back. Ask the office for a new one.",
    }
    said = sentences.get(visitor.over or "", "")
    return f"{said} {AGAIN}" if visitor.by_link and visitor.over != "link_revoked" else said


def lost(what: Lost) -> str:
    """That somebody has a role no more, such as `Your role as commissioner ended on Friday 4 May 2028.`."""
    role = words.role(what.role)
    if what.on:
        return f"Your role as {role} ended on {dates.day(what.on)}."
    return f"The directory does not have you in the role of {role} any more."
