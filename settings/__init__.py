"""What a deployment can say: environment variables that begin with ANSWERABLE_, read once into one Settings.

Nothing else in the product reads the environment. Passwords never stand in a variable: one that ends in _FILE
names the file which holds it, and the property of the same name without _file gives what is in it.
"""

import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, PositiveInt, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource, SettingsConfigDict

from settings.keys import KeySettings
from settings.ledger import LedgerSettings
from settings.office import OfficeSettings
from settings.post import PostSettings
from settings.post import content as _content
from settings.watching import WatchingSettings

PREFIX = "ANSWERABLE_"
RUNNING = "running.json"
"""In the home folder: where the product on this machine runs, for as long as it runs."""


class SettingsWrong(Exception):  # noqa: N818 - what is raised is the sentence itself
    """A setting cannot be used; the message names its variable and says what to write there."""


class Settings(KeySettings, LedgerSettings, PostSettings, WatchingSettings, OfficeSettings):
    """One deployment's choices; each is the variable ANSWERABLE_ and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    standalone: bool = False
    """Whether the whole product runs on this one machine: true or false."""
    home: Path = Path("var")
    """The folder of everything that this machine keeps: database, files, mails, log."""

    database_url: str | None = Field(None, pattern=r"^postgres(ql)?://", repr=False)
    """Where PostgreSQL is: postgresql://user@host:5432/name."""
    database_password_file: Path | None = None
    """The file that holds the database user's password."""
    database_connections: int = Field(10, ge=2, le=100)
    """How many connections each pool of a process opens at the most, 2 to 100. The pages have two pools, one
    that reads and one that keeps; PostgreSQL's max_connections must hold those of all processes."""

    temporal_address: str | None = Field(None, pattern=r"^[^/\s]+:\d+$")
    """Where Temporal is: host:port."""
    temporal_namespace: str = "default"
    """The Temporal namespace that holds the cycles."""
    temporal_task_queue: str = "cycles"
    """The Temporal task queue that the workers listen to."""
    temporal_tls: bool = False
    """Whether Temporal is reached over TLS: true or false."""
    temporal_api_key_file: Path | None = None
    """The file that holds the key for Temporal, where it asks for one."""
    worker_build: str | None = Field(None, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,62}$")
    """This build of the code by its name, such as a commit: cycles then keep the build that they began with.
    Left out, every worker takes every cycle."""
    worker_deployment: str = Field("answerable", pattern=r"^[A-Za-z0-9_-]{1,63}$")
    """The name under which Temporal knows the builds of our workers: letters, digits, dashes."""
    temporal_ui_url: str | None = Field(None, pattern=r"^https?://")
    """Where people find Temporal's own pages: http://host:port."""

    files_url: str | None = Field(None, pattern=r"^(file:///|s3://)")
    """Where evidence files lie: file:///folder or s3://bucket/folder."""
    clamd: str | None = Field(None, pattern=r"^(unix:/\S+|tcp://[^/\s]+:\d+|none)$")
    """The virus scanner: unix:/folder/clamd.sock, tcp://host:port, or none: each file is held until a person
    releases it."""

    smtp_port: int = Field(25, ge=1, le=65535)
    """The mail server's port, 1 to 65535."""
    smtp_username: str | None = None
    """The name to sign in to the mail server with, where it asks for one."""
    smtp_password_file: Path | None = None
    """The file that holds the mail server's password."""
    smtp_starttls: bool = False
    """Whether mail is handed over encrypted (STARTTLS): true or false."""
    mail_from: str = Field("answerable@localhost", pattern=r"^[^@\s]+@[^@\s]+$")
    """The address that mail comes from: name@host."""

    web_host: str = "127.0.0.1"
    """The address that the web pages listen on; 0.0.0.0 means every network."""
    web_port: int = Field(8400, ge=1, le=65535)
    """The port of the web pages, 1 to 65535."""
    public_url: str = Field("", pattern=r"^https?://[^\s]+$")
    """The address that people type and mails carry: https://host. Left out, this machine's own."""
    worker_http_port: int = Field(8401, ge=1, le=65535)
    """The port of the worker's own health and measurements, 1 to 65535."""
    upload_limit_mb: PositiveInt = 50
    """The largest evidence file that is taken, in megabytes."""
    session_secret_file: Path | None = None
    """The file that holds the secret which signs cookies: 32 random characters or more."""
    session_idle_minutes: int = Field(30, ge=5, le=720)
    """After how many minutes without anybody there a session ends: 5 to 720."""
    session_hours: int = Field(12, ge=1, le=24)
    """How many hours a session lasts at most: 1 to 24."""

    oidc_issuer: str | None = Field(None, pattern=r"^https?://")
    """The organisation's sign-in service: its issuer address, https://host/tenant."""
    oidc_client_id: str | None = None
    """The name under which the sign-in service knows this product."""
    oidc_client_secret_file: Path | None = None
    """The file that holds the secret which the sign-in service gave us."""
    oidc_roles_claim: str = "roles"
    """The claim in which the sign-in service lists a person's roles here (Entra ID: app roles)."""
    oidc_groups_claim: str = "groups"
    """The claim in which the sign-in service lists a person's groups."""
    oidc_roles_file: Path | None = None
    """The file that says which group or role of theirs is which of ours (docs/adr/0017-identity.md)."""
    oidc_tenant: str | None = None
    """The one tenant whose accounts are let in, where the sign-in service has several (the claim tid)."""
    oidc_strength: str | None = None
    """Ways of signing in there of which one is enough, by commas, such as mfa; left out, any that it has."""
    oidc_mail_trusted: bool = False
    """Whether the service alone decides which mail address an account has: true or false."""

    forums_file: Path | None = None
    """The file of the office's forums and seats, as reference/forums.yaml; left out, that one."""
    starts_file: Path | None = None
    """The file of what kinds of cycle begin with, as reference/starts.yaml; what is left out, as there."""
    senders_file: Path | None = None
    """The file of those who may send us events over HTTP, with their secrets (docs/events-in.md)."""
    import_folder: Path | None = None
    """The folder into which others put files of events and measures; without one, none is watched."""
    promises_file: Path | None = None
    """The file of what was promised for a day, as reference/promises.yaml; left out, that one."""

    event_types: str = Field("answerable", pattern=r"^[a-z][a-z0-9-]{0,30}$")
    """The word that the types of events sent outside begin with: small letters, digits and dashes."""
    webhook_loopback: bool = False
    """Whether events may be sent to this machine itself over http, for development: true or false."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged: DEBUG, INFO, WARNING or ERROR."""

    @field_validator("files_url", mode="before")
    @classmethod
    def _files_at_home(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value or not info.data.get("standalone"):
            return value
        return (Path(info.data["home"]).resolve() / "files").as_uri()

    @field_validator("import_folder", mode="before")
    @classmethod
    def _import_at_home(cls, value: str | None, info: ValidationInfo) -> str | Path | None:
        return value or (Path(info.data["home"]) / "import" if info.data.get("standalone") else None)

    @field_validator("public_url", mode="before")
    @classmethod
    def _public_here(cls, value: str, info: ValidationInfo) -> str:
        here = f"http://{info.data.get('web_host')}:{info.data.get('web_port')}"
        return (value or here).rstrip("/")

    @field_validator(
        "database_password_file",
        "temporal_api_key_file",
        "smtp_password_file",
        "session_secret_file",
        "oidc_client_secret_file",
        "oidc_roles_file",
        "senders_file",
    )
    @classmethod
    def _readable(cls, path: Path | None) -> Path | None:
        if path is not None and not _content(path):
            raise ValueError(f"{path} is empty, missing or not ours to read")
        return path

    @property
    def database_password(self) -> str | None:
        """What database_password_file holds."""
        return _content(self.database_password_file)

    @property
    def temporal_api_key(self) -> str | None:
        """What temporal_api_key_file holds."""
        return _content(self.temporal_api_key_file)

    @property
    def scanner(self) -> str | None:
        """Where the virus scanner is; None where there is none."""
        return self.clamd if self.clamd != "none" else None

    @property
    def unscanned_open(self) -> bool:
        """Whether files that nobody scanned may be opened: in a demonstration without a scanner."""
        return self.standalone and self.clamd is None

    @property
    def smtp_password(self) -> str | None:
        """What smtp_password_file holds."""
        return _content(self.smtp_password_file)

    @property
    def session_secret(self) -> str | None:
        """What session_secret_file holds."""
        return _content(self.session_secret_file)

    @property
    def oidc_client_secret(self) -> str | None:
        """What oidc_client_secret_file holds."""
        return _content(self.oidc_client_secret_file)

    def need(self, name: str) -> str:
        """The setting's value; where it is missing, the sentence that asks for it.

        Raises:
            SettingsWrong: the setting has no value.
        """
        value = getattr(self, name)
        if value is None:
            raise SettingsWrong(f"{_variable(name)} is missing. {_asks(name)}")
        return str(value)

    def changed(self, **changes: object) -> Self:
        """The same settings but for these, checked again."""
        return type(self)(**{**self.model_dump(exclude_unset=True), **changes})

    def environment(self) -> dict[str, str]:
        """The environment of a child process: this one's, and every setting that was given a value here."""
        given = self.model_dump(mode="json", exclude_unset=True, exclude_none=True)
        ours = {_variable(name): str(value) for name, value in given.items()}
        return {**_environment(), **ours}


def load() -> Settings:
    """The settings of this process.

    Raises:
        SettingsWrong: a variable cannot be used or is misspelt; the message says which and what to write.
    """
    _refuse_misspelt(_environment())
    try:
        return Settings()
    except ValidationError as wrong:
        raise SettingsWrong("\n".join(_sentence(error) for error in wrong.errors())) from None


def load_running() -> Settings:
    """The settings of this process, or of the product that runs on this machine where they name no store.

    Raises:
        SettingsWrong: a variable cannot be used or is misspelt; the message says which and what to write.
    """
    settings = load()
    running = _content(settings.home / RUNNING)
    if settings.database_url or not running:
        return settings
    return settings.changed(**json.loads(running))


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    """Refuse a variable that is nearly one of ours: it would otherwise be passed over without a word."""
    known = [_variable(name) for name in Settings.model_fields]
    for name in sorted(environment):
        if (
            name.startswith(PREFIX)
            and name not in known
            and (near := get_close_matches(name, known, 1, 0.85))
        ):
            raise SettingsWrong(f"{name} is not a setting. Write {near[0]} instead, or remove it.")


def _environment() -> dict[str, str]:
    """The process's own variables, as pydantic-settings reads them."""
    source = EnvSettingsSource(Settings, case_sensitive=True, env_ignore_empty=False)
    return {name: value for name, value in source.env_vars.items() if value is not None}


def _sentence(error: ErrorDetails) -> str:
    """One thing that is wrong, in words for whoever wrote the variable."""
    reason = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:  # it is about several together, and names them
        return reason
    name = str(error["loc"][0])
    return f"{_variable(name)} cannot be used: {reason[:1].lower()}{reason[1:]}. {_asks(name)}"


def _asks(name: str) -> str:
    return f"Write there: {Settings.model_fields[name].description}"


def _variable(name: str) -> str:
    return PREFIX + name.upper()
