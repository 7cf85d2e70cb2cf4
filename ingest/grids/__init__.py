"""Glyphs and ruling lines of a page become grids of cells, joined over page breaks."""
