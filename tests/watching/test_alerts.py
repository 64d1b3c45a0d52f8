"""Alert rules and dashboards: they ask for what there is, and say in words what to do."""

import math
import re
import subprocess
import sys

import pytest
from prometheus_client import REGISTRY

from tests.watching import rules
from watching import gauges

BOUNDED = {"template", "outcome", "code", "kind", "route", "method", "answer", "place"}
"""Labels of ours: each has as many values as the code or the settings name."""
OF_OTHERS = {"le", "job", "instance", "operation", "generation", "implementation", "major", "minor",
             "patchlevel", "version"}  # fmt: skip


def test_every_measurement_that_is_asked_for_is_exported() -> None:
    """Each name in a rule or on a dashboard is one of ours, of the process, or of the Temporal SDK."""
    of_the_sdk = {one for one in rules.named() if one.startswith("temporal_")}
    missing = {one: where for one, where in rules.named().items() if one not in rules.exported()}
    assert {one: where for one, where in missing.items() if one not in of_the_sdk} == {}
    assert len(rules.named()) > 25
    assert rules.WITH_MEASUREMENTS


def test_every_measurement_of_ours_is_written_about_and_watched() -> None:
    """The page on operations names each, and each is on a dashboard or in a rule."""
    written = (rules.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    families = [one for one in REGISTRY.collect() if one.name.startswith("answerable_")]
    assert len(families) > 15
    for family in families:
        assert family.name in written, family.name
        assert any(name.startswith(family.name) for name in rules.named()) or "ledger_writes" in family.name


def test_labels_are_bounded() -> None:
    """No label names a cycle, a person or an address, and no rule asks by one."""
    for family in REGISTRY.collect():
        for sample in family.samples:
            assert set(sample.labels) <= BOUNDED | OF_OTHERS, sample.name
    for words, where in rules.asked().items():
        asked = set(re.findall(r"by \(([^)]*)\)", words))
        assert {one.strip() for some in asked for one in some.split(",")} <= BOUNDED | OF_OTHERS, where


@pytest.mark.parametrize("rule", rules.alerts(), ids=lambda rule: rule["alert"])
def test_every_alert_says_what_is_wrong_and_what_to_do(rule: dict[str, object]) -> None:
    """In whole sentences, with whether somebody is woken, and a place in the runbook that is there."""
    said = rule["annotations"]
    assert isinstance(said, dict)
    assert set(said) == {"summary", "do", "runbook"}
    assert said["summary"].endswith(".")
    assert said["do"].endswith(".")
    assert rule["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    file, anchor = said["runbook"].split("#")
    headings = re.findall(r"^#+ (.+)$", (rules.ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert anchor in {one.lower().replace(" ", "-") for one in headings}


def test_what_has_to_be_watched_is_watched() -> None:
    """There is an alert for each of them."""
    found = {rule["alert"] for rule in rules.alerts()}
    wanted = "RungLate CheckpointLate RowsWrong WorkerGone MailsBouncing ScannerAway DiskNearlyFull"
    assert {*wanted.split(), "CertificateEnds", "KeysWrong", "ConnectionsNearlyUsedUp"} <= found


def test_what_a_process_never_looked_at_is_not_nought() -> None:
    """Pages know no certificate: an alert that takes the least of all processes passes them over."""
    assert math.isnan(gauges.NOT_KNOWN)
    words = "import sys; from watching import gauges; sys.exit(gauges.CERTIFICATE._value.get() == 0)"
    done = subprocess.run([sys.executable, "-c", words], cwd=rules.ROOT, check=False)
    assert done.returncode == 0
