"""What a page reaches of scans, wired from the settings."""

from typing import Any

from temporalio.client import Client

from clients.copies import Copies
from engine.scanning import Nudges
from settings import Settings
from store.pool import Pool
from store.scans import Scans


def files_of(settings: Settings, pool: Pool, client: Client) -> dict[str, Any]:
    """What is known of viruses in files, who is nudged when one comes, whether unscanned ones open."""
    return {
        "scans": Scans(pool),
        "copies": Copies(),
        "nudges": Nudges(client, settings.temporal_task_queue),
        "unscanned_open": settings.unscanned_open,
    }
