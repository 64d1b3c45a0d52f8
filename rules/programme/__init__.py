"""The programme: what the plan promises and nobody has asked about yet, turned into a year of cycles."""
