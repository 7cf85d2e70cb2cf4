"""The HTTP API over the bundled editions: what it answers, what it refuses, what it never lets a document do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpus.figures import Book
from corpus.settings import Settings, load_settings
from ui import api, docs, web
from ui.service import Service

UNIT = "厦门市政务服务保障中心"
DOCUMENT = f"{UNIT}2026年单位预算.pdf"


@pytest.fixture(scope="module")
def client(editions_settings: Settings) -> Iterator[TestClient]:
    service = Service(editions_settings)
    app = FastAPI(docs_url=None)
    app.add_middleware(web.Guard)
    for router in (api.router(service), web.router(service), docs.router(app)):
        app.include_router(router)
    with TestClient(app) as client:
        yield client


def test_a_question_is_answered_with_its_cell(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": f"{UNIT}2026年公务接待费是多少？"}).json()
    assert answer["status"] == "answered"
    assert (answer["result"]["value"], answer["result"]["unit"]) == ("3.00", "万元")
    assert answer["citations"][0]["document"] == DOCUMENT
    assert answer["citations"][0]["bbox"] is not None


@pytest.mark.parametrize(
    "body",
    [{}, {"question": ""}, {"question": "x" * 2001}, {"question": "x", "history": ["y"] * 51}, {"question": 5}, []],
)
def test_wrong_input_is_refused(client: TestClient, body: object) -> None:
    assert client.post("/api/ask", json=body).status_code == 422


def test_a_large_request_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/api/ask", content=b"x" * 300_000, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/healthz", "/docs", "/nowhere", "/mingzhang/style.css"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src" in headers["content-security-policy"]


def test_a_sheet_has_the_citation_as_columns(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/api/figures.csv", params={"code": "30217"}).text.lstrip("\ufeff"))))
    assert {"数值", "单位", "页", "表", "原文", "状态"} <= set(rows[0])
    assert len(rows) > 1


def test_findings_come_in_every_format(client: TestClient) -> None:
    listed = client.get("/api/findings").json()
    assert listed == json.loads(client.get("/api/findings.json").text)
    text = client.get("/api/findings.csv").text
    assert len(list(csv.reader(io.StringIO(text)))) == len(listed) + 1
    assert client.get("/api/findings.xlsx").content[:2] == b"PK"
    one = client.get("/api/findings", params={"severity": "contradiction"}).json()
    assert {finding["severity"] for finding in one} <= {"contradiction"}


def test_a_document_tells_its_tables_and_a_table_its_cells(client: TestClient) -> None:
    detail = client.get(f"/api/documents/{quote(DOCUMENT)}").json()
    table = detail["tables"][0]
    cells = client.get(f"/api/documents/{quote(DOCUMENT)}/tables/{quote(table['id'], safe='')}").json()["cells"]
    assert {"row", "column", "text", "page", "bbox"} <= cells[0].keys()
    assert client.get("/api/documents/没有.pdf").status_code == 404
    assert client.get(f"/api/documents/{quote(DOCUMENT)}/tables/x").status_code == 404


def test_what_expenditure_is_made_of(client: TestClient) -> None:
    row = client.get(f"/api/documents/{quote(DOCUMENT)}/composition").json()
    assert row["unit"] == "元"
    assert [(part["name"], part["value"]) for part in row["flow"]["classes"]] == [
        ("一般公共服务支出", "36708700"), ("社会保障和就业支出", "4306400"), ("卫生健康支出", "1167600"),
    ]  # fmt: skip
    assert row["economic"][0]["class"] == "工资福利支出"
    assert client.get("/api/documents/没有.pdf/composition").status_code == 404


def test_pages_and_originals(client: TestClient) -> None:
    picture = client.get(f"/api/evidence/{quote(DOCUMENT)}/pages/1.png", params={"scale": 0.5})
    assert picture.headers["content-type"] == "image/png"
    assert client.get(f"/api/evidence/{quote(DOCUMENT)}/pages/9999.png").status_code == 404
    original = client.get(f"/api/documents/{quote(DOCUMENT)}/original")
    assert original.content[:5] == b"%PDF-"
    assert original.headers["content-disposition"].startswith("inline")
    assert client.get("/api/documents/没有.pdf/original").status_code == 404


def test_evidence_of_a_citation_opens(client: TestClient) -> None:
    figure = client.get("/api/figures", params={"document": DOCUMENT, "code": "30217", "limit": 1}).json()[0]
    page = client.get("/evidence", params={"figure": figure["id"]})
    assert 'class="mz-lit"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/evidence/fragment", params={"figure": "none"}).status_code == 404
    assert client.get("/document", params={"name": DOCUMENT}).status_code == 200


def test_evidence_has_its_twin(client: TestClient) -> None:
    figure = client.get("/api/figures", params={"document": DOCUMENT, "code": "30217", "limit": 1}).json()[0]
    row = client.get("/api/evidence", params={"figure": figure["id"]}).json()
    assert (row["page"], row["quote"], row["figure"]["id"]) == (figure["page"], figure["printed"], figure["id"])
    assert [light["bbox"] for light in row["lights"] if light["exact"]] == [figure["bbox"]]
    assert client.get("/api/evidence", params={"document": "没有.pdf", "page": 1}).status_code == 404


def test_the_documentation_loads_nothing_from_outside(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "/api/ask" in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_vote_is_kept_in_the_book(tmp_path: object) -> None:
    settings = load_settings(store=tmp_path)
    service = Service(settings)
    app = FastAPI()
    app.include_router(api.router(service))
    vote = {"question": "多少？", "vote": "down", "reason": "页码不对"}
    with TestClient(app) as client:
        assert client.post("/api/feedback", json=vote).status_code == 200
        assert client.post("/api/feedback", json=vote | {"vote": "sideways"}).status_code == 422
        with Book.open(settings.book, writable=True):  # somebody else writes
            service_busy = client.post("/api/feedback", json=vote)
    assert service_busy.status_code == 503
    with Book.open(settings.book) as book:
        assert [json.loads(body)["reason"] for _, body in book.feedback()] == ["页码不对"]


def test_a_web_page_is_never_shown_in_our_origin(tmp_path: object) -> None:
    from pathlib import Path

    settings = load_settings(store=tmp_path)
    service = Service(settings)
    page = Path(str(tmp_path)) / "坏.html"
    page.write_text("<html><script>alert(1)</script><p>某某局2026年部门预算，公务接待费3万元。</p></html>", "utf-8")
    assert [t.sentence for t in service.ingest([page], "uploaded") if t.failed] == []
    app = FastAPI()
    app.include_router(web.router(service))
    with TestClient(app) as client:
        original = client.get(f"/api/documents/{quote(page.name)}/original")
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in original.headers["content-security-policy"]


def test_tools_for_assistants_read_only(editions_settings: Settings) -> None:
    """The four tools over HTTP, as an assistant's program calls them."""
    pytest.importorskip("mcp", reason="the mcp package is not installed")
    from ui import tools

    protocol = tools.application(Service(editions_settings))
    assert protocol is not None
    app = FastAPI(lifespan=lambda app: protocol.running())
    app.router.routes.extend(protocol.routes)
    headers = {"Accept": "application/json, text/event-stream"}
    with TestClient(app) as client:
        listed = client.post("/mcp", headers=headers, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).json()
        found = {tool["name"]: tool for tool in listed["result"]["tools"]}
        assert set(found) == {"ask", "documents", "figures", "findings"}
        assert all(tool["annotations"]["readOnlyHint"] for tool in found.values())
        call = {"name": "ask", "arguments": {"question": f"{UNIT}2026年公务接待费是多少？"}}
        body = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}
        answer = client.post("/mcp", headers=headers, json=body).json()["result"]["structuredContent"]
    assert answer["result"]["value"] == "3.00"


def test_the_api_keeps_to_its_description(client: TestClient) -> None:
    """Generated requests: whatever they hold, no server error, and answers as the OpenAPI document says."""
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=20, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def keeps(case: Any) -> None:
            response = case.call()
            assert response.status_code < 500, case.as_curl_command()
            case.validate_response(response, checks=[schemathesis.checks.not_a_server_error])

        keeps()
