"""A sentence of the product in English that remembers how it was made, to be said in another language."""

from typing import Self


class Said(str):
    """A string of ours, such as `Said("{count} files", count=3)`; what people typed is none."""

    __slots__ = ("parts", "pattern")
    pattern: str
    parts: dict[str, object]

    def __new__(cls, pattern: str, **parts: object) -> Self:
        """The English, filled in."""
        made = super().__new__(cls, pattern.format(**parts) if parts else pattern)
        made.pattern, made.parts = pattern, parts
        return made


class Spoken(str):
    """A string that stands already in the language of the page."""

    __slots__ = ()
