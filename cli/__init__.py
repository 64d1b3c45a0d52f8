"""The command line's groups, one file each; starter.py is its door."""
