"""Redaction: the copy that is published, made from the original and the spans that are taken out of it."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType

from schemas.cycle import Span
from schemas.evidence import Ground
from schemas.outcomes import Refused

SOURCE = "local.redaction"

GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        "national_security": "national security",
        "safety": "somebody's safety",
        "prevention_or_detection": "prevention or detection of crime",
        "legal_prohibition": "the law forbids it",
        "commercial_confidentiality": "commercial confidentiality",
        "personal_data": "personal data",
        "legal_privilege": "legal privilege",
    }
)
"""Each ground as a reader finds it in the published copy."""


def mark(ground: Ground) -> str:
    """What stands in the copy in place of the words, such as `[withheld: personal data]`.

    Source: local.redaction
    """
    return f"[withheld: {GROUNDS[ground]}]"


def fault(text: str, spans: Iterable[Span]) -> Refused | None:
    """A refusal where spans do not lie within a text, run backwards, or overlap.

    Source: local.redaction
    Units: Unicode code points of the text exactly as it is stored.
    """
    for span in spans:
        if span.end > len(text):
            return _span_wrong(
                f"A passage ends at character {span.end}, but the text has {len(text)}. "
                "Choose the words in the draft again."
            )
    return misplaced(spans)


def misplaced(spans: Iterable[Span]) -> Refused | None:
    """A refusal where spans of one text run backwards or overlap.

    Source: local.redaction
    Units: Unicode code points.
    """
    ordered = _ordered(spans)
    if backwards := next((span for span in ordered if span.start >= span.end), None):
        return _span_wrong(f"The passage at character {backwards.start} holds no words. Choose at least one.")
    if any(left.end > right.start for left, right in pairwise(ordered)):
        return _span_wrong("Two passages overlap. Take one of them away, or make one of both.")
    return None


def redacted(text: str, spans: Iterable[Span]) -> str | Refused:
    """The copy: each span replaced by its ground in words; a refusal where a span is misplaced.

    Source: local.redaction
    Units: Unicode code points of the text exactly as it is stored.
    """
    ordered = _ordered(spans)
    if refused := fault(text, ordered):
        return refused
    parts, at = [], 0
    for span in ordered:
        parts += [text[at : span.start], mark(span.ground)]
        at = span.end
    return "".join([*parts, text[at:]])


def readable(text: str, spans: Iterable[Span]) -> tuple[tuple[str, str], ...]:
    """Each passage that is taken out with its ground in words, in the order of the text; for officers alone.

    Source: local.redaction
    """
    return tuple((text[span.start : span.end], GROUNDS[span.ground]) for span in _ordered(spans))


def located(text: str, words: str, nth: int = 1) -> tuple[int, int] | Refused:
    """Where some words stand in a text for the n-th time: start, and the place after the end.

    Source: local.redaction
    Units: Unicode code points; the first occurrence is 1.
    """
    at, found = -len(words), 0
    while words and found < nth:
        at = text.find(words, at + len(words))
        if at < 0:
            break
        found += 1
    if words and 0 < nth == found:
        return at, at + len(words)
    return Refused(
        code="words_not_found",
        message=(
            f"These words stand there {_times(text.count(words))} and not {nth} times. "
            "Choose one that is there."
            if words and words in text
            else "These words do not stand in that text. Copy them exactly from the draft."
        ),
        source=SOURCE,
        field="words",
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _ordered(spans: Iterable[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, span.end))


def _span_wrong(message: str) -> Refused:
    return Refused(code="span_wrong", message=message, source=SOURCE, field="spans")
