"""Going over every file on the shelf, so that all of them lie encrypted with the key that writes now."""

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from clients.stacks import Place, Stacks
from sealing.keys import KeyRing, UnreadableError


@dataclass
class Gone:
    """What one round came to."""

    written: int = 0
    """Files that were encrypted, or encrypted anew."""
    stood: int = 0
    """Files that lay as they should."""
    wrong: dict[str, str] = field(default_factory=dict)
    """Files that could not be: where they lie, and why. They lie as they lay."""


async def encrypt(stacks: Stacks, ring: KeyRing, say: Callable[[Place], None]) -> Gone:
    """Encrypt every file that lies open or under an older key. Broken off, it is begun again and goes on.

    While it runs files are read and taken as ever.
    """
    done = Gone()
    async for place in stacks.everything():
        try:
            if place.sealed and await stacks.key_of(place) == ring.writes.id:
                done.stood += 1
                continue
            with tempfile.TemporaryFile() as file:
                await stacks.write_again(place, file)
        except FileNotFoundError:
            continue  # put away or encrypted meanwhile by somebody else
        except UnreadableError as why:
            done.wrong[place.path] = str(why)
        else:
            done.written += 1
            say(place)
    return done


async def by_key(stacks: Stacks) -> Counter[str]:
    """How many files lie under each key, by its name; those that lie open under none."""
    found: Counter[str] = Counter()
    async for place in stacks.everything():
        found[await stacks.key_of(place)] += 1
    return found
