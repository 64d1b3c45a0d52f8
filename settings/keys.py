"""What a deployment can say of its keys: with which ring files and the engine's memory are encrypted."""

from functools import cache
from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sealing.keys import KeyRing, parse
from settings.post import content

NONE = Path("none")


class KeySettings(BaseSettings):
    """The part of the settings that is about keys."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    keys_file: Path | None = None
    """The file of the keys that files and the engine's memory are encrypted with, made with
    `python starter.py keys new --file FILE` (docs/secrets.md), or none: nothing is encrypted."""

    @field_validator("keys_file")
    @classmethod
    def _a_ring(cls, path: Path | None) -> Path | None:
        if path not in (None, NONE):
            text = content(path)
            if not text:
                raise ValueError(f"{path} is empty, missing or not ours to read")
            parse(text)
        return path

    @property
    def ring(self) -> KeyRing | None:
        """The keys in keys_file."""
        text = content(self.keys_file) if self.keys_file != NONE else None
        return _ring(text) if text else None


@cache
def _ring(text: str) -> KeyRing:
    return parse(text)
