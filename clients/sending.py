"""Who carries the mail: a mail server, GOV.UK Notify, or nobody, as the settings say."""

from pathlib import Path
from typing import Protocol

from clients.message import Letterhead, SendsMail
from clients.notify import SERVICE, Notify
from clients.smtp import Smtp


class SaysWho(Protocol):
    """What the settings say of the post."""

    @property
    def office_name(self) -> str: ...
    @property
    def mail_from(self) -> str: ...
    @property
    def session_secret(self) -> str | None: ...
    @property
    def bounces_folder(self) -> Path | None: ...
    @property
    def public_url(self) -> str: ...
    @property
    def carrier(self) -> str | None: ...
    @property
    def smtp_host(self) -> str | None: ...
    @property
    def smtp_port(self) -> int: ...
    @property
    def smtp_username(self) -> str | None: ...
    @property
    def smtp_password(self) -> str | None: ...
    @property
    def smtp_starttls(self) -> bool: ...
    @property
    def notify_key(self) -> str | None: ...
    @property
    def notify_template(self) -> str | None: ...
    @property
    def notify_url(self) -> str | None: ...


def letterhead_of(chosen: SaysWho) -> Letterhead:
    """Whose letters they are."""
    return Letterhead(chosen.public_url, chosen.office_name, chosen.mail_from)


def sender_of(chosen: SaysWho) -> SendsMail | None:
    """Whoever carries the mail; None where nobody does."""
    if chosen.carrier == "notify" and chosen.notify_key and chosen.notify_template:
        return Notify(
            chosen.notify_key,
            chosen.notify_template,
            chosen.public_url,
            base_url=chosen.notify_url or SERVICE,
        )
    if chosen.carrier == "smtp" and chosen.smtp_host:
        return Smtp(
            chosen.smtp_host,
            chosen.smtp_port,
            username=chosen.smtp_username,
            password=chosen.smtp_password,
            starttls=chosen.smtp_starttls,
        )
    return None
