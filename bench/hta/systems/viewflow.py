"""(f) Viewflow: the process in Django's transactions on PostgreSQL; timers by its own dispatcher."""

from importlib import import_module

from bench.hta.served import SocketDoor
from bench.hta.system import Where
from bench.hta.systems.viewflow_app import start

SERVING = "bench.hta.systems.viewflow_models.serving"
"""Read only once Django is configured, which its models need."""


def prepare(where: Where) -> None:
    """Django's, Viewflow's and the record's tables."""
    start(where)
    import_module(SERVING).prepare()


def work(where: Where) -> None:
    """The application, and the dispatcher of timers beside it."""
    start(where)
    import_module(SERVING).work(where)


def door(where: Where) -> SocketDoor:
    """The way into the application's process."""
    return SocketDoor(where)
