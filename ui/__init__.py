"""People and programs come in here: command line, chat, explorer, HTTP API."""
