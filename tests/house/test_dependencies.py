"""What the product brings along: pinned, with digests, under licences that are allowed, and asked about."""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from scripts import audit, sbom
from scripts.locked import LOCKS, LockWrong, allowed, licences, npm, parts, python

EVERY = sorted(LOCKS.glob("*.lock"))


@pytest.mark.parametrize("lock", EVERY, ids=lambda one: one.stem)
def test_every_library_is_pinned_with_its_digests(lock: Path) -> None:
    """No lock has a line that pins nothing, and no library comes without a digest of each of its files."""
    found = python(lock)
    assert found
    assert [one.name for one in found if not one.digests] == []


def test_every_library_of_the_pages_is_pinned_with_its_digest() -> None:
    """The lock of npm too."""
    found = list(npm())
    assert found
    assert [one.name for one in found if not one.digests] == []


@pytest.mark.parametrize(
    "line",
    ["httpx>=0.28", "git+https://code.example/httpx", "-e .", "httpx==0.28.1 --hash=md5:0", "./httpx.whl"],
)
def test_a_line_that_pins_nothing_is_named(line: str, tmp_path: Path) -> None:
    """A range, a repository, a folder, another digest: each is refused with its line."""
    lock = tmp_path / "run.lock"
    lock.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(LockWrong, match=r"run\.lock, line 1 pins nothing"):
        python(lock)


def test_every_library_of_the_product_has_an_allowed_licence() -> None:
    """The list of licences is that of the lock, no more and no less, and all of them are allowed."""
    said = licences()
    assert set(said) == {one.name for one in python(LOCKS / "run.lock")}
    every = {**said, **{one.name: one.licence or "none said" for one in npm() if not one.for_checks}}
    assert {name: one for name, one in every.items() if not set(parts(one)) <= allowed()} == {}


def test_the_list_of_licences_is_what_the_libraries_themselves_say() -> None:
    """Where what is installed says its licence in SPDX, the list says the same."""
    wrong, compared = {}, 0
    for name, said in licences().items():
        try:
            own = (distribution(name).metadata.get_all("License-Expression") or [None])[0]
        except PackageNotFoundError:
            continue
        compared += own is not None
        if own is not None and own != said:
            wrong[name] = own
    assert wrong == {}
    assert compared > 30


def test_the_bill_of_materials_has_every_library_once_and_is_the_same_twice() -> None:
    """With its licence and digests, and nothing in it of the moment or of the machine."""
    digest = {"hashes": [{"alg": "SHA-256", "content": "0" * 64}], "url": "https://index.example/here"}
    components = [
        {"name": one.name, "version": one.version, "purl": f"pkg:pypi/{one.name}@{one.version}",
         "bom-ref": f"requirements-L{number}", "externalReferences": [digest]}
        for number, one in enumerate(python(LOCKS / "run.lock"))
    ]  # fmt: skip
    made = {"$schema": "s", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    first = json.dumps(sbom.bill({**made, "components": components}))
    again = json.dumps(sbom.bill({**made, "components": components[::-1], "serialNumber": "urn:uuid:1"}))
    assert first == again
    assert "index.example" not in first
    read = json.loads(first)["components"]
    assert len({one["purl"] for one in read}) == len(read)
    assert {"httpx", "govuk-frontend"} <= {one["name"] for one in read}
    assert all(one["licenses"] and one["properties"] for one in read)


PIP_SAYS = {
    "clean": {"dependencies": [{"name": "httpx", "version": "1", "vulns": []}]},
    "known": {"dependencies": [{"name": "httpx", "version": "1", "vulns": [{"id": "PYSEC-1"}]}]},
    "skipped": {"dependencies": [{"name": "httpx", "skip_reason": "not found"}]},
    "another": {"dependencies": [{"name": "other", "version": "1", "vulns": []}]},
    "nothing": {},
}


@pytest.mark.parametrize(
    ("said", "code"), [("clean", 0), ("known", 1), ("skipped", 2), ("another", 2), ("nothing", 2)]
)
def test_an_audit_that_was_not_answered_for_every_library_never_passes(said: str, code: int) -> None:
    """pip-audit ends with 0 where a mirror knows no advisories: that is not taken for a clean bill."""
    assert audit.of_python(json.dumps(PIP_SAYS[said]), {"httpx"}).code == code


@pytest.mark.parametrize("answered", ["", "Traceback", "[]", '{"dependencies": null}', '{"error": {}}'])
def test_no_answer_at_all_never_passes(answered: str) -> None:
    """Neither Python's nor npm's."""
    assert audit.of_python(answered, {"httpx"}).code == audit.NOT_ASKED
    assert audit.of_npm(answered).code == audit.NOT_ASKED


def test_npm_is_asked_about_all_of_them() -> None:
    """A count below that of the lock is no answer; a weakness is one."""
    few = {"metadata": {"dependencies": {"total": 1}}, "vulnerabilities": {}}
    some = {"metadata": {"dependencies": {"total": 999}}, "vulnerabilities": {"ajv": {"severity": "low"}}}
    assert audit.of_npm(json.dumps(few)).code == audit.NOT_ASKED
    assert audit.of_npm(json.dumps(some)) == audit.Verdict(["ajv: low"])


def test_a_service_that_cannot_be_reached_ends_with_2_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command as it is run, with programs that find nobody."""
    monkeypatch.setattr(audit, "PROGRAM", sys.executable)
    monkeypatch.setattr(audit, "npm_program", lambda: [sys.executable])
    assert audit.main() == audit.NOT_ASKED
    assert "run.lock: NOT ASKED ABOUT" in capsys.readouterr().err
