"""An old tracker brought in: the file, what its columns mean, what would come of it, and what did."""
