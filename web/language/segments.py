"""A template cut into what can be translated: text between tags, labels in tags, words in code.

A message is the text as the template has it, with its expressions and its inline tags without attributes:
`Last tested on {{ facts.tested.last_on | day }}, see <a>the list</a>.` A translation keeps both.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CODE = r"\{\{.*?\}\}|\{%.*?%\}|\{\#.*?\#\}"
PIECE = re.compile(
    rf"(?P<note>\{{\#.*?\#\}}|<!--.*?-->)|(?P<statement>\{{%.*?%\}})|(?P<expression>\{{\{{.*?\}}\}})"
    rf"|(?P<tag></?[a-zA-Z!](?:{CODE}|\"(?:{CODE}|[^\"])*\"|[^<>\"])*>)|(?P<text>[^<{{]+|.)",
    re.DOTALL,
)
INLINE = frozenset({"a", "strong", "em", "b", "i", "abbr", "time", "code", "span", "br"})
APART = frozenset({"script", "style"})
"""What stands in these is not for people."""
BARE = frozenset({"title", "option", "textarea"})
"""What stands in these can carry no mark of its own language."""
LABELS = re.compile(
    rf"(?P<before>\s(?:aria-label|title|alt|placeholder|data-label)=\")(?P<value>(?:{CODE}|[^\"])*)(?=\")",
    re.DOTALL,
)
LITERAL = re.compile(
    r"(?P<before>(?:[=!]=|\bin|\[|\(|,|:)?\s*)\"(?P<text>[^\"\\{}<>]*)\"(?P<after>\s*(?:[=!]=|:|\])?)"
)
LETTER = re.compile(r"[^\W\d_]")
MACHINE = re.compile(r"govuk-|moj-|app-|^[#/.]|\.html$|^\S+=|^https?:|[_|]|^[-\w]+/[-\w]+$")
NAMES = re.compile(r"\"(?:classes|id|name|href|type|value|autocomplete|role)\":\s*$")
COUNTS = re.compile(r"plural\((?:\"[^\"]*\",\s*)?$")
PLAIN = ("extends", "include", "import", "from", "macro", "block", "endblock")

Look = Callable[[str], str | None]
"""The translation of a message; None where there is none."""


@dataclass(frozen=True)
class Piece:
    """One piece of a template's source."""

    kind: str
    source: str

    @property
    def name(self) -> str:
        """Of a tag its name, of a statement its word."""
        found = re.search(r"[a-zA-Z!]+", self.source)
        return found[0].casefold() if found else ""

    @property
    def closes(self) -> bool:
        """Whether it is the end of an element."""
        return self.kind == "tag" and self.source.startswith("</")

    @property
    def bare(self) -> str:
        """The piece as a message has it."""
        if self.kind == "tag":
            return f"</{self.name}>" if self.closes else f"<{self.name}>"
        return re.sub(r"\s+", " ", self.source)


def pieces(source: str) -> list[Piece]:
    """A template's source in its pieces, none left out."""
    return [Piece(str(one.lastgroup), one[0]) for one in PIECE.finditer(source)]


@dataclass(frozen=True)
class Run:
    """Pieces that belong together, and whether a mark of their language can stand around them."""

    pieces: tuple[Piece, ...]
    inner: bool
    """Whether it is text and expressions, and no tag or statement that ends a sentence."""
    markable: bool = True

    @property
    def message(self) -> str:
        """What a translator reads; empty where there is nothing to translate."""
        said = "".join(one.bare for one in self.pieces).strip()
        words = "".join(one.source for one in self.pieces if one.kind == "text")
        return said if self.inner and LETTER.search(re.sub(r"&\w+;", "", words)) else ""


def runs(source: str) -> Iterator[Run]:
    """A template's source run by run, none left out."""
    held: list[Piece] = []
    within: list[str] = []
    for one in pieces(source):
        if _goes_on(one) and not APART & set(within):
            held.append(one)
            continue
        yield from _trimmed(held, markable=not within)
        held = []
        yield Run((one,), inner=False)
        _enter(one, within)
    yield from _trimmed(held, markable=not within)


def _goes_on(one: Piece) -> bool:
    return one.kind in ("text", "expression") or (one.kind == "tag" and one.name in INLINE)


def _enter(one: Piece, within: list[str]) -> None:
    """Note which elements and blocks we are in that allow no mark."""
    if one.kind == "statement":
        if re.match(r"\{%-?\s*block pageTitle", one.source):
            within.append("block")
        elif within and within[-1] == "block" and "endblock" in one.source:
            within.pop()
    elif one.kind == "tag" and one.name in APART | BARE:
        if one.closes:
            within[:] = [it for it in within if it != one.name]
        else:
            within.append(one.name)


def _trimmed(held: list[Piece], *, markable: bool) -> Iterator[Run]:
    """A run without what stands around its sentence: blanks, and tags that hold it or are left open."""
    first, last = 0, len(held)
    while first < last and (edges := _edges(held[first:last])) != (0, 0):
        first, last = first + edges[0], last - edges[1]
    middle = held[first:last]
    yield from (Run((one,), inner=False) for one in held[:first])
    if not _balanced(middle):
        yield from (Run((one,), inner=one.kind == "text", markable=markable) for one in middle)
    elif middle:
        yield Run(tuple(middle), inner=True, markable=markable)
    yield from (Run((one,), inner=False) for one in held[last:])


def _edges(held: list[Piece]) -> tuple[int, int]:
    """How many pieces at each edge of a run are none of its sentence."""
    blanks = int(_blank(held[0])), int(len(held) > 1 and _blank(held[-1]))
    if blanks != (0, 0):
        return blanks
    if _balanced(held):
        around = held[0].kind == held[-1].kind == "tag" and len(held) > 1 and _holds_all(held)
        return (1, 1) if around else (0, 0)
    open_at = [one.kind == "tag" and _alone(held, one) for one in (held[0], held[-1])]
    return int(open_at[0]), int(len(held) > 1 and open_at[1])


def _blank(one: Piece) -> bool:
    return one.name == "br" if one.kind == "tag" else one.kind == "text" and not one.source.strip()


def _alone(held: list[Piece], one: Piece) -> bool:
    """Whether the other half of a tag is not in the run."""
    same = [it for it in held if it.kind == "tag" and it.name == one.name]
    return sum(1 if it.closes else -1 for it in same) != 0


def _holds_all(held: list[Piece]) -> bool:
    """Whether the first tag is closed by the last."""
    depth = 0
    for number, one in enumerate(held):
        if one.kind == "tag" and one.name != "br":
            depth += -1 if one.closes else 1
        if depth == 0 and number < len(held) - 1:
            return False
    return True


def _balanced(held: list[Piece]) -> bool:
    open_ones: list[str] = []
    for one in held:
        if one.kind != "tag" or one.name == "br":
            continue
        if not one.closes:
            open_ones.append(one.name)
        elif not open_ones or open_ones.pop() != one.name:
            return False
    return not open_ones


def fits(message: str, translation: str) -> bool:
    """Whether a translation has the expressions and tags of its message, and nothing else that runs."""
    ours, theirs = pieces(message), pieces(translation)
    allowed = all(one.kind in ("text", "expression") or one.name in INLINE for one in theirs)
    return allowed and _balanced(theirs) and _parts(ours) == _parts(theirs) and bool(translation.strip())


def _parts(found: list[Piece]) -> Counter[str]:
    return Counter(one.bare for one in found if one.kind != "text")


def literals(code: str) -> Iterator[re.Match[str]]:
    """The words for people in the code of an expression or a statement."""
    for one in LITERAL.finditer(code):
        if _for_people(one, code[: one.start("text") - 1]):
            yield one


def _for_people(one: re.Match[str], before: str) -> bool:
    text = one["text"]
    compared = one["before"].strip() in ("==", "!=", "in", "[") or one["after"].strip() in (
        "==",
        "!=",
        ":",
        "]",
    )
    if compared or not LETTER.search(text) or MACHINE.search(text) or NAMES.search(before):
        return False
    return text[:1].isupper() or " " in text.strip() or bool(COUNTS.search(before))
