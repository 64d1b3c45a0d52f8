"""DOCTORING: what is looked at when somebody asks whether all is well, and what to do where it is not."""
