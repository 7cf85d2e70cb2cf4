"""A deterministic grammar reads the figures that the prose states."""
