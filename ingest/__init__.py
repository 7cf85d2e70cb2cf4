"""A file becomes pages, tables, figures, passages and findings."""
