"""For whom a token of the sign-in service was made, asked of every one that comes."""

from typing import Any

import pytest

from web.door.sso import Provider, for_us


@pytest.mark.parametrize(
    ("changed", "ours"),
    [
        ({}, True),
        ({"aud": ["answerable", "another"]}, True),
        ({"azp": "answerable"}, True),
        ({"iss": "https://sign-in.example/"}, True),
        ({"aud": "another"}, False),
        ({"aud": ["another"]}, False),
        ({"aud": None}, False),
        ({"aud": "answerable-and-more"}, False),
        ({"azp": "another"}, False),
        ({"iss": "https://another.example"}, False),
        ({"iss": None}, False),
        ({"sub": ""}, False),
    ],
)
def test_a_token_is_for_us_of_our_service_and_names_somebody(changed: dict[str, Any], *, ours: bool) -> None:
    """What the library leaves open is asked here: for whom a token was made, whatever else is right."""
    service = Provider(issuer="https://sign-in.example", client_id="answerable", client_secret=None)
    claims = {"iss": service.issuer, "sub": "s-1", "aud": "answerable", **changed}
    assert for_us(claims, service) is ours
