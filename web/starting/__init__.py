"""Starting a cycle in steps: a draft that is kept at each of them, and one act at the end."""
