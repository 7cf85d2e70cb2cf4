"""What must hold inside a table, between tables and in the prose; readings of one figure side by side."""
