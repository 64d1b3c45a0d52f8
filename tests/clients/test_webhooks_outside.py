"""No delivery goes inside, however an address is wrapped, and none over another receiver's connection."""

import asyncio
import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clients.webhooks import Address, Receivers, is_outside
from tests.receiver import SECRET, receiving

PRIVATE = [
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "fec0::/10",
        "ff00::/8", "2001:db8::/32", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "100::/64",
    )
]  # fmt: skip
"""Special-purpose addresses (RFC 6890 and after), and what was given up and still leads inside."""
WRAPPED = {
    "mapped": lambda inner: (0xFFFF << 32) | inner,
    "translated (NAT64)": lambda inner: (0x0064_FF9B << 96) | inner,
    "6to4": lambda inner: (0x2002 << 112) | (inner << 80),
    "Teredo": lambda inner: (0x2001_0000 << 96) | (inner ^ 0xFFFF_FFFF),
    "ISATAP": lambda inner: (0x2606_4700 << 96) | (0x0000_5EFE << 32) | inner,
    "ISATAP, universal": lambda inner: (0x2606_4700 << 96) | (0x0200_5EFE << 32) | inner,
    "compatible": lambda inner: inner,
}


@some.composite
def inside(draw: some.DrawFn) -> Address:
    """Any address of a network that is not the public internet."""
    network = draw(some.sampled_from(PRIVATE))
    first = int(network.network_address)
    number = draw(some.integers(first, first + network.num_addresses - 1))
    return ipaddress.IPv4Address(number) if network.version == 4 else ipaddress.IPv6Address(number)


@given(address=inside())
def test_nothing_inside_is_taken_for_outside(address: Address) -> None:
    """Every special-purpose network, wherever in it."""
    assert not is_outside(address)


@given(address=inside(), way=some.sampled_from(sorted(WRAPPED)))
def test_nothing_inside_is_taken_for_outside_because_it_is_wrapped(address: Address, way: str) -> None:
    """Mapped, translated, tunnelled: what is within counts."""
    if address.version == 4:
        assert not is_outside(ipaddress.IPv6Address(WRAPPED[way](int(address))))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::1"])
def test_the_public_internet_is_outside(address: str) -> None:
    """So that the rule does not hold by refusing all."""
    assert is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "port_is_right"),
    [
        ("https://receiver.example/hooks", True),
        ("https://receiver.example:443/hooks", True),
        ("https://receiver.example:8443/hooks", True),
        ("https://receiver.example:22/hooks", False),
        ("https://receiver.example:25/hooks", False),
        ("https://receiver.example:0/hooks", False),
        ("https://receiver.example:1023/hooks", False),
    ],
)
async def test_no_delivery_goes_to_another_services_port(
    monkeypatch: pytest.MonkeyPatch, url: str, *, port_is_right: bool
) -> None:
    """Mail, shells and databases of other people are not spoken to."""

    async def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    one = Receivers()
    said = await one.check(url)
    await one.close()
    assert (said is None) is port_is_right
    assert said is None or "port 443" in said


@pytest.mark.parametrize("scheme", ["http", "ftp", "file", "gopher", "ldap"])
async def test_nothing_but_https_is_spoken(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an address begins with."""

    async def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    one = Receivers()
    answer = await one.post(f"{scheme}://receiver.example/hooks", SECRET, "msg_1", "[]")
    await one.close()
    assert "https only" in answer.said


async def test_each_delivery_has_a_connection_of_its_own() -> None:
    """One that is kept is known by its address alone: another receiver there proved no name over it."""
    connections = 0
    async with receiving() as receiver:

        async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal connections
            connections += 1
            await receiver.serve(reader, writer)

        server = await asyncio.start_server(counted, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        one = Receivers(loopback=True)
        for name in ("msg_1", "msg_2", "msg_3"):
            assert (await one.post(f"http://127.0.0.1:{port}/hooks", SECRET, name, "[]")).taken
        await one.close()
        server.close()
    assert connections == 3
