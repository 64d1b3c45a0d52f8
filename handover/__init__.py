"""Handover packs: everything of a cycle, readable without this software, for whoever takes over."""
