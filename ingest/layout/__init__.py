"""Lines become sections and paragraphs; tables get what is printed around them; a disclosure gets its identity."""
