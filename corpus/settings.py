"""One typed settings object, read from the environment (`MINGZHANG_…`) and an optional `.env` file.

Nested groups are reached with two underscores: `MINGZHANG_MODEL__NAME`, `MINGZHANG_EMBEDDING__NAME`,
`MINGZHANG_LIMITS__SECONDS`. Everything works with no variable set: offline, no key, no download.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

PREFIX = "MINGZHANG_"
BOOK_FILE = "book.sqlite"
INDEX_FOLDER = "passages"


class SettingsError(ValueError):
    """A setting is wrong; the message names the variable and says what is expected."""


def default_store() -> Path:
    """The user's data folder by the XDG convention: `$XDG_DATA_HOME/mingzhang` or `~/.local/share/mingzhang`."""
    home = os.environ.get("XDG_DATA_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share") / "mingzhang"


class ModelSettings(BaseModel):
    """A chat model behind an OpenAI-compatible endpoint; off while `name` is empty."""

    name: str = ""
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: float = Field(default=30.0, gt=0, description="seconds for one call, and for all calls of one question")
    max_retries: int = Field(default=3, ge=0, le=20)
    temperature: float | None = Field(default=0.0, ge=0, le=2)
    concurrency: int = Field(default=4, ge=1, le=64)
    input_price: Decimal | None = Field(default=None, ge=0, description="for a million tokens sent")
    output_price: Decimal | None = Field(default=None, ge=0, description="for a million tokens received")
    currency: str = Field(default="CNY", max_length=8, description="what the prices are in")

    @property
    def on(self) -> bool:
        """Whether a model is configured at all."""
        return bool(self.name)


class EmbeddingSettings(BaseModel):
    """Embeddings of passages: our own offline hash, or a model behind an OpenAI-compatible endpoint when named."""

    name: str = ""
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: float = Field(default=60.0, gt=0, description="seconds for one call")
    max_retries: int = Field(default=3, ge=0, le=20)
    batch: int = Field(default=64, ge=1, le=2048, description="passages sent in one call")


class Limits(BaseModel):
    """What one file may cost to read; beyond that it is reported and passed over."""

    seconds: float = Field(default=60.0, gt=0)
    memory_mb: int = Field(default=2048, ge=128)
    recognise: bool = Field(default=True, description="read scanned pages where the extra `ocr` is installed")
    scan_seconds: float = Field(default=15.0, gt=0, description="seconds more for each scanned page")
    scan_memory_mb: int = Field(default=4096, ge=128, description="memory for a file with scanned pages")
    pages: int = Field(default=2000, ge=1)
    bytes: int = Field(default=200_000_000, ge=1)
    processes: int = Field(default=1, ge=1, le=256, description="files read at the same time")


class Settings(BaseSettings):
    """All of mingzhang's settings. `load_settings` builds it; every field has a default that needs nothing."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
        validate_default=True,
    )

    store: Path = Field(default_factory=default_store)
    """Folder of the book, the passage index and the lock."""
    book_url: str | None = None
    """SQLAlchemy URL of the book; None: a SQLite file in `store`."""
    chroma_url: str | None = None
    """http(s)://host:port of a Chroma server; None: embedded, in `store`."""
    model: ModelSettings = ModelSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    limits: Limits = Limits()

    @field_validator("store", mode="after")
    @classmethod
    def _absolute(cls, store: Path) -> Path:
        return store.expanduser().absolute()

    @field_validator("book_url", "chroma_url", mode="before")
    @classmethod
    def _url(cls, url: Any) -> Any:
        if url in (None, ""):
            return None
        if not isinstance(url, str) or "://" not in url:
            raise ValueError("expected a URL such as postgresql+psycopg://user@host/name or http://host:8000")
        return url

    @property
    def book(self) -> str | Path:
        """What `Book.open` is given: the configured URL or the SQLite file in the store."""
        return self.book_url or self.store / BOOK_FILE

    @property
    def index(self) -> str | Path:
        """What `PassageIndex.open` is given: the Chroma server's URL or the folder in the store."""
        return self.chroma_url or self.store / INDEX_FOLDER


def load_settings(**given: Any) -> Settings:
    """The settings from environment and `.env`; keyword arguments that are not None win.

    Raises `SettingsError` with one line for each wrong setting, naming its variable.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except SourceError as error:
        raise SettingsError(f"{PREFIX}…: {error}") from None
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(item) for item in error.errors())) from None


def _complaint(item: Any) -> str:
    variable = PREFIX + "__".join(str(part) for part in item["loc"]).upper()
    message = str(item["msg"]).removeprefix("Value error, ")
    secret = isinstance(item["input"], dict | list) or "api_key" in item["loc"]
    shown = "" if secret else f" (got {item['input']!r})"
    return f"{variable}: {message}{shown}"
