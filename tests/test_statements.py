import pytest
from statement_fixture import read, shared

from corpus.accounts import STATEMENTS
from corpus.disclosure import Cell, TableState
from ingest.tables.columns import halves
from ingest.tables.headers import Matrix, read_head
from ingest.tables.statements import announced

XIAMEN, XIAMEN24, QUANZHOU = "厦门市政务", "厦门市行政", "泉州"
FUKANG, JINCHENG = "阜康", "晋城"


def head_of(text: str) -> tuple[int, list[str]]:
    cells = [Cell(r, c, t) for r, line in enumerate(text.split("\n")) for c, t in enumerate(line.split("\t"))]
    matrix = Matrix(text.count("\n") + 1, text.split("\n")[0].count("\t") + 1, cells)
    head = read_head(matrix)
    return head.rows, ["/".join(path) for path in head.columns]


def test_blank_headings_stand_for_merges() -> None:
    rows, columns = head_of(
        "科目编码\t科目名称\t合计\t基本支出\t\t\t项目支出\n\t\t\t小计\t人员支出\t公用支出\t\n201\t教育\t9\t5\t3\t2\t4"
    )
    assert rows == 2
    assert columns == [
        "科目编码", "科目名称", "合计", "基本支出/小计", "基本支出/人员支出", "基本支出/公用支出", "项目支出",
    ]  # fmt: skip


def test_a_heading_over_the_last_columns_keeps_them_from_the_one_at_its_left() -> None:
    lines = (
        "财政拨款“三公”经费\t\t\t\t\t\t\t\t\t\t\t",
        "合计\t\t因公出国（境）费\t\t公务用车购置及运行维护费\t\t\t\t\t\t公务接待费\t",
        "\t\t\t\t小计\t\t公务用车购置费\t\t公务用车运行维护费\t\t\t",
        "\t".join(["预算数", "决算数"] * 6),
        "21.00\t16.95\t0.00\t0.00\t20.50\t16.95\t0.00\t0.00\t20.50\t16.95\t0.50\t0.00",
    )
    rows, columns = head_of("\n".join(lines))
    assert rows == 4
    cars = "公务用车购置及运行维护费"
    above = [
        "合计",
        "因公出国（境）费",
        f"{cars}/小计",
        f"{cars}/公务用车购置费",
        f"{cars}/公务用车运行维护费",
        "公务接待费",
    ]
    assert columns == [f"财政拨款“三公”经费/{head}/{kind}" for head in above for kind in ("预算数", "决算数")]


def test_repeated_sub_headings_get_one_parent_each() -> None:
    # as an exporter garbled it: 财政拨款 stands over two of its three columns only
    above = "科目编码\t科目名称\t合计\t财政拨款\t\t非财政拨款\t\t\t"
    below = "\t\t\t小计\t基本支出\t项目支出\t小计\t基本支出\t项目支出"
    text = f"{above}\n{below}\n合计\t\t1.00\t1.00\t\t1.00\t\t\t"
    rows, columns = head_of(text)
    assert rows == 2
    assert columns[3:] == [
        "财政拨款/小计", "财政拨款/基本支出", "财政拨款/项目支出",
        "非财政拨款/小计", "非财政拨款/基本支出", "非财政拨款/项目支出",
    ]  # fmt: skip


def test_rows_of_column_numbers_are_header() -> None:
    assert head_of("项目名称\t合计\t单位资金\n1\t2\t3\n云桌面服务费\t80.00\t80.00")[0] == 2
    assert head_of("项目\t决算数\t项目\t决算数\n栏次\t1\t栏次\t2\n一、财政拨款收入\t5.00\t一、教育支出\t4.00")[0] == 2


def test_a_total_in_the_header_row_is_body() -> None:
    assert head_of("科目编码\t\t\t科目名称\t合计\n类\t款\t项\t合计\t237,100.00\n205\t\t\t教育支出\t237,100.00")[0] == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            XIAMEN,
            "income_expenditure expenditure general_expenditure basic_economic three_public fund_expenditure transfer",
        ),
        (
            QUANZHOU,
            "unit_list income_expenditure income expenditure fiscal_income_expenditure general_expenditure"
            " fund_expenditure state_capital general_economic basic_economic three_public performance_project"
            " performance_project",
        ),
        (
            FUKANG,
            "income_expenditure income expenditure fiscal_income_expenditure general_expenditure basic_economic"
            " general_project fund_expenditure state_capital three_public entrusted carryover performance_unit",
        ),
        (
            JINCHENG,
            "income_expenditure income expenditure fiscal_income_expenditure general_expenditure basic_economic"
            " fund_income fund_expenditure state_capital three_public operating project project_carryover"
            " performance_project performance_project performance_project generic",
        ),
    ],
)
def test_shared_tables_are_recognised(name: str, expected: str) -> None:
    _, tables, _, _ = shared(name)
    assert [table.kind for table in tables] == expected.split()


def test_announced_tables_are_filled_empty_or_missing() -> None:
    layout, tables, _, _ = shared(XIAMEN)
    states = {entry.title: (entry.state, entry.note) for entry in announced(layout, tables)}
    assert states["部门收支预算总体情况表"] == (TableState.FILLED, "")
    assert states["部门收入预算总体情况表"] == (TableState.MISSING, "")
    assert states["政府性基金预算支出情况表"] == (TableState.EMPTY, "备注:此表无数据")
    assert len(states) == 9


def test_titles_announced_without_a_space_keep_their_year() -> None:
    layout, tables, _, _ = shared(JINCHENG)
    entries = announced(layout, tables)
    assert entries[0].title == "2026年预算收支总表"
    assert all(entry.state is not TableState.MISSING for entry in entries)
    assert len(entries) == 13


def test_a_title_that_disagrees_with_the_content_gives_way() -> None:
    _, tables, _ = read(
        "一般公共预算支出表\n单位：万元\n“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费\n3.00\t\t\t3.00\n"
    )
    assert tables[0].kind == "three_public"


def test_tables_without_title_are_known_by_content() -> None:
    rows = "合计\t\t30.00\t20.00\t10.00\n205\t教育支出\t30.00\t20.00\t10.00\n20502\t普通教育\t30.00\t20.00\t10.00\n"
    _, tables, _ = read(f"单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}")
    assert (tables[0].kind, tables[0].unit) == ("expenditure", "万元")


def test_a_unit_number_is_no_economic_class() -> None:
    rows = "301\t某市财政局\t9.00\t9.00\n301001\t某市财政局（本级）\t9.00\t9.00\n"
    _, tables, _ = read(f"部门收入总表\n单位：万元\n单位代码\t单位名称\t合计\t一般公共预算\n{rows}")
    assert tables[0].kind == "income"


def test_the_unit_comes_from_tables_that_share_the_amounts() -> None:
    body = "科目编码\t科目名称\t合计\t基本支出\n205\t教育支出\t415,808.40\t326,582.94\n合计\t\t415,808.40\t326,582.94\n"
    _, tables, _ = read(
        f"部门支出预算表\n单位：万元\n{body}\n说明如下。\n\n部门收入预算表\n{body.replace('基本支出', '财政拨款收入')}"
    )
    assert [table.unit for table in tables] == ["万元", "万元"]
    _, alone, figures = read(f"部门收入预算表\n{body}")
    assert alone[0].unit is None
    assert {figure.absence for figure in figures} == {"unreadable"}  # an amount without a unit is none


def test_two_tables_in_one_grid_are_two_halves() -> None:
    _, tables, _, _ = shared(JINCHENG)
    table = tables[3]
    left, right = halves(table, Matrix(table.n_rows, table.n_columns, table.cells), STATEMENTS[table.kind])
    assert (left.name, left.amounts) == (0, (1,))
    assert (right.name, right.amounts) == (2, (3, 4, 5, 6))


def test_header_rows_printed_again_are_dropped() -> None:
    text = (
        "部门支出预算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n205\t教育支出\t3.00\t3.00\t\n"
        "科目编码\t科目 名称\t合计\t基本 支出\t项目 支出\n20502\t普通教育\t3.00\t3.00\t\n"
    )
    _, tables, figures = read(text)
    assert tables[0].n_rows == 3
    assert {figure.locator.row_index for figure in figures} == {1, 2}


def test_english_under_headings_is_no_part_of_them() -> None:
    rows, columns = head_of(
        "科目编码Code\t科目名称Item\t合计 Total\t基本支出\n\t\t\tBasic Expenditure\n201\t教育\t9.00\t5.00"
    )
    assert (rows, columns) == (2, ["科目编码", "科目名称", "合计", "基本支出"])
