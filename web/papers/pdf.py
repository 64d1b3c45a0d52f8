"""The findings on paper: PDF/UA-1 and PDF/A-3a, the same bytes for the same record, its facts attached."""

import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from starlette.concurrency import run_in_threadpool

from web.door.rooms import Office
from web.papers.blocks import blocks, breakable, links
from web.public.picture import described, picture
from web.public.record import Looked, Record
from web.showing.dates import day, moment

TEMPLATE = Path(__file__).with_name("findings.typ")
FONTS = Path(__file__).parent.parent / "static" / "vendor" / "fonts"
SHAPES = (
    (0x20, 0x24F),
    (0x300, 0x4FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x200D),
    (0x2010, 0x2027),
    (0x2030, 0x2040),
    (0x2070, 0x20BF),
    (0x2190, 0x22FF),
)
"""The characters that the typefaces can print, tried one by one: Latin, Greek, Cyrillic, signs and arrows."""
MEDIA_TYPE = "application/pdf"


async def paper(record: Record, facts: bytes, office: Office) -> bytes:
    """The PDF of one published version; the typesetting runs beside the server's other work."""
    said = json.dumps(told(record, office), sort_keys=True, ensure_ascii=False)
    return await run_in_threadpool(typeset, said, facts.decode(), int(record.published_at.timestamp()))


@lru_cache(maxsize=64)
def typeset(said: str, facts: str, timestamp: int) -> bytes:
    """The PDF of what is said, with the facts attached as findings.json.

    Raises: typst.TypstError: it would not be a document that everybody can read.
    """
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        sys_inputs={"data": printable(said), "facts": facts},
        pdf_standards=["a-3a", "ua-1"],
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        timestamp=timestamp,
    )


def printable(words: str) -> str:
    """The words with what no typeface of ours can print named instead, such as `[grinning face]`.

    A document that promises to be readable for ever may not hold a character without a shape.
    """
    composed = unicodedata.normalize("NFC", words)
    return "".join(one if _has_shape(one) else f"[{_name(one)}]" for one in composed)


def told(record: Record, office: Office) -> dict[str, Any]:
    """What the paper says: of the published version alone, so that it never changes."""
    link = f"{office.public_url}/findings/{record.slug}"
    return {
        "office": {"name": record.published_by or office.name, "colour": office.colour},
        "link": link,
        "address": link.split("://", 1)[-1],
        "reference": record.reference,
        "version_words": f", version {record.version}" if record.version > 1 else "",
        "published": moment(record.published_at),
        "succession": list(record.printed),
        "fingerprint": record.fingerprint,
        "title": record.title,
        **_more(record),
        "question": record.question,
        "answer": record.answer,
        "findings": blocks(record.findings, top=3),
        "judgements": [
            {"title": one.title, "label": one.label, "tone": one.tone, "reasons": _flat(one.reasons)}
            for one in record.judgements
        ],
        "actions": [
            {"number": one.number, "what": one.what, "on": day(one.promised_on)} for one in record.actions
        ],
        "decisions": [
            {"number": one.number, "title": one.title, "reasons": _flat(one.reasons), "basis": one.basis}
            for one in record.decisions
        ],
        "meetings": [f"{forum}, {moment(at)}" for forum, at in record.meetings],
        "looked": [_looked(one) for one in record.looked],
        "picture": str(picture(record)),
        "picture_words": described(record),
        "commitments": [{"ref": ref, "text": text} for ref, text in record.commitments],
        "links": _links(record),
    }


def _more(record: Record) -> dict[str, Any]:
    """What only some findings have; empty where these do not."""
    more = record.more
    return {
        "corrected": more.correction,
        "asked": [
            {"by": one.by, "question": one.question, "answer": _flat(one.answer or one.note)}
            for one in more.questions
        ],
        "voted": [f"{one.result}: {one.question} {one.count}." for one in more.votes],
        "withheld": [
            {"what": one.what, "where": one.where, "ground": f"{one.ground} ({one.source})"}
            for one in more.withheld
        ],
    }


def _links(record: Record) -> list[dict[str, str]]:
    """Every link of the texts with its address: whoever has it on paper cannot press it."""
    texts = [
        record.findings,
        *(one.reasons for one in record.judgements),
        *(one.reasons for one in record.decisions),
        *(one.answer for one in record.more.questions),
    ]
    found = {to: words for said in texts for to, words in links(blocks(said))}
    return [
        {"words": words, "to": to, "shown": breakable(to)}
        for to, words in found.items()
        if to.startswith(("https://", "http://")) and words != to
    ]


def _looked(one: Looked) -> dict[str, Any]:
    came = f"{one.came}, {day(one.received_at)}" if one.received_at else one.came
    return {
        "title": one.title,
        "asked": one.asked,
        "due": day(one.due_on) if one.due_on else "At the meeting",
        "came": came + (f" (version {one.versions})" if one.versions > 1 else ""),
        "late": one.late,
        "held": one.held[:1].upper() + one.held[1:],
    }


def _flat(words: str) -> list[dict[str, Any]]:
    """A text without headings: in a table or under a decision they would upset the document's own."""
    return [part | {"is": "para"} if part["is"] == "heading" else part for part in blocks(words)]


def _has_shape(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in SHAPES)


def _name(character: str) -> str:
    return unicodedata.name(character, f"character {ord(character):X}").lower()
