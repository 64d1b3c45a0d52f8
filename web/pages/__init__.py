"""Pages for those who are signed in, one file for each thing that they are about."""
