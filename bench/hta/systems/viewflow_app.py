"""The Django settings and start of the Viewflow system: they have to stand before its models are read."""

from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

from bench.hta.system import Where

APP = "bench.hta.systems.viewflow_models"


def start(where: Where) -> None:
    """Configure Django for this database."""
    split = urlsplit(where.database)
    host = parse_qs(split.query).get("host", [split.hostname or ""])[0]
    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 - nothing is signed
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "viewflow",
            "viewflow.workflow",
            APP,
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": split.path.strip("/"),
                "USER": split.username or "postgres",
                "HOST": host,
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": False,
            }
        },
    )
    django.setup()
