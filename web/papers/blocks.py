"""A text in markdown as plain data for the typesetter: nothing that anybody typed is ever read as markup."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from web.public.prose import tokens

Block = dict[str, Any]
"""A part of a text: what it is (`is`), and its words or the parts that it holds."""

HOLDS = {"bullet_list": "list", "ordered_list": "numbered", "blockquote": "quote"}
RUNS = {"strong": "strong", "em": "em", "link": "link"}
LONG = re.compile(r"\S{60}")
"""So much without a space is given a place to break: no line holds it, and no PDF beyond a length."""
ENDS = {"softbreak": " ", "hardbreak": "\n"}


def blocks(words: str, top: int = 2) -> list[Block]:
    """The parts of a text, in order."""
    return _blocks(SyntaxTreeNode(tokens(words, top)).children)


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> list[Block]:
    return [_block(node) for node in nodes]


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return {"is": "heading", "level": int(node.tag[1]), "runs": _runs(node.children)}
        case "bullet_list" | "ordered_list" | "blockquote":
            return {"is": HOLDS[node.type], "parts": [_part(one) for one in node.children]}
        case "table":
            return {"is": "table", "rows": _rows(node)}
        case "hr":
            return {"is": "rule"}
        case "paragraph":
            return {"is": "para", "runs": _runs(node.children)}
        case _:
            return {"is": "para", "runs": [{"is": "text", "words": breakable(node.content)}]}


def _part(node: SyntaxTreeNode) -> list[Block]:
    return _blocks(node.children) if node.type == "list_item" else [_block(node)]


def _rows(table: SyntaxTreeNode) -> list[list[list[Block]]]:
    return [
        [_runs(cell.children) for cell in row.children] for part in table.children for row in part.children
    ]


def _runs(nodes: Iterable[SyntaxTreeNode]) -> list[Block]:
    return [run for node in nodes for run in _run(node)]


def _run(node: SyntaxTreeNode) -> list[Block]:
    if node.type == "inline":
        return _runs(node.children)
    if node.type in RUNS:
        run = {"is": RUNS[node.type], "runs": _runs(node.children)}
        return [run | {"to": str(node.attrs["href"])} if node.type == "link" else run]
    if node.type == "code_inline":
        return [{"is": "code", "words": breakable(node.content)}]
    return [{"is": "text", "words": ENDS.get(node.type) or breakable(node.content)}]


def breakable(words: str) -> str:
    """The words with places to break in what is longer than a line."""
    return LONG.sub("\\g<0>\u200b", words)


def links(part: Any) -> Iterator[tuple[str, str]]:
    """The links within blocks, however deep: the address of each, and its words."""
    if isinstance(part, list):
        for one in part:
            yield from links(one)
    elif isinstance(part, dict):
        if part.get("is") == "link" and part["to"]:
            yield part["to"], words_of(part["runs"])
        for value in part.values():
            yield from links(value)


def words_of(runs: Iterable[Block]) -> str:
    """What some runs say, without how."""
    return "".join(one.get("words") or words_of(one.get("runs", ())) for one in runs)
