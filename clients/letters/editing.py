"""Letters in an office's own words: what may stand in one, and what is wrong with one, by its line.

An office writes the blocks of a letter; the layout around them stays ours, and with it the reference, the
link to the page and who gets it. A letter is kept only when it can be set with every sample.
"""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes

from clients.letters import TEXT, Letter, set_letter
from clients.letters.samples import DUE, ENVELOPE, NAMES, samples
from clients.letters.typesetting import environment

MOST = 6_000
"""Characters of one letter."""
BLOCKS = ("subject", "letter", "next")
GIVEN = frozenset({*NAMES, "envelope", "layout", "kit"})
ALLOWED = (
    nodes.Template, nodes.Extends, nodes.Block, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Call, nodes.CallBlock, nodes.Filter, nodes.FilterBlock, nodes.If,
    nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat,
    nodes.Tuple, nodes.List, nodes.Keyword, nodes.EvalContextModifier,
)  # fmt: skip
"""What a letter may be made of: no sums, nothing that is set, included or imported."""
BEGUN = "layout"


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a letter, in a sentence that says what to do, and in which line."""

    line: int
    message: str

    @property
    def sentence(self) -> str:
        """With its line."""
        return f"Line {self.line}: {self.message}" if self.line else self.message


@cache
def letters() -> tuple[str, ...]:
    """Every letter that an office may write anew, by name."""
    found = TEXT.list_templates(filter_func=lambda name: name.endswith(".j2") and "/" not in name)
    return tuple(name.removesuffix(".j2") for name in found if not name.startswith(("kit.", "letter.")))


@cache
def ours(name: str) -> str:
    """The product's own words of a letter."""
    if TEXT.loader is None:
        raise LookupError(name)
    return TEXT.loader.get_source(TEXT, f"{name}.j2")[0]


@cache
def says_when(name: str) -> bool:
    """Whether our letter says when something is due: then an office's has to say it too."""
    return DUE in _set(name, None, samples()["everything there"]).text


def preview(name: str, text: str | None) -> Letter:
    """A letter with a sample of everything, in our words or an office's."""
    return _set(name, text, samples()["everything there"])


def wrong_with(name: str, text: str) -> Wrong | None:
    """What is wrong with a letter in an office's own words; None where it can be sent."""
    if len(text) > MOST:
        return Wrong(0, f"Write the letter in {MOST:,} characters or fewer: it has {len(text):,}.")
    try:
        tree = environment("txt", theirs={}).parse(text)
        found = next((one for look in LOOKS for one in look(tree)), None)
    except TemplateSyntaxError as trouble:
        return Wrong(trouble.lineno, f"{_plainly(trouble)} Compare it with the product's words beside it.")
    except RecursionError:
        return Wrong(0, "It is nested too deep. Write it more simply.")
    return found or _in_the_samples(name, text)


def _frame(tree: nodes.Template) -> Iterator[Wrong]:
    """The layout that has to be there, and the three blocks."""
    begins = list(tree.find_all(nodes.Extends))
    ours = [one for one in begins if isinstance(one.template, nodes.Name) and one.template.name == BEGUN]
    if len(begins) != 1 or not ours:
        yield Wrong(1, "Begin with {% extends layout %}: it brings the reference, the link and the foot.")
    blocks = [one.name for one in tree.find_all(nodes.Block)]
    for name in BLOCKS:
        if blocks.count(name) != 1:
            yield Wrong(0, f"Write the block {name} once: {{% block {name} %}} … {{% endblock %}}.")


def _parts(tree: nodes.Template) -> Iterator[Wrong]:
    """What may not stand in a letter, wherever it stands."""
    for node in _every(tree):
        if not isinstance(node, ALLOWED):
            yield Wrong(node.lineno, f"Leave this out: {type(node).__name__} is not for letters.")
    for one in tree.find_all(nodes.For):
        inner = [two for part in one.body for two in part.find_all(nodes.For)]
        if inner or any(isinstance(part, nodes.For) for part in one.body):
            yield Wrong(one.lineno, "Put no loop into another one.")
        if not isinstance(one.iter, nodes.Name | nodes.Getattr | nodes.Getitem):
            yield Wrong(one.lineno, "Let a loop go through one of the names that may be used.")


def _names(tree: nodes.Template) -> Iterator[Wrong]:
    """Names that nothing stands for."""
    for name in sorted(meta.find_undeclared_variables(tree) - GIVEN):
        yield Wrong(_line_of(tree, name), f"There is no {name}. The names that may be used are listed below.")


LOOKS = (_frame, _parts, _names)


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _every(child)


def _line_of(tree: nodes.Template, name: str) -> int:
    return next((one.lineno for one in tree.find_all(nodes.Name) if one.name == name), 0)


def _in_the_samples(name: str, text: str) -> Wrong | None:
    """What is seen when it is set with each sample."""
    for which, facts in samples().items():
        try:
            letter = _set(name, text, facts)
        except (
            TemplateError,
            TypeError,
            ValueError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as trouble:
            return Wrong(_line_in(trouble), f"It cannot be set with {which}: {_plainly(trouble)}")
        if not letter.subject.partition(f" ({facts['ref']})")[0].strip():
            return Wrong(0, f"The subject is empty with {which}. Write one that stands by itself.")
    return _left_out(name, preview(name, text))


def _left_out(name: str, letter: Letter) -> Wrong | None:
    """What every reader has to find in it."""
    facts = samples()["everything there"]
    for what, must in (("link to the page", ENVELOPE.url), ("reference", str(facts["ref"]))):
        if must not in letter.text or must not in letter.html:
            return Wrong(0, f"The {what} is missing. Keep {{% extends layout %}}, which brings it.")
    if says_when(name) and not (DUE in letter.text and DUE in letter.html):
        return Wrong(0, "It does not say when it is due. Write {{ due }} where the reader looks for it.")
    return None


def _set(name: str, text: str | None, facts: dict[str, Any]) -> Letter:
    return set_letter(name, facts, text)


def _line_in(trouble: BaseException) -> int:
    """The line of the letter in which something went wrong."""
    found = [
        one.lineno for one in traceback.extract_tb(trouble.__traceback__) if one.filename == "<template>"
    ]
    return found[-1] or 0 if found else 0


def _plainly(trouble: BaseException) -> str:
    """What the setter says, as a sentence."""
    said = str(trouble).strip().rstrip(".") or type(trouble).__name__
    return f"{said[:1].upper()}{said[1:]}."
