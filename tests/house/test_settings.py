"""The settings: every one that is written about exists, and every wrong one is refused with a sentence."""

import re
import secrets
from pathlib import Path

import pytest

from settings import PREFIX, Settings, SettingsWrong, load

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [
    ROOT / "docker-compose.yml",
    ROOT / "Dockerfile",
    ROOT / "README.md",
    *(ROOT / "docs").rglob("*.md"),
]
OF_COMPOSE = {"ANSWERABLE_VERSION"}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without any of our variables."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_every_variable_that_is_written_about_is_a_setting() -> None:
    """A name in the compose file, the image, the README or the documentation can be set."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | OF_COMPOSE
    for path in WRITTEN:
        if path.exists():
            named = set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
            assert named <= known, path.name


def test_every_setting_says_what_to_write() -> None:
    """The docstring of a field is what its refusal quotes."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WEB_PORT", "http", "The port of the web pages, 1 to 65535"),
        ("WEB_PORT", "70000", "The port of the web pages, 1 to 65535"),
        ("OFFICE_COLOUR", "blue", "# and six hexadecimal digits"),
        ("SECURITY_CONTACT", "whoever is there", "mailto:name@host or https://host"),
        ("DATABASE_URL", "mysql://db/x", "postgresql://user@host:5432/name"),
        ("TEMPORAL_ADDRESS", "https://temporal", "host:port"),
        ("CLAMD", "clamd:3310", "tcp://host:port, or none"),
        ("FILES_URL", "/srv/files", "file:///folder or s3://bucket/folder"),
        ("SMTP_STARTTLS", "maybe", "true or false"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING or ERROR"),
        ("SESSION_SECRET_FILE", "/nowhere/secret", "empty, missing or not ours to read"),
        ("KEYS_FILE", "/nowhere/keys", "empty, missing or not ours to read"),
        ("KEYS_FILE", __file__, "line 1 is not a key"),
    ],
)
def test_a_wrong_value_is_refused_with_its_variable_and_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    """One sentence, for whoever wrote the variable."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsWrong, match=f"^{PREFIX}{name} cannot be used: ") as refusal:
        load()
    assert words in str(refusal.value)


def test_a_misspelt_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would otherwise be passed over, and the default stand without a word."""
    monkeypatch.setenv("ANSWERABLE_WEB_PROT", "9000")
    with pytest.raises(
        SettingsWrong, match=r"ANSWERABLE_WEB_PROT is not a setting\. Write ANSWERABLE_WEB_PORT"
    ):
        load()


def test_a_secret_is_what_its_file_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The line end that an editor adds is not part of it, and the environment never holds it."""
    secret, file = secrets.token_urlsafe(), tmp_path / "secret"
    file.write_text(secret + "\n", encoding="utf-8")
    monkeypatch.setenv("ANSWERABLE_SESSION_SECRET_FILE", str(file))
    settings = load()
    assert settings.session_secret == secret
    assert secret not in settings.environment().values()
    assert secret not in repr(settings)


def test_no_secret_stands_in_a_setting_itself() -> None:
    """Each setting that is one by its name is a file; an address that may hold one is never shown."""
    for name in Settings.model_fields:
        if any(word in name for word in ("secret", "password", "key", "token", "callback")):
            assert name.endswith("_file"), name
    address = "postgresql://answerable:planted@db:5432/answerable"
    assert "planted" not in repr(Settings(database_url=address))


def test_what_depends_on_another_setting_follows_it(tmp_path: Path) -> None:
    """The public address follows the port; on one machine the files lie under home."""
    settings = load().changed(standalone=True, home=tmp_path, web_port=9000)
    assert settings.public_url == "http://127.0.0.1:9000"
    assert settings.files_url == (tmp_path / "files").as_uri()
    assert load().files_url is None


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was given or changed here is what the child is given."""
    ours = load().changed(standalone=True, home=tmp_path, web_port=9000, smtp_host="127.0.0.1")
    for name, value in ours.environment().items():
        monkeypatch.setenv(name, value)
    assert load() == ours


def test_a_missing_setting_is_asked_for_by_its_variable() -> None:
    """A door that needs it says which variable to set."""
    with pytest.raises(
        SettingsWrong, match=r"ANSWERABLE_DATABASE_URL is missing\. Write there: Where PostgreSQL"
    ):
        load().need("database_url")
