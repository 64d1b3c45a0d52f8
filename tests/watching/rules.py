"""What the alert rules and the dashboards ask for, and what is really exported."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import yaml
from prometheus_client import REGISTRY

from watching import gauges, measures
from web.door import timed

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
DASHBOARDS = sorted((ROOT / "deploy" / "grafana").glob("*.json"))
SUFFIXES = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
    "summary": ("_count", "_sum"),
}
WITH_MEASUREMENTS = (gauges, measures, timed)


def alerts() -> list[dict[str, Any]]:
    """Every alert rule."""
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def asked() -> dict[str, str]:
    """Every expression, with where it stands."""
    found = {rule["expr"]: rule["alert"] for rule in alerts()}
    for file in DASHBOARDS:
        for panel in json.loads(file.read_text(encoding="utf-8"))["panels"]:
            found |= {one["expr"]: f"{file.name}: {panel['title']}" for one in panel["targets"]}
    return found


def selected(expression: Any) -> Iterator[Any]:
    """What is selected in an expression that was parsed."""
    if isinstance(expression, promql_parser.VectorSelector):
        yield expression
    for name in ("expr", "lhs", "rhs", "vector_selector", "args", "param"):
        inner = getattr(expression, name, None)
        for one in inner if isinstance(inner, list) else [inner]:
            if one is not None:
                yield from selected(one)


def named() -> dict[str, str]:
    """The names of all measurements that are asked for, with where."""
    return {
        one.name: where for words, where in asked().items() for one in selected(promql_parser.parse(words))
    }


def exported() -> set[str]:
    """The names that our processes export, whether or not anything was measured yet."""
    found = set()
    for family in REGISTRY.collect():
        found |= {sample.name for sample in family.samples}
        found |= {family.name + end for end in SUFFIXES.get(family.type, ("",))}
    return found
