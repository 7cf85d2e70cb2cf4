"""The chat model: answers that fit a schema by whatever way the server knows, failures told in words."""

from __future__ import annotations

import pytest
from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import HumanMessage
from pydantic import BaseModel
from scripted_model import ScriptedModel

from corpus.embeddings import build_embeddings
from corpus.models import NoAnswerError, chat_model, failure, is_outage, structured, tokens_used
from corpus.settings import EmbeddingSettings, ModelSettings, SettingsError


class Wanted(BaseModel):
    """What the test asks for."""

    amount: str
    year: int


SAID = {"amount": "3.00", "year": 2025}


def ask(server: ScriptedModel, **changes: object) -> Wanted:
    model = chat_model(server.settings(**changes))
    assert model is not None
    return structured(model, Wanted).invoke([HumanMessage("公务接待费?")])


def test_off_without_a_name() -> None:
    assert chat_model(ModelSettings()) is None


def test_own_service_needs_no_key_but_openai_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert chat_model(ModelSettings(name="m", base_url="http://127.0.0.1:9/v1")) is not None
    with pytest.raises(SettingsError, match="MINGZHANG_MODEL__API_KEY"):
        chat_model(ModelSettings(name="m"))


@pytest.mark.parametrize(("part", "calls"), [("honest", 1), ("json_only", 2), ("text_only", 3)])
def test_each_way_of_answering_is_understood(part: str, calls: int) -> None:
    with ScriptedModel(lambda prompt: SAID, part).running() as server:
        assert ask(server) == Wanted(amount="3.00", year=2025)
        assert server.calls["/v1/chat/completions"] == calls


def test_busy_once_is_asked_again() -> None:
    with ScriptedModel(lambda prompt: SAID, "busy_once").running() as server:
        assert ask(server).year == 2025


@pytest.mark.parametrize(
    ("part", "reason", "outage"),
    [
        ("garbled", "模型未作答", False),
        ("refusing", "模型未作答", False),
        ("breaks_off", "连接失败或中断", True),
        ("failing", "模型服务出错", True),
        ("busy", "请求过多或额度不足", True),
        ("down", "连接失败或中断", True),
    ],
)
def test_failures_are_told(part: str, reason: str, outage: bool) -> None:
    with ScriptedModel(lambda prompt: SAID, part).running() as server, pytest.raises(Exception) as raised:  # noqa: PT011
        ask(server, max_retries=0)
    assert (failure(raised.value), is_outage(raised.value)) == (reason, outage)


def test_a_slow_server_is_left_and_not_asked_thrice() -> None:
    with ScriptedModel(lambda prompt: SAID, "slow").running() as server, pytest.raises(Exception) as raised:  # noqa: PT011
        ask(server, timeout=0.2, max_retries=0)
    assert failure(raised.value) == "超时"
    assert server.calls["/v1/chat/completions"] == 1


def test_no_answer_is_an_error_with_words() -> None:
    assert failure(NoAnswerError("nothing")) == "模型未作答"
    assert failure(ValueError("x")) == "答复格式不符"
    assert failure(KeyError("x")) == "KeyError"


def test_tokens_are_counted() -> None:
    counter = UsageMetadataCallbackHandler()
    with ScriptedModel(lambda prompt: SAID).running() as server:
        model = chat_model(server.settings())
        assert model is not None
        for _ in range(2):
            structured(model, Wanted).invoke([HumanMessage("?")], config={"callbacks": [counter]})
    assert tokens_used(counter) == (200, 20)


def test_embeddings_from_an_endpoint() -> None:
    with ScriptedModel().running() as server:
        base_url = server.settings().base_url
        embeddings = build_embeddings(EmbeddingSettings(name="e", base_url=base_url))
        assert embeddings.embed_documents(["公务接待费", "车辆"]) == [[5.0, 1.0, 1.0], [2.0, 0.0, 1.0]]
        assert embeddings.embed_query("费") == [1.0, 1.0, 1.0]
        assert server.seen[0]["input"] == ["公务接待费", "车辆"]  # texts, not token numbers
