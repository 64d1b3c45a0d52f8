"""What a deployment can say of its post beside the mail server: GOV.UK Notify, receipts, what comes back."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BOTH = (
    "ANSWERABLE_SMTP_HOST and ANSWERABLE_NOTIFY_KEY_FILE are both set. "
    "Set ANSWERABLE_POST to smtp or notify, so that it is known who carries the mail."
)


class PostSettings(BaseSettings):
    """The part of the settings that is about the post."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    smtp_host: str | None = None
    """The mail server that takes our mail; without one, and without GOV.UK Notify, no mail is sent."""
    notify_key_file: Path | None = None
    """The file that holds the API key of GOV.UK Notify (docs/post.md)."""
    notify_template: str | None = Field(
        None, pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
    )
    """The id of the one template in GOV.UK Notify for all our letters: 36 characters with dashes."""
    notify_callback_file: Path | None = None
    """The file that holds the bearer token which GOV.UK Notify sends its receipts with."""
    notify_url: str | None = Field(None, pattern=r"^https?://[^\s]+$")
    """Where GOV.UK Notify is, where it is not at its own address: https://host."""
    post: Literal["smtp", "notify"] | None = None
    """Who carries the mail where both a mail server and GOV.UK Notify are set: smtp or notify."""
    bounces_folder: Path | None = None
    """The folder, or Maildir, into which a mail server drops the reports of what could not be delivered."""

    @field_validator("notify_key_file", "notify_callback_file")
    @classmethod
    def _to_be_read(cls, path: Path | None) -> Path | None:
        if path is not None and not content(path):
            raise ValueError(f"{path} is empty, missing or not ours to read")
        return path

    @model_validator(mode="after")
    def _one_carrier(self) -> Self:
        said = [
            wrong
            for wrong, so in (
                ("ANSWERABLE_NOTIFY_KEY_FILE is set and ANSWERABLE_NOTIFY_TEMPLATE is missing. Set both.",
                 self.notify_key_file and not self.notify_template),
                (BOTH,
                 self.smtp_host and self.notify_key_file and not self.post),
                ("ANSWERABLE_POST is notify and ANSWERABLE_NOTIFY_KEY_FILE is missing. Set that too.",
                 self.post == "notify" and not self.notify_key_file),
                ("ANSWERABLE_POST is smtp and ANSWERABLE_SMTP_HOST is missing. Set it, or remove both.",
                 self.post == "smtp" and not self.smtp_host),
            )
            if so
        ]  # fmt: skip
        if said:
            raise ValueError(" ".join(said))
        return self

    @property
    def carrier(self) -> str | None:
        """Who carries the mail: smtp, notify, or nobody."""
        return self.post or ("notify" if self.notify_key_file else "smtp" if self.smtp_host else None)

    @property
    def notify_key(self) -> str | None:
        """What notify_key_file holds."""
        return content(self.notify_key_file)

    @property
    def notify_callback(self) -> str | None:
        """What notify_callback_file holds."""
        return content(self.notify_callback_file)


def content(path: Path | None) -> str | None:
    """The file's text without the line end that editors add; None where there is nothing to read."""
    try:
        return path.read_text(encoding="utf-8").strip() or None if path else None
    except OSError:
        return None
