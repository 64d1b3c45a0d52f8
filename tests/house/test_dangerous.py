"""Nothing runs what somebody typed, unpacks what can run, or takes weak arithmetic for a seal."""

import ast
import re

import pytest

from tests.house.test_doors import product
from tests.house.test_sizes import ROOT

CALLS = re.compile(
    r"(^|\.)(eval|exec|compile_command|__import__)$"
    r"|^os\.(system|popen|spawn\w*)$"
    r"|^(pickle|cPickle|dill|shelve|marshal|jsonpickle)\."
    r"|^yaml\.(load|unsafe_load|full_load)$"
    r"|^(tempfile\.)?mktemp$"
    r"|^(xml\.|minidom|ElementTree|etree\.(parse|fromstring|XML)$|lxml)"
    r"|^hashlib\.(md5|sha1|new)$"
    r"|^(hashes|algorithms|modes)\.(MD5|SHA1|ARC4|TripleDES|DES|Blowfish|ECB|CBC)$"
    r"|^random\."
    r"|^ssl\._create_unverified_context$"
)
"""Calls that are not made: each has a safe way beside it."""
IMPORTS = {"pickle", "marshal", "shelve", "xml", "telnetlib", "ftplib", "random", "imp"}
WEAK = {"shell": True, "verify": False, "autoescape": False, "check_hostname": False}
"""Arguments that are not given."""
ALLOWED = {("rules/explaining/strip.py", "xml.sax.saxutils")}
"""It writes XML and reads none."""


def dangers(text: str) -> set[str]:
    """What a source text does that is not done here."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            if CALLS.search(name := ast.unparse(node.func)):
                found.add(name)
            found |= {ast.unparse(one) for one in node.keywords if is_weak(one)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names if one.name.split(".")[0] in IMPORTS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in IMPORTS:
            found.add(node.module or "")
        elif isinstance(node, ast.Attribute) and node.attr in ("CERT_NONE", "PROTOCOL_TLSv1"):
            found.add(node.attr)
    return found


def is_weak(one: ast.keyword) -> bool:
    """Whether an argument takes a safeguard away."""
    return one.arg in WEAK and isinstance(one.value, ast.Constant) and one.value.value is WEAK[one.arg]


def test_nothing_dangerous_is_done() -> None:
    """No shell, no evaluation, no unpacking of what can run, no XML that refers, no broken cipher."""
    files = [file for file in product() if file.relative_to(ROOT).parts[0] != "bench"]
    found = {
        (str(file.relative_to(ROOT)), one)
        for file in files
        for one in dangers(file.read_text(encoding="utf8"))
    }
    assert len(files) > 300
    assert found == ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "eval(said)", "builtins.exec(said)", "os.system(said)", "subprocess.run(said, shell=True)",
        "import pickle", "from pickle import loads", "yaml.load(said)", "import xml.etree.ElementTree as t",
        "hashlib.md5(said)", "modes.ECB()", "httpx.get(said, verify=False)", "Environment(autoescape=False)",
        "context.verify_mode = ssl.CERT_NONE", "import random", "tempfile.mktemp()",
    ],
)  # fmt: skip
def test_every_danger_is_seen(text: str) -> None:
    """Called or imported, in any of the ways in which it is written."""
    assert dangers(text)
