"""The office as its settings have it, and what of them it may see itself. Secrets are left out."""

from settings import PREFIX, Settings
from web.door.directory import Told
from web.door.rooms import Office

SHOWN = (
    "office_name", "office_short", "office_colour", "office_logo_file", "office_address", "words_file",
    "languages",
    "public_url", "mail_from", "forums_file", "starts_file", "promises_file", "upload_limit_mb",
    "session_idle_minutes", "session_hours", "clamd", "post", "smtp_host", "oidc_issuer", "event_types",
    "log_level",
)  # fmt: skip
"""What an office may see of its own settings; nothing that lets anybody in, nor where a store lies."""


def office_of(settings: Settings) -> Office:
    """The office as its pages print it."""
    return Office(
        name=settings.office_name,
        short=settings.office_short,
        colour=settings.office_colour,
        logo=settings.office_logo_file,
        address=settings.office_address,
        public_url=settings.public_url,
        security_contact=settings.security_contact,
    )


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
