"""The office's part of the settings: its name, look, words and languages."""

import re
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

READABLE = 4.5
"""The least contrast of text with what is behind it (WCAG 2.2, 1.4.3)."""
MOST_LOGO = 200_000
"""Bytes."""
NEARLY_BLACK = 0.04045
"""Up to which sRGB is linear, as WCAG 2.2 has it."""
NEARLY_BLACK = 0.04045
"""Up to which sRGB is linear, as WCAG 2.2 has it."""
RUNS = re.compile(
    r"<\s*(script|foreignObject|iframe|embed|object)\b|\son\w+\s*=|javascript:|<!ENTITY", re.IGNORECASE
)
ELSEWHERE = re.compile(
    r"(href|src)\s*=\s*[\"'](?!#|data:image/)|url\(\s*[\"']?(?!#|data:image/)|@import", re.IGNORECASE
)


class OfficeSettings(BaseSettings):
    """How one office is called and looks."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True, validate_default=True)

    office_name: str = "Office of the Police and Crime Commissioner for West Mercia"
    """The office's whole name, as pages and documents print it."""
    office_short: str = "West Mercia OPCC"
    """The office's short name, for headings and the subjects of mails."""
    office_colour: str = Field("#1d3461", pattern=r"^#[0-9a-fA-F]{6}$")
    """The office's colour: # and six hexadecimal digits. White text must be readable on it."""
    office_address: str | None = None
    """The office's postal address, for the foot of every page and document."""
    security_contact: str | None = Field(None, pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://\S+)$")
    """Whom somebody tells who found a weakness, for /.well-known/security.txt: mailto:name@host or https://host."""
    office_logo_file: Path | None = None
    """The office's sign, for the head of every page: an .svg or .png file of at most 200 kB."""
    words_file: Path | None = None
    """The file of the titles that pages use, as reference/words.yaml; left out, that one."""
    languages: str = Field("en", pattern=r"^[a-z]{2}(,[a-z]{2})*$")
    """The languages of the pages by their codes, such as en,cy; each has a catalogue in the folder locale."""

    @field_validator("office_colour")
    @classmethod
    def _white_is_readable(cls, colour: str) -> str:
        found = 1.05 / (_luminance(colour) + 0.05)
        if found < READABLE:
            raise ValueError(
                f"white text on {colour} has a contrast of {found:.1f} to 1, and {READABLE} is needed; "
                "choose a darker colour"
            )
        return colour

    @field_validator("office_logo_file")
    @classmethod
    def _a_picture(cls, file: Path | None) -> Path | None:
        if file is not None and (wrong := _wrong_logo(file)):
            raise ValueError(wrong)
        return file


def _luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= NEARLY_BLACK else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _wrong_logo(file: Path) -> str:
    """What is wrong with a logo; empty where nothing is."""
    try:
        held = file.read_bytes()
    except OSError:
        return f"{file} is missing or not ours to read"
    if len(held) > MOST_LOGO:
        return f"{file} has {len(held) // 1000} kB, and 200 are the most; save it smaller"
    if file.suffix == ".png":
        return "" if held.startswith(b"\x89PNG\r\n\x1a\n") else f"{file} is no PNG; save it as one"
    if file.suffix != ".svg":
        return f"{file} ends in neither .svg nor .png; save it as one of them"
    text = held.decode("utf-8", errors="replace")
    if "<svg" not in text:
        return f"{file} is no SVG; save it as one"
    if RUNS.search(text) or ELSEWHERE.search(text):
        return f"{file} has scripts in it or draws on other addresses; save it as plain SVG"
    return ""
