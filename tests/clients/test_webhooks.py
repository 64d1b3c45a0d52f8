"""Deliveries over real connections: signed, bounded, and never to an address inside."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from clients import webhooks
from clients.webhooks import Receivers, is_outside
from tests.receiver import SECRET, Receiver, receiving


@pytest.fixture
async def receivers() -> AsyncIterator[Receivers]:
    """As a development machine has it: this machine may be spoken to."""
    one = Receivers(loopback=True)
    yield one
    await one.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    async with receiving() as one:
        yield one


async def test_a_delivery_is_signed_as_the_receiver_checks_it(
    receivers: Receivers, receiver: Receiver
) -> None:
    """The library of Standard Webhooks verifies it; with another secret it does not."""
    answer = await receivers.post(receiver.url, SECRET, "msg_1", "[]")
    assert answer.taken
    assert (receiver.names, receiver.trouble) == (["msg_1"], [])
    await receivers.post(receiver.url, receivers.fresh_secret(), "msg_2", "[]")
    assert receiver.names == ["msg_1"]
    assert "No matching signature" in receiver.trouble[0]


@pytest.mark.parametrize(
    ("status", "taken", "gone"), [(204, True, False), (500, False, False), (410, False, True)]
)
async def test_what_the_receiver_answers_is_what_counts(
    receivers: Receivers, receiver: Receiver, status: int, *, taken: bool, gone: bool
) -> None:
    """A success is taken, 410 is a farewell, and everything else is tried again."""
    receiver.always = status
    answer = await receivers.post(receiver.url, SECRET, "msg_1", "[]")
    assert (answer.status, answer.taken, answer.gone) == (status, taken, gone)


async def test_a_redirect_is_not_followed(receivers: Receivers, receiver: Receiver) -> None:
    """Where it leads is never asked, and the sentence says what to do instead."""
    receiver.always = 302
    answer = await receivers.post(receiver.url, SECRET, "msg_1", "[]")
    assert not answer.taken
    assert "redirects are not followed" in answer.said
    assert receiver.deliveries == 1


async def test_a_receiver_that_says_nothing_is_left(
    receivers: Receivers, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a limit the delivery has failed, in a sentence."""
    monkeypatch.setattr(webhooks, "WITHIN", 0.2)
    receiver.always = "silent"
    answer = await receivers.post(receiver.url, SECRET, "msg_1", "[]")
    assert "did not answer within" in answer.said


async def test_an_answer_without_end_is_not_read_to_its_end(receivers: Receivers, receiver: Receiver) -> None:
    """So much is read and no more; the status counts."""
    receiver.always = "endless"
    async with asyncio.timeout(5):
        answer = await receivers.post(receiver.url, SECRET, "msg_1", "[]")
    assert answer.status == 200


async def test_nobody_there_is_said_without_the_address(receivers: Receivers) -> None:
    """The sentence goes into lists and histories, and an address may hold a token."""
    answer = await receivers.post("http://127.0.0.1:1/secret-token", SECRET, "msg_1", "[]")
    assert "could not be reached" in answer.said
    assert "secret-token" not in answer.said
    assert SECRET not in answer.said


def looks_up(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name lead to these addresses."""

    async def found(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.8", "64:ff9b::a00:8",
        "2002:a00:8::1", "::",
    ],
)  # fmt: skip
async def test_no_event_goes_inside(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Whatever the name says, an address of a private network is refused before anything is sent."""
    assert not is_outside(ipaddress.ip_address(address))
    looks_up(monkeypatch, "93.184.215.14", address)
    one = Receivers()
    said = await one.check("https://receiver.example/hooks")
    answer = await one.post("https://receiver.example/hooks", SECRET, "msg_1", "[]")
    await one.close()
    assert said
    assert "inside a private network" in said
    assert "inside a private network" in answer.said


async def test_what_may_be_reached_on_a_development_machine_may_not_elsewhere(receiver: Receiver) -> None:
    """Without the setting this machine is inside like any other, and plain http is refused."""
    one = Receivers()
    assert "https only" in (await one.post(receiver.url, SECRET, "msg_1", "[]")).said
    await one.close()
    assert receiver.deliveries == 0


async def test_the_connection_goes_to_the_address_that_was_checked(
    receivers: Receivers, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once: a second answer of the name server is never asked for."""
    asked = 0

    async def once(*_: Any, **__: Any) -> list[Any]:
        nonlocal asked
        asked += 1
        where = "127.0.0.1" if asked == 1 else "10.0.0.8"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, receiver.port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", once)
    answer = await receivers.post(f"http://receiver.example:{receiver.port}/hooks", SECRET, "msg_1", "[]")
    assert answer.taken


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        (SECRET, True),
        ("whsec_c2hvcnQ=", False),
        ("whsec_not base64!", False),
        ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", False),
        ("", False),
    ],
)
def test_a_secret_is_told_from_other_words(text: str, *, usable: bool) -> None:
    """Only what the other side can check with is taken."""
    assert Receivers().is_secret(text) is usable


def test_a_made_secret_can_be_used() -> None:
    """Each is different, and none is refused."""
    one = Receivers()
    made = {one.fresh_secret() for _ in range(20)}
    assert len(made) == 20
    assert all(one.is_secret(secret) for secret in made)


@pytest.mark.parametrize(("named", "taken"), [("receiver.example", True), ("other.example", False)])
async def test_over_https_the_receiver_proves_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str, *, taken: bool
) -> None:
    """The connection goes to the address that was checked, and TLS still checks the name that was meant."""
    authority, server = certified(tmp_path, named)
    async with receiving(tls=server) as receiver:
        looks_up(monkeypatch, "127.0.0.1")
        one = Receivers(loopback=True, tls=authority)
        answer = await one.post(f"https://receiver.example:{receiver.port}/", SECRET, "msg_1", "[]")
        await one.close()
    assert answer.taken is taken
    assert taken or "could not be reached" in answer.said


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a client trusts, and what a server of a name shows."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(called, called, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start.replace(year=2120))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "server.pem", folder / "server.key"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    authority = ssl.create_default_context(cafile=str(file))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file, secret)
    return authority, server
