"""What a worker of its own works on."""

import secrets
from collections.abc import AsyncIterator

import asyncpg
import pytest


@pytest.fixture
async def database(postgres: str) -> AsyncIterator[str]:
    """The address of an empty database."""
    name = f"w{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    yield postgres.replace("/postgres?", f"/{name}?")
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()
