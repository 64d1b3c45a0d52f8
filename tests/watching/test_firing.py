"""Each alert rule over made-up measurements, by Prometheus's own tool: silent within bounds, heard beyond."""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.watching import rules

LOOKED_AT = "2h"
STEPS = 150
"""Minutes of measurements: longer than any rule waits before it speaks."""
PROMTOOL = shutil.which("promtool") or ""
pytestmark = pytest.mark.skipif(not PROMTOOL, reason="promtool is not on this machine; .ci/run fetches it")

Series = Mapping[str, float]


@dataclass(frozen=True)
class Case:
    """Measurements in which an alert is silent, and in which it speaks.

    Gauges by their value; what ends in `_total`, `_bucket` or `_count` by how much it grows in a minute.
    """

    quiet: Series
    loud: Series
    labels: Mapping[str, str] = field(default_factory=dict)


def over(name: str, quiet: float, loud: float) -> Case:
    """A gauge on either side of its bound."""
    return Case({name: quiet}, {name: loud})


def slow(name: str, bounds: tuple[str, str], labels: str = "") -> Case:
    """A histogram of which everything lies in the lower bucket, or all in the upper."""
    low, high = (f'{name}_bucket{{{labels}le="{bound}"}}' for bound in bounds)
    every = f'{name}_bucket{{{labels}le="+Inf"}}'
    return Case({low: 60, high: 60, every: 60}, {low: 0, high: 60, every: 60})


ROUND, WRITES = "answerable_round_age_seconds", 'answerable_ledger_writes_total{outcome="written"}'
STORE, BOUNCED, MAILS = "answerable_store_up", "answerable_mails_bounced", "answerable_mails_day"
FAILED, SERVED = 'answerable_page_seconds_count{answer="5xx"}', 'answerable_page_seconds_count{answer="2xx"}'
TURNED_DOWN = 'answerable_mails_total{template="evidence_reminder",outcome="failed"}'
DISK = 'answerable_disk_free_ratio{place="home"}'
CASES = [
    ("RungLate", over("answerable_rung_late_seconds", 299, 301)),
    ("WorkerGone", Case({ROUND: 299, WRITES: 1}, {ROUND: 301, WRITES: 1})),
    ("WorkerGone", Case({ROUND: 1, WRITES: 0}, {ROUND: 1})),
    ("StoreGone", over(STORE, 1, 0)),
    ("StoreGone", Case({STORE: 1}, {})),
    ("ConnectionsNearlyUsedUp", over("answerable_store_connections_ratio", 0.79, 0.81)),
    ("EngineSlow", slow("temporal_workflow_task_schedule_to_start_latency_seconds", ("1", "5"))),
    ("CheckpointLate", over("answerable_checkpoint_age_seconds", 36 * 3600, 36 * 3600 + 1)),
    ("RowsWrong", over("answerable_rows_wrong", 0, 1)),
    ("RowsNotLookedAt", over("answerable_rows_looked_age_seconds", 4 * 3600, 4 * 3600 + 1)),
    ("CountingBehind", over("answerable_cycles_behind", 500, 501)),
    ("AppendsSlow", slow("answerable_ledger_append_seconds", ("0.25", "1"))),
    ("AppendsFail", over('answerable_acts_total{outcome="failed"}', 0, 1)),
    ("PagesSlow", slow("answerable_page_seconds", ("0.5", "2.5"), 'route="/tasks",')),
    ("PagesFail", Case({FAILED: 1, SERVED: 99}, {FAILED: 3, SERVED: 97})),
    ("MailsBouncing", Case({BOUNCED: 20, MAILS: 1000}, {BOUNCED: 20, MAILS: 100})),
    ("MailsBouncing", Case({BOUNCED: 5, MAILS: 6}, {BOUNCED: 6, MAILS: 6})),
    ("LettersWaiting", over("answerable_letters_waiting_seconds", 299, 301)),
    ("MailsNotTaken", over(TURNED_DOWN, 0, 1)),
    ("ScannerAway", over("answerable_files_waiting_seconds", 900, 901)),
    ("SubscriberFailing", over("answerable_feed_failing_seconds", 86_400, 86_401)),
    ("DiskNearlyFull", Case({DISK: 0.11}, {DISK: 0.09}, {"place": "home"})),
    ("CertificateEnds", over("answerable_certificate_seconds", 14 * 86_400, 14 * 86_400 - 1)),
    ("KeysWrong", over("answerable_keys_wrong", 0, 1)),
    ("CalendarEnds", over("answerable_calendar_days", 270, 269)),
]
GROWING = ("_total", "_bucket", "_count")


def test_every_alert_is_tried() -> None:
    """A rule that nobody has heard speak is none."""
    assert {name for name, _ in CASES} == {rule["alert"] for rule in rules.alerts()}


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{i}" for i, (name, _) in enumerate(CASES)])
def test_an_alert_speaks_where_it_should_and_nowhere_else(name: str, case: Case, tmp_path: Path) -> None:
    """Just within its bound it says nothing for two hours; just beyond, it speaks in its own words."""
    rule = next(one for one in rules.alerts() if one["alert"] == name)
    heard = {
        "exp_labels": {**rule["labels"], **case.labels},
        "exp_annotations": {what: _said(words, case.labels) for what, words in rule["annotations"].items()},
    }
    trials = [_trial(name, case.quiet, []), _trial(name, case.loud, [heard])]
    file = tmp_path / "trial.yaml"
    file.write_text(yaml.safe_dump({"rule_files": [str(rules.ALERTS)], "tests": trials}), encoding="utf-8")
    done = subprocess.run([PROMTOOL, "test", "rules", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _trial(name: str, series: Series, heard: list[dict[str, Any]]) -> dict[str, Any]:
    given = [{"series": one, "values": _values(one, value)} for one, value in series.items()]
    asked = {"alertname": name, "eval_time": LOOKED_AT, "exp_alerts": heard}
    return {"interval": "1m", "input_series": given, "alert_rule_test": [asked]}


def _values(series: str, value: float) -> str:
    grows = series.partition("{")[0].endswith(GROWING)
    return f"0+{value}x{STEPS}" if grows else f"{value}+0x{STEPS}"


def _said(words: str, labels: Mapping[str, str]) -> str:
    for label, value in labels.items():
        words = words.replace(f"{{{{ $labels.{label} }}}}", value)
    return words
