"""What every shape has in common, and the small words that shapes are written with."""

import hashlib
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A frozen value; unknown fields are ignored (payloads are for ever), errors never repeat the input."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


Instant = AwareDatetime
"""An instant with its zone; kept and sent as UTC. Civil days are named `*_on` and are days in London."""

CycleRef = Annotated[str, Field(pattern=r"^HTA-[0-9]{4}-[0-9]{2,4}$")]
"""A cycle's reference for ever, such as `HTA-2026-07`."""

ActionNumber = Annotated[str, Field(pattern=r"^[0-9]{4}/[0-9]{3,4}$")]
"""An action's number within its year, such as `2026/015`."""

CommitmentRef = Annotated[str, Field(pattern=r"^[A-Z]{2,5}-[A-Z]{2,12}-[0-9]{2,3}$")]
"""A commitment of a plan, such as `SWM-REASSURE-04`."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A name that is safe in addresses and says nothing personal."""

CommandKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{8,80}$")]
"""Given by the client, once per act: the same key with the same content gets the same answer."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a file's bytes, in hexadecimal."""

TextRef = Annotated[str, Field(pattern=r"^text:[0-9a-f]{64}$")]
"""A text by its SHA-256. The words themselves stay in the store, out of workflow history."""

CalendarVersion = Annotated[str, Field(pattern=r"^[a-z-]+/[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A bank-holiday calendar and the day of its edition, such as `england-and-wales/2026-11-22`."""

MeetingRef = Annotated[str, Field(pattern=r"^MTG-[0-9]{4}-[0-9]{2,4}$")]
"""A meeting that several cycles may share, such as `MTG-2026-04`."""

ProgrammeRef = Annotated[str, Field(pattern=r"^PRG-[a-z0-9][a-z0-9-]{1,58}$")]
"""A programme's reference for ever, named after the body that began it, such as `PRG-west-mercia-opcc`."""

SlotNumber = Annotated[str, Field(pattern=r"^[0-9]{4}/[0-9]{2,3}$")]
"""A cycle to come by its place in a programme year, such as `2026/03` in the year from April 2026."""

Marking = Literal["OFFICIAL", "OFFICIAL-SENSITIVE"]
"""Handling marking. The system is not accredited for anything higher, so nothing higher can be written."""


def later(default: Any) -> Any:
    """A field that came after the first payloads: left out at its default, so those read and digest alike."""
    return Field(default=default, exclude_if=lambda value: value == default)


def text_ref(words: str) -> str:
    """The reference of a text: `text:` and the SHA-256 of its UTF-8 bytes."""
    return "text:" + hashlib.sha256(words.encode()).hexdigest()


class Words:
    """Texts on their way to the store beside the command that names them."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def ref(self, words: str) -> str:
        """The reference of a text, kept with its ends trimmed and one kind of line end."""
        clean = words.replace("\r\n", "\n").strip()
        ref = text_ref(clean)
        self.kept[ref] = clean
        return ref

    def maybe(self, words: str | None) -> str | None:
        """The same for a text that may be missing or blank: then None."""
        return self.ref(words) if words and words.strip() else None
