"""Who may hear of which topic: whoever may see the page that it is about."""

from schemas.people import Person, Side
from web.live.hub import AGAIN, LOST, Hub

EVERYBODY = (AGAIN, LOST)
OF_SIDE: dict[Side, tuple[str, ...]] = {
    "opcc": ("cycle", "meeting", "room", "programme", "mail", "files"),
    "panel": ("cycle", "meeting", "room"),
    "force": ("cycle",),
}
"""What each side may hear of, by the word that a topic begins with."""


async def may_hear(hub: Hub, person: Person, keys: frozenset[str], topic: str) -> bool:
    """Whether somebody may hear of a topic; of a cycle, where one of their keys opens some of it."""
    if topic in EVERYBODY:
        return True
    kind, _, named = topic.partition(":")
    if kind not in OF_SIDE.get(person.side, ()):
        return False
    cycle = named.partition("/")[0]
    return bool(keys & await hub.openers(cycle)) if cycle.startswith("HTA-") else True


def said(topic: str) -> str:
    """What a topic is called when it is read out."""
    kind, _, named = topic.partition(":")
    words = {
        "cycle": f"Something new in cycle {named}.",
        "meeting": f"Meeting {named} has changed.",
        "room": "Something new in the room.",
        "programme": "The programme has changed.",
        "mail": "A mail was sent.",
        "files": "A file has arrived or was checked.",
    }
    return words.get(kind, "")
