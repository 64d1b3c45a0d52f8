"""What every command of the tests begins with: the cycle, a fresh key, and the check at any door."""

from typing import Any

from pydantic import TypeAdapter

from schemas.commands import AnyCommand
from schemas.evidence import WrittenItem
from schemas.people import Actor
from tests import scenario as s

REF = "HTA-2026-07"
ACTION = "2026/015"
PROOF = (WrittenItem(text=s.say("Here is the proof.")),)
ANY: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)


def act(kind: str, actor: Actor, **facts: Any) -> AnyCommand:
    """A command of a kind with these facts, checked as at any door."""
    return ANY.validate_python({"cycle": REF, "key": s.key(), "kind": kind, "actor": actor, **facts})
