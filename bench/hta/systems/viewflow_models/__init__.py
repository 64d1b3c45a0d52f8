"""The Django application of the Viewflow system."""
