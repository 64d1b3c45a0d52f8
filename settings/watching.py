"""What a deployment can say of how it is watched: traces and measurements (docs/operations.md)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from settings.keys import NONE

SECRETS = (
    "database_password_file",
    "temporal_api_key_file",
    "smtp_password_file",
    "session_secret_file",
    "oidc_client_secret_file",
    "senders_file",
    "keys_file",
    "ledger_key_file",
    "ledger_old_key_file",
    "notify_key_file",
    "notify_callback_file",
)
"""The settings that name a file with a secret in it."""


class WatchingSettings(BaseSettings):
    """The part of the settings that is about being watched."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    otlp_endpoint: str | None = Field(None, pattern=r"^https?://[^\s?#]+$")
    """Where traces are sent (OTLP over HTTP): http://host:4318. Left out, none are made."""
    web_metrics_port: int | None = Field(None, ge=1, le=65535)
    """The port of the pages' own measurements for Prometheus, 1 to 65535; left out, there are none."""

    @property
    def secret_files(self) -> tuple[Path, ...]:
        """The files with secrets that are set."""
        found = (getattr(self, name, None) for name in SECRETS)
        return tuple(one for one in found if one not in (None, NONE))
