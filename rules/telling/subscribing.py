"""Subscribing: who may let the outside hear what, and which subscriptions can be meant."""

import ipaddress
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from rules.acting.authority import CHIEF_EXECUTIVE, STEERING, titles
from rules.publishing.publication import PUBLIC
from rules.telling.envelope import KINDS
from schemas.feed import Cursor, Scope
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.subscriptions import Draft, State

MAY_SUBSCRIBE: Mapping[Scope, frozenset[Role]] = MappingProxyType(
    {"public": STEERING, "office": CHIEF_EXECUTIVE}
)
"""What everybody may know is arranged by whoever changes the office's windows; all of it by one alone."""
MOST = 40
"""Subscriptions at once. Each waits on the worker, which has a hundred places for waiting and for letters."""
GIVEN_UP_AFTER = timedelta(days=5)
"""How long a receiver may fail before its subscription is paused and the office is told."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECRET = "whsec_"  # noqa: S105 - how a secret of Standard Webhooks begins, not one


def may_arrange(scope: Scope, role: Role) -> Refused | None:
    """A refusal where a role may not arrange who hears a scope.

    Source: process.commands
    """
    if role in MAY_SUBSCRIBE[scope]:
        return None
    return Refused(
        code="not_your_role",
        message=f"Who outside hears the {scope} events is arranged by a {titles(MAY_SUBSCRIBE[scope])}. "
        "Ask one of them.",
        source="process.commands",
    )


def check_draft(draft: Draft, *, loopback: bool) -> Refused | None:
    """A refusal where a subscription cannot be meant: its address, its kinds or its reason.

    Source: process.wrong-input
    """
    if not draft.reason.strip():
        return _refused(
            "no_reason", "Say why they are to hear of it; it is kept with who arranged it.", "reason"
        )
    return check_address(draft.url, loopback=loopback) or check_kinds(draft.kinds, draft.scope)


def check_address(url: str, *, loopback: bool) -> Refused | None:
    """A refusal where events may not be sent to an address; its name is looked up at each delivery.

    Source: process.wrong-input
    """
    parts = _split(url)
    if parts is None or not parts.hostname or parts.fragment or any(one.isspace() for one in url):
        return _refused("no_address", "Write an address such as https://tracker.example/hooks/answerable.")
    if parts.username is not None or parts.password is not None:
        return _refused(
            "secret_in_address",
            "Leave the name and password out of the address: each delivery is signed with the "
            "subscription's secret instead.",
        )
    if loopback and parts.hostname in LOOPBACK:
        return None
    if parts.scheme != "https":
        return _refused(
            "not_https", "Events are sent over https only. Write an address that begins with https://."
        )
    if parts.hostname == "localhost" or _is_inside(parts.hostname):
        return _refused(
            "address_inside",
            f"{parts.hostname} is an address inside a private network, where no event is sent. "
            "Write the public name of the receiver.",
        )
    return None


def check_kinds(kinds: tuple[str, ...], scope: Scope) -> Refused | None:
    """A refusal where a kind is unknown, or never heard in the scope.

    Source: process.wrong-input
    """
    unknown = [one for one in kinds if one not in KINDS]
    if unknown:
        message = (
            f"There is no kind of event {unknown[0]}. docs/events.md lists them, such as FindingsPublished."
        )
        return _refused("unknown_kind", message, "kinds")
    kept = [one for one in kinds if scope == "public" and one not in PUBLIC]
    if kept:
        message = f"{kept[0]} is never public. Leave it out, or subscribe to the office's events."
        return _refused("kind_not_public", message, "kinds")
    return None


def check_cursor(cursor: Cursor, newest: int) -> Refused | None:
    """A refusal where a reader claims to have got further than anything that was recorded.

    Source: process.wrong-input
    """
    if max(cursor.shown, cursor.position) <= newest and cursor.position <= cursor.shown:
        return None
    message = f"There is nothing at {cursor.text} yet: the newest is {newest}. Begin there or earlier."
    return _refused("cursor_beyond", message, "after")


def _split(url: str) -> SplitResult | None:
    """An address in its parts; None where it has none that can be meant."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None


def _is_inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _refused(code: str, message: str, field: str = "url") -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)


def wrong_secret() -> Refused:
    """The refusal of a secret that nothing can be signed with.

    Source: process.wrong-input
    """
    message = (
        f"Write a secret of Standard Webhooks: {SECRET} and 24 to 64 bytes in base64. "
        "Or leave it out, and one is made and shown once."
    )
    return _refused("wrong_secret", message, "secret")


def taken(name: str) -> Refused:
    """The refusal of a name that another subscription has.

    Source: process.wrong-input
    """
    return _refused("name_taken", f"There is a subscription {name} already. Choose another name.", "id")


def no_such(name: str) -> Refused:
    """The refusal where there is no subscription of a name.

    Source: process.wrong-input
    """
    return _refused(
        "no_such_subscription", f"There is no subscription {name}. Look at the list of them.", "id"
    )


def over(name: str) -> Refused:
    """The refusal where a subscription was ended.

    Source: process.wrong-input
    """
    message = f"{name} was ended, and that is for good. Make a new one, with --after to hear what it missed."
    return _refused("subscription_over", message, "id")


def no_such_cycle(reference: str) -> Refused:
    """The refusal where a subscription is to hear of a cycle that is not there.

    Source: process.wrong-input
    """
    message = f"There is no cycle {reference}. Check the reference, such as HTA-2026-07."
    return _refused("unknown_cycle", message, "cycle")


def no_such_source(name: str, known: list[str]) -> Refused:
    """The refusal where there is no ledger of a name to be followed.

    Source: process.wrong-input
    """
    return _refused(
        "unknown_source", f"There are no events of {name}. Write one of: {', '.join(known)}.", "source"
    )


def receiver_refused(sentence: str) -> Refused:
    """The refusal of an address that leads where no event is sent.

    Source: process.wrong-input
    """
    return _refused("address_refused", sentence)


def too_many(states: list[State]) -> Refused | None:
    """A refusal where as many subscriptions are under way as the worker has room for.

    Source: process.wrong-input
    """
    if sum(one != "ended" for one in states) < MOST:
        return None
    message = f"There are {MOST} subscriptions, as many as fit. End one that is no longer needed first."
    return _refused("too_many_subscriptions", message, "id")
