"""Connections to PostgreSQL, and what its constraints mean in words."""

from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
else:
    Pool = asyncpg.Pool


async def connect(url: str, *, most: int = 10, password: str | None = None) -> Pool:
    """A pool of connections in UTC, with short limits so that a dead server is noticed.

    Units: `most` is the number of connections at the most.
    Raises: OSError, asyncpg.PostgresError: the server cannot be reached or refuses.
    """
    pool: Pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=most,
        password=password,
        command_timeout=30,
        timeout=10,
        server_settings={"timezone": "UTC", "application_name": "answerable", "jit": "off"},
    )
    return pool
