"""The engine as the settings have it: where it is, and the Desk that every door hands acts in at."""

from pathlib import Path
from typing import Protocol

from temporalio.client import Client

from engine.connection import Address
from engine.desk import Desk, Directory, KeepsWords
from engine.sealed import Sealing
from reference.forums import forums_of
from sealing.keys import KeyRing


class SaysWhere(Protocol):
    """What the settings say of the engine, and of what the Desk lets pass."""

    @property
    def temporal_namespace(self) -> str: ...
    @property
    def temporal_task_queue(self) -> str: ...
    @property
    def temporal_tls(self) -> bool: ...
    @property
    def temporal_api_key(self) -> str | None: ...
    @property
    def ring(self) -> KeyRing | None: ...
    @property
    def standalone(self) -> bool: ...
    @property
    def forums_file(self) -> Path | None: ...
    @property
    def unscanned_open(self) -> bool: ...

    def need(self, name: str) -> str:
        """A setting's value. Raises SettingsWrong where it has none."""
        ...


def address_of(chosen: SaysWhere) -> Address:
    """Where the settings say that the engine is.

    Raises: SettingsWrong: they do not say it, or not with which keys what it keeps is encrypted.
    """
    if not chosen.standalone:
        chosen.need("keys_file")
    return Address(
        target=chosen.need("temporal_address"),
        namespace=chosen.temporal_namespace,
        queue=chosen.temporal_task_queue,
        tls=chosen.temporal_tls,
        api_key=chosen.temporal_api_key,
        ring=chosen.ring,
    )


def sealing_of(chosen: SaysWhere) -> Sealing:
    """With which keys, and in which namespace, the engine's memory is encrypted."""
    return Sealing(chosen.ring, chosen.temporal_namespace)


def desk_of(chosen: SaysWhere, client: Client, keeping: KeepsWords, directory: Directory) -> Desk:
    """Where acts are handed in, the same for pages, commands and the programme's openings.

    Raises: FileError: the office's file of forums cannot be used.
    """
    return Desk(
        client,
        chosen.temporal_task_queue,
        keeping,
        directory,
        demonstration=chosen.standalone,
        forums=forums_of(chosen.forums_file),
        unscanned_open=chosen.unscanned_open,
    )
