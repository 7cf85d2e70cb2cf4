"""One module per file format; each yields the same Page type."""
