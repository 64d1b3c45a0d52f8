"""What a deployment was told by its settings, as an office may see it. Secrets are left out."""

from settings import PREFIX, Settings
from web.door.directory import Told

SHOWN = (
    "office_name", "office_short", "office_colour", "office_logo_file", "office_address", "words_file",
    "languages",
    "public_url", "mail_from", "forums_file", "promises_file", "upload_limit_mb", "session_idle_minutes",
    "session_hours", "clamd", "post", "smtp_host", "oidc_issuer", "event_types", "log_level",
)  # fmt: skip
"""What an office may see of its own settings; nothing that lets anybody in, nor where a store lies."""


def told_of(settings: Settings) -> tuple[Told, ...]:
    """Every setting that is shown, with whether the office gave it or it came with the product."""
    return tuple(
        Told(
            PREFIX + name.upper(),
            " ".join((Settings.model_fields[name].description or "").split()),
            str(getattr(settings, name) if getattr(settings, name) is not None else ""),
            name in settings.model_fields_set,
        )
        for name in SHOWN
        if name in Settings.model_fields
    )
