from decimal import Decimal

from statement_fixture import disclosure, pick, read, shared, values

from corpus.accounts import STATEMENTS
from corpus.figure import Scheme
from corpus.money import Absence
from ingest.tables.columns import halves
from ingest.tables.headers import Matrix
from ingest.tables.repair import UNSETTLED
from ingest.tables.sums import SURPLUS, body, column_sums, holds, kept, row_sums

HEAD = "一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\t人员支出\t公用支出\n"


def test_labour_cost_of_a_continuation_page_stands_one_column_off() -> None:
    _, tables, figures, _ = shared("厦门市行政")
    assert values(pick(figures, Scheme.ECONOMIC, "30226", component="基本支出")) == ["851.00万元"]
    assert values(pick(figures, Scheme.ECONOMIC, "30226", component="公用经费")) == ["851.00万元"]
    assert pick(figures, Scheme.ECONOMIC, "30226", component="人员经费") == []
    assert values(pick(figures, Scheme.ECONOMIC, "30305", component="人员经费")) == ["4.36万元"]
    assert pick(figures, Scheme.ECONOMIC, "30305", component="公用经费") == []
    moved = [cell for cell in tables[5].cells if cell.repaired and not cell.repaired.startswith(SURPLUS)]
    assert all("唯一确定" in (cell.repaired or "") for cell in moved)
    assert len(moved) == 11  # the rows of 302 and 310 on the second page


def test_an_amount_printed_twice_counts_once() -> None:
    _, tables, figures, _ = shared("厦门市政务")
    assert values(pick(figures, Scheme.ECONOMIC, "30299", component="公用经费")) == ["13.54万元"]
    assert pick(figures, Scheme.ECONOMIC, "30299", component="人员经费") == []
    surplus = [(cell.row, cell.column, cell.text) for cell in tables[3].cells if cell.repaired]
    assert surplus == [(24, 3, "13.54"), (28, 3, "10.00"), (29, 3, "10.00")]  # printed text stays


def test_garbled_headings_are_exchanged_where_only_that_adds_up() -> None:
    _, tables, figures, _ = shared("厦门市行政")
    assert tables[4].columns[5:] == ("基本支出/公用支出", "项目支出")
    total = pick(figures, Scheme.TOTAL, "本年支出合计", funding="一般公共预算", component="项目支出")
    assert values(total) == ["2,641.93万元"]


def test_what_the_sums_cannot_settle_is_unreadable() -> None:
    # 5.00 stands three times and no class row says whether it is 人员 or 公用
    rows = "301\t工资福利支出\t60.00\t60.00\t\n302\t商品和服务支出\t20.00\t\t20.00\n399\t其他支出\t5.00\t5.00\t5.00\n"
    _, tables, figures = read(HEAD + rows)
    doubtful = pick(figures, Scheme.ECONOMIC, "399")
    assert {figure.absence for figure in doubtful} == {Absence.UNREADABLE}
    marks = [cell.repaired or "" for cell in tables[0].cells if cell.row == 3 and cell.column > 1]
    assert all(mark.startswith(UNSETTLED) for mark in marks)


def test_a_document_that_does_not_add_up_is_left_alone() -> None:
    rows = (
        "合计\t\t85.00\t60.00\t20.00\n301\t工资福利支出\t60.00\t60.00\t\n30101\t基本工资\t60.00\t60.00\t\n"
        "302\t商品和服务支出\t20.00\t\t20.00\n30201\t办公费\t20.00\t\t20.00\n"
    )
    _, tables, figures = read(HEAD + rows)
    assert not any(cell.repaired for cell in tables[0].cells)
    assert values(pick(figures, Scheme.TOTAL, "本年支出合计", component="基本支出")) == ["85.00万元"]


def test_headings_of_other_tables_are_never_exchanged() -> None:
    rows = (
        "\t合计\t12.00\t11.00\t10.00\t1.00\t8.00\n301001\t甲局\t9.00\t8.50\t8.50\t.50\t5.00\n"
        "301002\t乙所\t3.00\t2.50\t1.50\t.50\t3.00\n301003\t丙站\t3.00\t2.50\t1.50\t.50\t3.00\n"
    )
    head = "单位代码\t单位名称\t合计\t财政拨款\t事业收入\t其他收入\t上年结转\n"
    _, tables, _ = read(f"部门收入总表\n单位：万元\n{head}{rows}")
    assert tables[0].columns == tuple(head.strip().split("\t"))


def test_rounding_is_no_difference() -> None:
    assert holds(Decimal("10.01"), [Decimal("5.00"), Decimal("5.00")])
    assert not holds(Decimal("10.03"), [Decimal("5.00"), Decimal("5.00")])
    assert holds(None, [None, None])
    assert not holds(Decimal("3.00"), [None, None])


def test_every_sum_of_the_shared_tables_is_kept() -> None:
    counted = 0
    for name in ("厦门市政务", "厦门市行政", "泉州", "阜康", "晋城"):
        _, tables, _, who = shared(name)
        for table in tables:
            statement = STATEMENTS[table.kind]
            matrix = Matrix(table.n_rows, table.n_columns, table.cells)
            if table.empty or statement.rows == "indicators":
                continue
            for half in halves(table, matrix, statement):
                found = body(table, matrix, half, statement, who)
                for item in column_sums(table, found.meanings):
                    results = [kept(item, found.values[entry.row].get) for entry in found.entries]
                    assert False not in results, (table.title, item)
                    counted += results.count(True)
                for item in row_sums(found.entries):
                    for column in found.headed:
                        result = kept(item, lambda row, at=column, of=found: of.values[row].get(at))  # type: ignore[misc]
                        assert result is not False, (table.title, item, column)
                        counted += result is True
    assert counted > 600


def test_disclosure_fixture_is_a_budget() -> None:
    assert disclosure().basis == "预算"


SHIFTED = (
    "一般公共预算基本支出表\n单位：万元\n科目编码\t科目名称\t合计\t人员支出\t公用支出\t\n"
    "合计\t\t100.00\t70.00\t30.00\t\n301\t工资福利支出\t60.00\t60.00\t\t\n30101\t基本工资\t60.00\t60.00\t\t\n"
    "302\t商品和服务支出\t30.00\t\t30.00\t\n30201\t办公费\t14.00\t\t14.00\t\n30202\t印刷费\t5.00\t\t5.00\t\n"
    "30207\t邮电费\t4.00\t4.00\t\t4.00\n30211\t差旅费\t4.00\t4.00\t\t4.00\n30229\t福利费\t3.00\t3.00\t\t3.00\n"
    "303\t对个人和家庭的补助\t10.00\t10.00\t10.00\t\n30305\t生活补助\t6.00\t6.00\t6.00\t\n30399\t其他补助\t4.00\t4.00\t4.00\t\n"
)
"""The rows after 30202 stand as a page break shifted them: an amount printed twice, in a column that is not its own."""


def shifted(old: str = "", new: str = "") -> dict[str, list[str]]:
    """What 人员经费 and 公用经费 are read as, by code, after one replacement in the shifted table."""
    assert SHIFTED.count(old) == 1 or not old
    _, _, figures = read(SHIFTED.replace(old, new) if old else SHIFTED)
    parts = [f for f in figures if f.component in ("人员经费", "公用经费")]
    return {
        code: [f"{f.component}{f.amount.value if f.amount else f.absence}" for f in parts if f.code == code]
        for code in ("302", "30202", "30207", "30211", "30229", "303", "30305")
    }


SETTLED = {
    "302": ["公用经费30.00"], "30202": ["公用经费5.00"], "30207": ["公用经费4.00"], "30211": ["公用经费4.00"],
    "30229": ["公用经费3.00"], "303": ["人员经费10.00"], "30305": ["人员经费6.00"],
}  # fmt: skip


def test_shifted_rows_are_settled() -> None:
    assert shifted() == SETTLED


def test_a_misprint_elsewhere_does_not_unsettle_shifted_rows() -> None:
    assert shifted("合计\t\t100.00", "合计\t\t700.00") == SETTLED
    assert shifted("14.00\t\t14.00", "14.00\t\t74.00") == SETTLED
    assert shifted("14.00\t\t14.00", "74.00\t\t14.00") == SETTLED
    assert shifted("302\t商品和服务支出\t30.00\t\t30.00", "302\t商品和服务支出\t30.00\t\t90.00") == SETTLED | {
        "302": ["公用经费90.00"]
    }


def test_a_misprinted_row_follows_the_shifted_rows_beside_it() -> None:
    assert shifted("差旅费\t4.00", "差旅费\t9.00") == SETTLED
    assert shifted("差旅费\t4.00\t4.00", "差旅费\t4.00\t9.00") == SETTLED | {"30211": ["公用经费9.00"]}
    assert shifted("生活补助\t6.00", "生活补助\t9.00") == SETTLED
    assert shifted("的补助\t10.00\t10.00", "的补助\t10.00\t40.00") == SETTLED | {"303": ["人员经费40.00"]}


def test_only_the_row_that_no_neighbour_settles_is_unreadable() -> None:
    assert shifted("差旅费\t4.00\t4.00\t\t4.00", "差旅费\t4.00\t4.00\t\t9.00") == SETTLED | {
        "30211": ["人员经费unreadable"]
    }


def test_two_misprints_that_every_reading_leaves_wrong_unsettle_nothing() -> None:
    text = SHIFTED.replace("合计\t\t100.00\t70.00\t30.00", "合计\t\t800.00\t70.00\t90.00")
    _, tables, _ = read(text)
    assert not any((cell.repaired or "").startswith(UNSETTLED) for cell in tables[0].cells)


def test_one_row_that_does_not_add_up_is_never_moved_against_the_sums() -> None:
    """A minus sign slipped into 基本支出: moved to 非财政拨款 it would cancel out across the row, but not down the column."""
    head = "科目编码\t科目名称\t合计\t财政拨款/小计\t财政拨款/基本支出\t财政拨款/项目支出\t非财政拨款/小计\n"
    rows = (
        "合计\t\t100.00\t100.00\t70.00\t30.00\t\n201\t一般公共服务支出\t80.00\t80.00\t50.00\t30.00\t\n"
        "20103\t政府办公厅(室)及相关机构事务\t80.00\t80.00\t50.00\t30.00\t\n"
        "2010301\t行政运行\t50.00\t50.00\t-50.00\t\t\n2010302\t一般行政管理事务\t30.00\t30.00\t\t30.00\t\n"
        "208\t社会保障和就业支出\t20.00\t20.00\t20.00\t\t\n"
    )
    _, tables, figures = read(f"部门支出总表\n单位：万元\n{head}{rows}")
    assert not any(cell.repaired for cell in tables[0].cells)
    assert values(pick(figures, Scheme.FUNCTION, "2010301", component="基本支出")) == ["-50.00万元"]
