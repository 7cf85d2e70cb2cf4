"""The chat model behind any OpenAI-compatible endpoint, and answers from it that fit a schema.

A model is a helper that can be switched off: without a configured name there is none, and everything still works.
Importing this module imports LangChain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.output_parsers import PydanticOutputParser
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import BaseModel

from corpus.embeddings import NO_KEY
from corpus.settings import ModelSettings, SettingsError

T = TypeVar("T", bound=BaseModel)


class NoAnswerError(ValueError):
    """The model answered nothing that could be read: it refused, or called no function."""


def chat_model(settings: ModelSettings) -> BaseChatModel | None:
    """The configured chat model, None when none is. Raises `SettingsError` when OpenAI's own service lacks its key.

    A server of one's own (`base_url`) needs no key. Timeouts, rate limits and server errors are tried again
    `max_retries` times with growing pauses.
    """
    if not settings.on:
        return None
    from langchain.chat_models import init_chat_model
    from openai import OpenAIError

    given: dict[str, Any] = {"base_url": settings.base_url, "temperature": settings.temperature}
    if settings.api_key is not None:
        given["api_key"] = settings.api_key.get_secret_value()
    elif settings.base_url is not None:
        given["api_key"] = NO_KEY
    try:
        model = init_chat_model(
            settings.name,
            model_provider="openai",
            timeout=settings.timeout,
            max_retries=settings.max_retries,
            **{name: value for name, value in given.items() if value is not None},
        )
    except OpenAIError as error:
        raise SettingsError(f"MINGZHANG_MODEL__API_KEY: {error}") from None
    return cast(BaseChatModel, model)


def structured(model: BaseChatModel, schema: type[T]) -> Runnable[Sequence[BaseMessage], T]:
    """A chain from messages to a value of `schema`: by function calling, else JSON mode, else JSON found in the text.

    The next way is tried only when the server knows not the one before or its answer does not fit; a server that is
    down or overloaded is not asked thrice. Raises what the first way raised; an empty answer is `NoAnswerError`.
    """
    from openai import BadRequestError, NotFoundError, UnprocessableEntityError

    parser: PydanticOutputParser[T] = PydanticOutputParser(pydantic_object=schema)
    instructed: Runnable[Any, Any] = RunnableLambda(
        lambda messages: [*messages, HumanMessage(parser.get_format_instructions())]
    )
    present: Runnable[Any, T] = RunnableLambda(_present)
    by_function = model.with_structured_output(schema, method="function_calling") | present
    by_json = instructed | model.with_structured_output(schema, method="json_mode") | present
    by_text = instructed | model | parser | present
    return by_function.with_fallbacks(
        [by_json, by_text],
        exceptions_to_handle=(
            ValueError,
            TypeError,
            KeyError,
            BadRequestError,
            NotFoundError,
            UnprocessableEntityError,
        ),
    )


def _present(answer: T | None) -> T:
    if answer is None:
        raise NoAnswerError("the model gave no answer that fits")
    return answer


def failure(error: BaseException) -> str:
    """Why a call to a model failed, in a few words of Chinese."""
    import openai

    reasons: list[tuple[type[BaseException], str]] = [
        (openai.APITimeoutError, "超时"),
        (openai.RateLimitError, "请求过多或额度不足"),
        (openai.AuthenticationError, "密钥无效"),
        (openai.PermissionDeniedError, "无权使用该模型"),
        (openai.NotFoundError, "服务上没有该模型"),
        (openai.InternalServerError, "模型服务出错"),
        (openai.APIConnectionError, "连接失败或中断"),
        (NoAnswerError, "模型未作答"),
        (ValueError, "答复格式不符"),
    ]
    return next((reason for kind, reason in reasons if isinstance(error, kind)), type(error).__name__)


def is_outage(error: BaseException) -> bool:
    """Whether the next call will most likely fail in the same way: no service, no key, no right, no such model."""
    import openai

    down = (openai.APIConnectionError, openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError)
    return isinstance(error, (*down, openai.InternalServerError, openai.RateLimitError))


def tokens_used(counter: UsageMetadataCallbackHandler) -> tuple[int, int]:
    """Tokens sent and received, over all models that the callback has seen."""
    used = counter.usage_metadata.values()
    return sum(item["input_tokens"] for item in used), sum(item["output_tokens"] for item in used)
