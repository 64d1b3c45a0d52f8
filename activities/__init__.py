"""EFFECTS: one class per outside party, owning the Protocol that it needs."""
