"""The table of cycles."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A cycle is a process with more columns."""

    initial = True
    dependencies: ClassVar[list[Any]] = [("viewflow", "0015_task_scheduled")]
    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="HtaProcess",
            fields=[
                (
                    "process_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="viewflow.process",
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("number", models.IntegerField(default=0)),
                ("rungs", models.JSONField(default=list)),
                ("leaves", models.BooleanField(default=False)),
            ],
            bases=("viewflow.process",),
        ),
    ]
