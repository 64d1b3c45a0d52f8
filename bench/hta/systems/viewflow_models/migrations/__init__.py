"""The migrations of the Viewflow system."""
