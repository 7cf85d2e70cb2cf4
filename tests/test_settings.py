"""Settings: nothing needed, everything reachable by one variable, a wrong one named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from corpus.settings import PREFIX, Settings, SettingsError, load_settings

DOCUMENTED = Path(__file__).resolve().parents[1] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # away from any .env
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.store == tmp_path / "data" / "mingzhang"
    assert settings.book == settings.store / "book.sqlite"
    assert settings.index == settings.store / "passages"
    assert not settings.model.on


def test_store_without_xdg_is_under_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    assert load_settings().store == Path.home() / ".local" / "share" / "mingzhang"


def test_environment_then_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINGZHANG_STORE", "~/books")
    monkeypatch.setenv("MINGZHANG_MODEL__NAME", "some-model")
    monkeypatch.setenv("MINGZHANG_MODEL__API_KEY", "sk-secret")
    monkeypatch.setenv("MINGZHANG_LIMITS__SECONDS", "7.5")
    settings = load_settings(store=None)
    assert settings.store == Path.home() / "books"
    assert settings.model.on
    assert "sk-secret" not in repr(settings)
    assert settings.limits.seconds == 7.5
    assert load_settings(store=tmp_path).store == tmp_path


def test_dotenv(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINGZHANG_BOOK_URL=postgresql+psycopg://me@host/book\nOTHER=1\n", encoding="utf-8")
    settings = load_settings()
    assert settings.book == "postgresql+psycopg://me@host/book"


@pytest.mark.parametrize(
    ("variable", "value"),
    [("LIMITS__PAGES", "many"), ("CHROMA_URL", "localhost"), ("MODEL__TIMEOUT", "-1")],
)
def test_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(f"MINGZHANG_{variable}", value)
    with pytest.raises(SettingsError, match=f"MINGZHANG_{variable}: .*{value}"):
        load_settings()


SECRETS = ['{"api_key": ["sk-secret"]}', '{"timeout": -1, "api_key": "sk-secret"}', "sk-secret"]


@pytest.mark.parametrize("wrong", SECRETS)
def test_secret_is_not_shown_in_a_complaint(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("MINGZHANG_MODEL", wrong)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert "sk-secret" not in str(raised.value)


def variables(kind: type[BaseModel], prefix: str) -> Iterator[tuple[str, object]]:
    """The variable of every setting with its default."""
    for name, field in kind.model_fields.items():
        default = field.get_default(call_default_factory=True)
        if isinstance(default, BaseModel):
            yield from variables(type(default), f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper(), default


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|", DOCUMENTED.read_text(encoding="utf-8"), re.MULTILINE)
    told = dict(rows)
    known = dict(variables(Settings, PREFIX))
    assert [name for name, _ in rows] == list(known)
    for name, default in known.items():
        if name == "MINGZHANG_STORE":
            continue  # depends on whose machine it is
        said = str(default).lower() if isinstance(default, bool) else str(default)
        written = "–" if default in (None, "") else f"`{said}`"
        assert told[name] == written, name
