"""Every refusal is provoked somewhere."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def texts(node: ast.AST) -> set[str]:
    """The texts that an expression may be."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def calls(folder: str) -> list[tuple[str, ast.Call]]:
    """Every call in a folder's files, with the name of what is called."""
    found = []
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
                found.append((name, node))
    return found


def written() -> set[str]:
    """The codes with which the rules refuse."""
    codes: set[str] = set()
    for name, call in calls("rules"):
        if name == "Refused":
            codes |= {text for word in call.keywords if word.arg == "code" for text in texts(word.value)}
        if name in ("_wrong", "refuse") and call.args:
            codes |= texts(call.args[0])
    return codes


def provoked() -> set[str]:
    """Every text that a test of the rules checks a refusal for."""
    file_texts: set[str] = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        if file.name != Path(__file__).name:
            tree = ast.parse(file.read_text(encoding="utf8"))
            file_texts |= {text for node in ast.walk(tree) for text in texts(node)}
    return file_texts


def test_every_code_of_the_rules_is_provoked_by_a_test() -> None:
    """No refusal is written that nobody has seen."""
    assert written() - provoked() == set()


def test_the_codes_are_found() -> None:
    """The search sees codes in each of the ways in which they are written."""
    assert {"not_your_role", "not_asked_yet", "no_such_request", "no_address", "no_such_slot"} <= written()
    assert len(written()) > 40
