"""Every screen of the product, and which address of the product is looked at by which state."""

import re

from fastapi.routing import APIRoute

from tests.screens.office_screens import OFFICE_SCREENS
from tests.screens.other_screens import OTHER_SCREENS
from tests.screens.public_screens import PUBLIC_SCREENS
from tests.screens.settings_screens import SETTINGS_SCREENS
from tests.screens.stage import Screen
from web.routers import ROUTERS

SCREENS: tuple[Screen, ...] = (*PUBLIC_SCREENS, *OFFICE_SCREENS, *OTHER_SCREENS, *SETTINGS_SCREENS)
NO_PAGE = re.compile(
    r"\.(atom|csv|json|pdf|ics|zip|md|css|py|txt)$|^/api/|^/files/|/files/\{|^/events$|^/live$|^/healthz$|^/sign-in/(start|back)$|^/language/|^/office/logo$|/copy/file$"
)
"""Addresses that answer with a file, with data, or only lead on."""


def pages() -> dict[str, bool]:
    """Every address that answers with a page, and whether something can be typed there."""
    found: dict[str, bool] = {}
    typed: set[str] = set()
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and not NO_PAGE.search(route.path):
                found |= {route.path: False} if "GET" in (route.methods or ()) else {}
                typed |= {route.path} if "POST" in (route.methods or ()) else set()
    return {path: path in typed for path in found}


def address_of(path: str) -> str:
    """The address of the product that answers for a path: the first that fits, as in the product."""
    for router in ROUTERS:
        for route in router.routes:
            if (
                isinstance(route, APIRoute)
                and "GET" in (route.methods or ())
                and route.path_regex.match(path)
            ):
                return route.path
    return ""
