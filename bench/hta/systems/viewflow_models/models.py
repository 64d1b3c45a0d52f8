"""A cycle as a Viewflow process."""

from django.db import models
from viewflow.workflow.models import Process


class HtaProcess(Process):
    """One cycle."""

    reference = models.CharField(max_length=20, unique=True)
    number = models.IntegerField(default=0)
    rungs = models.JSONField(default=list)
    leaves = models.BooleanField(default=False)

    class Meta:
        app_label = "viewflow_models"
