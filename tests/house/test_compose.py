"""The compose file: no password stands in it, every service says how it is, nothing is open."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
JOBS = {"temporal-schema", "temporal-namespace", "migrate"}


def test_no_password_stands_in_the_file() -> None:
    """Whatever is secret comes from a file: no variable holds one, and none has a default."""
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|PWD|SECRET|_KEY", name):
                assert name.endswith("_FILE"), name
                assert re.search(r"/run/secrets/\w+\}?$", value), name
    assert not re.search(r"(PASSWORD|PWD|SECRET)\w*:-\w", TEXT)
    assert not re.search(r"://[^/\s:@]+:[^/\s@]+@", TEXT)


def test_every_secret_that_a_service_reads_is_a_file_that_it_was_given() -> None:
    """A service sees what it needs of them, and deploy/secrets.sh makes or asks for them all."""
    made = (ROOT / "deploy" / "secrets.sh").read_text(encoding="utf-8")
    for name, secret in COMPOSE["secrets"].items():
        assert list(secret) == ["file"]
        assert re.search(rf"\b{name}\b", made)
    for service in SERVICES.values():
        read = set(
            re.findall(r"/run/secrets/(\w+)", str({k: v for k, v in service.items() if k != "secrets"}))
        )
        assert read <= set(service.get("secrets", []))


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - JOBS))
def test_every_service_that_stays_says_how_it_is(name: str) -> None:
    """It has a health check and comes up again by itself."""
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_everything_waits_for_what_it_needs() -> None:
    """A service waits until another is healthy, or until a job has done its work."""
    for service in SERVICES.values():
        for needed, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if needed in JOBS else "service_healthy"
            assert how == {"condition": wanted}
    assert set(SERVICES["worker"]["depends_on"]) == {"migrate", "temporal-namespace"}


def test_every_setting_that_is_named_exists() -> None:
    """The worker and the pages are given nothing that they would not read."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in ("migrate", "worker", "web"):
        given = SERVICES[name]["environment"]
        assert {variable for variable in given if variable not in known} == set()


def test_only_pages_are_published_and_on_loopback_alone() -> None:
    """Neither the database nor Temporal can be reached from another machine."""
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {
        "temporal-ui": ["127.0.0.1:8080:8080"],
        "web": ["${WEB_LISTEN:-127.0.0.1:8400}:8400"],
    }
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["db"]["networks"] == SERVICES["temporal"]["networks"] == ["inside"]


def test_the_scanner_reaches_neither_the_database_nor_temporal() -> None:
    """It takes hostile files apart; whoever takes it over meets nobody but those whom it serves."""
    own = set(SERVICES["clamd"]["networks"])
    others = {name for name, one in SERVICES.items() if own & set(one["networks"])}
    assert others - {"clamd"} == {"worker", "web", "migrate"}


def test_the_worker_can_be_many() -> None:
    """It has no name and no port of its own on the machine."""
    assert not {"container_name", "ports", "hostname"} & set(SERVICES["worker"])


def test_every_file_that_is_mounted_exists() -> None:
    """A missing one would silently become an empty folder."""
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    for mount in mounts:
        if mount.startswith("./"):
            assert (ROOT / mount.split(":")[0]).exists(), mount


def test_temporal_is_told_what_must_not_be_left_to_its_defaults() -> None:
    """Updates in flight and fairness are set, and closed histories stay for a month (docs/scale.md)."""
    dynamic = yaml.safe_load((ROOT / "deploy" / "temporal" / "dynamic.yaml").read_text(encoding="utf-8"))
    assert dynamic["history.maxInFlightUpdates"] == [{"value": 100}]
    assert dynamic["matching.enableFairness"] == [{"value": True}]
    assert SERVICES["temporal-namespace"]["environment"]["RETENTION"] == "30d"
