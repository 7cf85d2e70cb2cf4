"""Bundled disclosures: the PDFs, the manuscripts they are typeset from, and the script that typesets them."""
