"""Grids become statutory tables and their cells figures."""
