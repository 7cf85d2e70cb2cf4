"""Embeddings for LangChain: our own offline hash by default, an OpenAI-compatible endpoint when one is configured.

Importing this module imports LangChain; the arithmetic alone is in `corpus.hashing`.
"""

from __future__ import annotations

from typing import Any

from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from corpus import hashing
from corpus.settings import EmbeddingSettings

NO_KEY = "none"
"""Sent where a local server needs no key; the client refuses to start without any."""


class HashEmbeddings(Embeddings):
    """`corpus.hashing` as LangChain sees it. `frequencies` tells how common a question's tokens are in the book."""

    def __init__(self, frequencies: hashing.Frequencies | None = None) -> None:
        self._frequencies = frequencies

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, 1024 wide, of length 1."""
        return [hashing.passage_vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, 1024 wide, of length 1."""
        return hashing.question_vector(text, self._frequencies)


def build_embeddings(settings: EmbeddingSettings, frequencies: hashing.Frequencies | None = None) -> Embeddings:
    """The embeddings that the settings ask for."""
    if not settings.name:
        return HashEmbeddings(frequencies)
    from langchain_openai import OpenAIEmbeddings

    key = settings.api_key or (SecretStr(NO_KEY) if settings.base_url else None)
    given: dict[str, Any] = {"api_key": key} if key else {}  # else the client looks for OPENAI_API_KEY
    return OpenAIEmbeddings(
        model=settings.name,
        base_url=settings.base_url,
        **given,
        timeout=settings.timeout,
        max_retries=settings.max_retries,
        chunk_size=settings.batch,
        check_embedding_ctx_length=False,  # else it downloads a tokenizer, and sends numbers instead of text
    )


def model_id(settings: EmbeddingSettings) -> str:
    """The name under which the book keeps vectors of these embeddings (at most 120 characters)."""
    if not settings.name:
        return hashing.MODEL
    return f"{settings.name}@{settings.base_url or 'openai'}"[:120]
