"""Every rule says on what it rests."""

import ast
import re
from pathlib import Path

from reference.catalogue import sources

RULES = Path(__file__).parents[2] / "rules"
CITES = re.compile(r"^Source: (\S+)$", re.MULTILINE)

Rule = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def rules_in(body: list[ast.stmt], where: str) -> dict[str, str]:
    """Every public rule and what its docstring says; methods of classes included."""
    found: dict[str, str] = {}
    for node in body:
        if isinstance(node, Rule) and not node.name.startswith("_"):
            name = f"{where}.{node.name}"
            found[name] = ast.get_docstring(node) or ""
            if isinstance(node, ast.ClassDef):
                found |= rules_in(node.body, name)
    return found


def every_rule() -> dict[str, str]:
    """Every public function, class and method of the rules."""
    found: dict[str, str] = {}
    for file in sorted(RULES.rglob("*.py")):
        found |= rules_in(ast.parse(file.read_text(encoding="utf8")).body, file.stem)
    return found


def test_every_rule_cites_an_entry_of_the_register() -> None:
    """A rule without a source, or with one that nobody registered, is no rule of this house."""
    every = every_rule()
    cited = {name: CITES.search(said) for name, said in every.items()}
    # A property or method may rest on what its class cites.
    unfounded = [
        name
        for name, found in cited.items()
        if (found is None or found[1] not in sources()) and not cited.get(name.rpartition(".")[0])
    ]
    assert len(every) > 100
    assert unfounded == []


def test_every_refusal_names_a_source_that_is_registered() -> None:
    """What people are told rests on the register too."""
    named = {
        word.value.value
        for file in RULES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused"
        for word in node.keywords
        if word.arg == "source" and isinstance(word.value, ast.Constant)
    }
    assert named
    assert named - set(sources()) == set()
