"""The pages' HTML: hostile text stays text, lit boxes lie where the document says, links show only what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.disclosure import Cell, Disclosure, Finding, PageInfo, Severity, Side, Table
from corpus.figures import Book
from corpus.locator import Locator
from corpus.settings import Settings
from rag.answer import Answer
from rag.plan import Verdict
from ui.cards import answer_card, copy_text, grouped, partial_card, question_card
from ui.chat import FRAME
from ui.evidence import PAD, evidence_html, lit_style
from ui.explorer import one_account
from ui.grids import MOST_ROWS, shown_rows, table_grid
from ui.markup import items, markers, to_html
from ui.places import Shown, find, link
from ui.service import Service
from ui.tables import finding_cards, sorted_figures
from ui.told import bars, candidates, follow_ups
from ui.told import told as told_of

HOSTILE = "<img src=x onerror=alert(1)>\"'&[a](http://evil.example/)![b](http://evil.example/p.png)"


def mark(number: int) -> str:
    return f"<{number}>"


def told(**changes: object) -> dict[str, object]:
    return {
        "status": "answered", "answer": "三公：**3.00万元**[1]", "question": "多少？", "document": None,
        "result": {"value": "1234.50", "unit": "万元", "status": "confirmed", "formula": None},
        "citations": [{
            "marker": 1, "document": "a.pdf", "page": 2, "table": None, "row": None, "column": None, "quote": "3.00",
            "link": "/evidence?figure=ab",
        }],
        "warnings": [], "seconds": 0.01,
    } | changes  # fmt: skip


def test_answers_become_paragraphs_lists_tables_and_markers() -> None:
    text = "共2个：\n- 甲：**80.00万元**[1]\n- 乙[2]\n\n| 单位 | 金额 |\n|---|---|\n| 丙 | 5.00 |"
    assert to_html(text, mark) == (
        "<p>共2个：</p><ul><li>甲：<strong>80.00万元</strong><1></li><li>乙<2></li></ul>"
        '<div class="mz-scroll" tabindex="0"><table><thead><tr><th scope="col">单位</th><th scope="col">金额</th></tr>'
        '</thead><tbody><tr><td>丙</td><td class="mz-number">5.00</td></tr></tbody></table></div>'
    )
    assert items(text) == ["甲：**80.00万元**[1]", "乙[2]"]
    assert markers("a[1][12]") == [1, 12]


def test_a_list_with_bars_is_a_table_of_amounts() -> None:
    """What all labels end in heads the table; an item without an amount of its own has no bar."""
    text = "最高的是甲局。\n1. 甲局2026年支出合计预算：**4218.27万元**[1]\n2. 乙局2026年支出合计预算：**0**（空表）[2]\n完。"
    html = to_html(text, mark, {0: 100.0}, ("单位", "数值", "出处"))
    assert html == (
        "<p>最高的是甲局。</p>"
        '<table class="mz-compared"><thead><tr><th scope="col">2026年支出合计预算</th><th scope="col">数值</th>'
        '<th scope="col"></th><th scope="col">出处</th></tr></thead><tbody>'
        '<tr><th scope="row">甲局</th><td class="mz-number"><strong>4,218.27 万元</strong></td><td class="mz-bar-cell">'
        '<span class="mz-bar-track" aria-hidden="true"><span class="mz-bar" style="width:100.0%"></span></span></td>'
        '<td class="mz-bar-notes"><1></td></tr>'
        '<tr><th scope="row">乙局</th><td class="mz-number"><strong>0</strong></td><td class="mz-bar-cell">'
        '<span class="mz-bar-track" aria-hidden="true"></span></td><td class="mz-bar-notes">（空表）<2></td></tr>'
        "</tbody></table><p>完。</p>"
    )


def test_nothing_is_left_for_markdown_to_interpret() -> None:
    html = to_html(f"{HOSTILE}\n- {HOSTILE}\n| {HOSTILE} |\n|---|\n| {HOSTILE} |", mark)
    assert "<img" not in html
    assert "<a" not in html
    assert "\n" not in html


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": HOSTILE}, {"question": HOSTILE}, {"warnings": [HOSTILE]},
        {"citations": [{
            "marker": 1, "document": HOSTILE, "page": 1, "table": HOSTILE, "row": HOSTILE, "column": HOSTILE,
            "quote": HOSTILE, "link": f"/evidence?quote={HOSTILE}",
        }]},
        {
            "answer": f"- {HOSTILE}：**{HOSTILE}**{HOSTILE}[1]\n- {HOSTILE}：**3.00万元**",
            "bars": [{"item": "0", "label": HOSTILE, "amount": HOSTILE, "percent": "50.0"}],
        },
        {"result": {"value": HOSTILE, "unit": HOSTILE, "status": "computed", "formula": HOSTILE}},
        {"trace": {"plan": {"units": [HOSTILE], "accounts": [{"name": HOSTILE}], "documents": [HOSTILE]}}},
    ],
)  # fmt: skip
def test_hostile_text_stays_text_in_a_card(changes: dict[str, object]) -> None:
    html = answer_card(told(**changes))
    assert "<img" not in html
    assert 'href="http' not in html
    assert "onerror=alert(1)>" not in html
    assert "\n" not in html.replace("&#10;", "") or "data-mz-copy" in html


def test_hostile_text_stays_text_elsewhere() -> None:
    place = Locator(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    finding = Finding(HOSTILE, Severity.GAP, HOSTILE, HOSTILE, HOSTILE, (Side(place, HOSTILE, HOSTILE),), HOSTILE)
    table = Table("t", HOSTILE, "generic", HOSTILE, 1, 1, 0, (Cell(0, 0, HOSTILE),), ("",), notes=(HOSTILE,))
    for html in (
        question_card(HOSTILE), partial_card(HOSTILE), finding_cards([finding], "zh"), finding_cards([finding], "en"),
        table_grid(table, 0, 0),
    ):  # fmt: skip
        assert "<img" not in html
        assert 'href="http' not in html


def test_a_link_that_is_not_to_evidence_is_not_drawn() -> None:
    citation = {
        "marker": 1, "document": "a", "page": 1, "table": None, "row": None, "column": None, "quote": "q",
        "link": "javascript:alert(1)",
    }  # fmt: skip
    assert "javascript:" not in answer_card(told(citations=[citation]))


def test_the_headline_is_grouped_exactly() -> None:
    assert grouped("1234567.80") == "1,234,567.80"
    assert grouped("-1234") == "-1,234"
    assert grouped("0.05") == "0.05"
    assert '<span class="mz-value">1,234.50</span>' in answer_card(told())


def test_copying_gives_sources() -> None:
    assert copy_text(told(), "zh") == "三公：3.00万元[1]\n[1] a.pdf · 第2页：“3.00”"


def test_a_refusal_has_no_headline() -> None:
    html = answer_card(told(status="not_disclosed"))
    assert "mz-headline" not in html
    assert "mz-refusal" in html


def test_the_lit_box_is_the_cell_with_a_little_air() -> None:
    page = PageInfo(1, 200.0, 400.0, "")
    style = lit_style((20.0, 40.0, 60.0, 80.0), page)
    left, top = (20 - PAD) / 200 * 100, (40 - PAD) / 400 * 100
    width, height = (40 + 2 * PAD) / 200 * 100, (40 + 2 * PAD) / 400 * 100
    assert style == f"left:{left:.3f}%;top:{top:.3f}%;width:{width:.3f}%;height:{height:.3f}%"


def test_a_grid_lights_the_cited_cell_and_keeps_spans() -> None:
    cells = (Cell(0, 0, "项目", colspan=2), Cell(1, 0, "甲", rowspan=2), Cell(1, 1, "1.00"), Cell(2, 1, "2.00"))
    table = Table("t", "表", "generic", "万元", 3, 2, 1, cells, ("项目", "项目"))
    html = table_grid(table, 2, 1)
    assert '<th colspan="2">项目</th>' in html
    assert '<td rowspan="2">甲</td>' in html
    assert '<tr class="mz-cited-row"><td class="mz-number mz-cited">2.00</td></tr>' in html


def test_a_long_table_is_cut_to_header_and_neighbours() -> None:
    cells = tuple(Cell(row, 0, str(row)) for row in range(500))
    table = Table("t", "", "generic", None, 500, 1, 2, cells, ("",))
    rows = shown_rows(table, 300)
    assert rows[:2] == [0, 1]
    assert 300 in rows
    assert len(rows) <= MOST_ROWS


def test_a_link_shows_only_what_the_book_holds(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        name = book.disclosures()[0].name
        forged = find(book, {"document": name, "page": 1, "quote": "这句话哪一份文件里都没有印过"})
        assert forged is not None
        assert forged.lost
        assert "没有印过" not in evidence_html(forged, None)
        assert find(book, {"document": "没有.pdf", "page": 1}) is None
        assert find(book, {"document": name, "page": 9999}) is None
        assert find(book, {"figure": "0" * 20}) is None


def test_every_figure_is_found_again_by_its_link(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        for figure in book.figures()[::97]:
            shown = find(book, {"figure": figure.id})
            assert shown is not None
            exact = [light for light in shown.lights if light.exact]
            assert [(light.page, light.box) for light in exact] == [(figure.locator.page, figure.locator.bbox)]
            assert link(figure.locator, figure.id) == f"/evidence?figure={figure.id}"


def test_a_sentence_over_several_lines_is_lit_on_every_line(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        for disclosure in book.disclosures():
            for section in book.sections(disclosure.name):
                for paragraph in section.paragraphs:
                    if len(paragraph.spans) >= 3:
                        shown = find(book, {"document": disclosure.name, "quote": paragraph.text[:600]})
                        assert shown is not None
                        assert len(shown.lights) >= 2
                        return
    pytest.skip("no paragraph over three lines in the editions")


def test_words_that_go_on_over_the_page_lead_there() -> None:
    from corpus.disclosure import Basis, Level
    from ui.places import Light

    disclosure = Disclosure("a.pdf", "0", "", "甲", Level.UNIT, 2026, Basis.BUDGET, "", "pdf", 3)
    pages = tuple(PageInfo(number, 200.0, 400.0, "") for number in (1, 2, 3))
    lights = (Light(1, (10.0, 380.0, 90.0, 392.0)), Light(2, (10.0, 20.0, 90.0, 32.0)))
    shown = Shown(disclosure, Locator("a.pdf", 1, quote="前页后页"), pages, lights)
    first, second = evidence_html(shown, None), evidence_html(shown, 2)
    assert first.count('class="mz-lit"') == second.count('class="mz-lit"') == 1
    assert "所引文字也在第2页" in first
    assert "所引文字也在" not in second
    assert "回到所引页" in second


def test_without_page_pictures_the_words_are_marked() -> None:
    from corpus.disclosure import Basis, Level, Paragraph, Span

    disclosure = Disclosure("a.txt", "0", "", "甲", Level.UNIT, 2026, Basis.BUDGET, "", "txt", None)
    paragraph = Paragraph("前文<b>3.00万元</b>后文", (Span(0, 18, None, None),))
    shown = Shown(disclosure, Locator("a.txt", quote="<b>3.00万元</b>"), paragraph=paragraph)
    html = evidence_html(shown, None)
    assert '前文<mark class="mz-cited">&lt;b&gt;3.00万元&lt;/b&gt;</mark>后文' in html


def test_figures_sort_by_money_whatever_its_unit(editions_settings: Settings) -> None:
    with Book.open(editions_settings.book) as book:
        found = sorted_figures(book.figures(limit=400), "most", {})
    money = [
        f.amount.to("元").value for f in found if f.amount is not None and f.amount.is_money and f.measure == "金额"
    ]
    assert money == sorted(money, reverse=True)
    assert all(isinstance(value, Decimal) for value in money)


def test_bars_show_each_items_own_amount(editions_settings: Settings) -> None:
    """A total that is computed from the cited amounts has no bar: none of its citations is its amount."""
    service = Service(editions_settings)
    units = sorted({d.issuer for d in service.book.disclosures() if d.year == 2026})
    answer = service.assistant.ask("各单位2026年支出合计排名")
    found = bars(answer)
    assert len(found) == len(units)
    assert found[0]["percent"] == "100.0"
    summed = replace(answer, text=f"- 总计：**9999.99万元**[1][2]\n{answer.text}")
    assert bars(summed) == [bar | {"item": str(int(bar["item"]) + 1)} for bar in found]


def test_an_ambiguous_question_offers_every_unit_named() -> None:
    answer = Answer(Verdict.AMBIGUOUS, "请说明是哪个单位：甲局、甲局分局、乙局。您问的是哪一个？")
    offers = candidates(answer, "公务接待费是多少？", ["甲局", "甲局分局", "乙局", "丙局"])
    assert [offer["label"] for offer in offers] == ["甲局", "甲局分局", "乙局"]
    assert offers[2]["question"] == "乙局公务接待费是多少？"


def test_what_is_offered_next_is_answered(editions_settings: Settings) -> None:
    service = Service(editions_settings)
    question = "厦门市政务服务保障中心2026年公务接待费是多少？"
    turn = told_of(service, service.assistant.ask(question), question, None, "zh")
    offered = follow_ups(service, turn, [question])
    assert offered
    assert all(service.assistant.ask(next_one).verdict is Verdict.ANSWERED for next_one in offered)


def test_like_is_compared_with_like(editions_settings: Settings) -> None:
    from corpus.figure import Scheme

    with Book.open(editions_settings.book) as book:
        found = one_account(book.figures(accounts=["公务接待费"], schemes=[Scheme.THREE_PUBLIC]))
        assert len({(f.funding, f.component, f.flow) for f in found}) == 1
        assert len({(f.document, f.year, f.basis) for f in found}) == len(found) > 1
        assert one_account(book.figures()) == []


def test_a_models_words_are_streamed_and_rules_answer_at_once(
    editions_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pieces come as cards before the whole answer; without a model one event carries everything."""
    import inspect
    import time

    from ui.chat import _answerers, answer_turn

    service = Service(editions_settings)
    question = "厦门市政务服务保障中心2026年公务接待费是多少？"
    whole = service.assistant.ask(question)

    def stream(*_: object) -> Iterator[str | Answer]:
        for piece in ("公务", "接待费"):
            time.sleep(FRAME + 0.02)
            yield piece
        yield whole

    monkeypatch.setattr(service.assistant, "stream", stream)
    steps = list(answer_turn(service, "zh", question, None, []))
    shown = [step[0][-1]["content"] for step in steps]
    assert "公务接待费" in shown[1]
    assert "mz-tools" not in shown[1]
    assert "3.00" in shown[-1]
    assert [turn["question"] for turn in steps[-1][2]] == [question]
    plain = _answerers(service, "zh")
    assert not any(map(inspect.isgeneratorfunction, plain))
    model = editions_settings.model.model_copy(update={"name": "some"})
    helped = Service(editions_settings.model_copy(update={"model": model}))
    assert helped.settings.model.on
    assert all(map(inspect.isgeneratorfunction, _answerers(helped, "zh")))
