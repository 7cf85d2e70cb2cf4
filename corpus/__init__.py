"""Ground floor: what is known and how to say it. Domain types, money, chart of accounts, stores, settings, models."""
