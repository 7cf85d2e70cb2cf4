"""Self-evaluation papers of one project: its money, how far it was spent and the score, from the running text.

A unit evaluates every project of its budget itself and publishes a report on it (财政部《项目支出绩效评价管理办法》,
财预〔2020〕10号). The title names the project, the text speaks of it as 该项目 or of 项目资金 without the name:

=============================  ==========================================================================
项目经费预算50万元             PROJECT, the project, 支出, 全部, 项目支出; 预算 (年初预算, 全年预算 where said so)
财政局下达我局…经费50万元      the same, 预算
到位资金50万元                 PROJECT, component 到位资金, 决算
全年实际支出数为48万元         PROJECT, component 项目支出, 决算
结余2万元                      PROJECT, flow 结余, 决算
执行率96%                      PROJECT, COMPLETION of 项目预算
自评得分98分                   PERFORMANCE, 自评得分, COUNT, with the project as entity
=============================  ==========================================================================

An amount counts only where its words name nothing else than the project and its money, and a kind of number that the
text states with two values is left out: such a report may speak of the years before or of parts of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.accounts import clean_name
from corpus.disclosure import Basis, Disclosure, Section
from corpus.figure import Figure, Measure, Reader, Scheme
from corpus.indicators import PROJECT_BUDGET, SCORE
from corpus.locator import Locator
from corpus.money import MONEY_UNITS, Amount, Mention, mentions, normalise
from ingest.prose.clauses import Prose, compact, mended
from ingest.prose.places import place

_REPORT = r"绩效(?:自评|自我评价|评价)(?:工作)?(?:报告|情况(?:说明|报告)?|总结|结果)?"
_TITLE = re.compile(
    rf"^(?P<who>.*?)(?:(?P<year>20\d\d)年?(?:度)?)?(?P<what>[^\d。;,].*?|)(?:项目)?(?:支出)?(?:预算)?{_REPORT}(?:\((?P<named>[^()]{{2,40}})\))?$"
)
_DATED = re.compile(r"^.*?20\d\d年?(?:度)?")
_ENDING = re.compile(r"(?<=.{2})(?:项目)?(?:支出)?(?:预算)?$")
_PLAIN = re.compile(
    r"(?:财政|部门|单位|中央|省级|市级|区级|县级|镇级|本级|一级|二级|预算|项目|支出|专项|资金|整体|政策|重点|经费|公开|的|和|及|与|等|全面|开展|关于|报告|表|\d|年度?)*"
)
"""Words that name no project of their own (部门整体支出, 项目支出, 专项资金)."""
_WHOLE_UNIT = re.compile(r"整体|(?:部门|单位)(?:支出|预算)?$|[:>《》]|(?:和|及|与)项目")
_NO_NAME = re.compile(r"公开|定稿|终稿|修改|附件|盖章|本级|部门|单位|模板|样表|报送|汇总")
_OPENING = 14
"""Paragraphs among which the title is looked for."""
_LONGEST_TITLE = 90
_STATED = re.compile(r"绩效(?:自评|自我评价|评价)")


def evaluated_project(sections: Sequence[Section], disclosure: Disclosure) -> str:
    """The one project that the title of a self-evaluation report names, "" where it names none or is no such report."""
    for title in _titles(sections, disclosure):
        found = _TITLE.match(title)
        if found is None:
            continue
        named = found["named"] or ""
        if named and not _NO_NAME.search(named) and not _PLAIN.fullmatch(named):
            return _bare(named)
        what = _DATED.sub("", f"{found['who']}{found['year'] or ''}{found['what']}")
        what = _bare(what.removeprefix(disclosure.issuer))
        if _WHOLE_UNIT.search(what) or what == disclosure.issuer:
            continue
        if what and not _PLAIN.fullmatch(what):
            return what
    return ""


def _titles(sections: Sequence[Section], disclosure: Disclosure) -> Iterator[str]:
    """The file's name and the lines that may be the title, each also with the bracket that stands in a line of its own."""
    opening = [_folded(p.text) for section in sections for p in section.paragraphs][:_OPENING]
    lines = [_folded(PurePath(disclosure.name).stem), *opening]
    for at, line in enumerate(lines):
        if not _STATED.search(line) or len(line) > _LONGEST_TITLE:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if re.fullmatch(r"\([^()]{2,40}\)", below):
            yield line + below
        yield line


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", normalise(text)).replace("（", "(").replace("）", ")")


def _bare(name: str) -> str:
    """A project's name without the words that close a title (桥梁养护经费项目: 桥梁养护经费)."""
    name = re.sub(r"^(?:关于)?[“”\"]?", "", name).strip('“”"的-—')
    return _ENDING.sub("", name)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the words before an amount make of it."""

    component: str
    basis: Basis
    flow: str = "支出"
    measure: Measure = Measure.AMOUNT


_AMOUNT_OF = r"(?:项目|专项|财政)*(?:资金|经费|金额|款项|款|数额|数|额)*(?:总额|总计)?(?:共计|合计|累计|共|为|是|达|计|约|:|人民币|了|出)*$"
_SPENT = re.compile(
    rf"(?:(?<!预算)(?<!基本)支出|使用|支付|(?<!预算)执行|开支|花费|支出完成){_AMOUNT_OF}|(?:实际|累计)(?:支出|使用|支付|完成支出){_AMOUNT_OF}"
)
_ARRIVED = re.compile(rf"(?:到位|到账|收到){_AMOUNT_OF}")
_LEFT = re.compile(rf"(?:结余|结转|剩余|节余){_AMOUNT_OF}")
_PLANNED = re.compile(rf"(?:预算|下达|批复|安排|核定|拨付|申请|配套){_AMOUNT_OF}")
_PROJECT_MONEY = re.compile(r"(?:资金|经费|预算|支出|金额)(?:总额|数)?(?:共计|合计|为|是|:)*$")
_COMPLETION = re.compile(r"(?<!到位)(?:执行|支出|使用|支付|完成)(?:进度|率)(?:达到?|为|是|:)*$")
_SCORE = re.compile(
    r"(?:自评|评价|绩效|综合)*(?:评分|得分|评定|总得分|自评分|自评总分|分值得分)(?:情况|结果)?(?:为|是|达到?|:)*$|(?:自评|评价|评定)(?:结果)?(?:为|得|得分)$"
)
_FULL_MARKS = re.compile(r"满分|权重|分值$|指标.{0,4}得")
_GENERIC_WORDS = [
    "截至",
    "截止",
    "至",
    "到",
    "于",
    "在",
    "全年",
    "当年",
    "本年度",
    "本年",
    "年度",
    "年初",
    "年中",
    "上述",
    "其中",
    "实际",
    "累计",
    "共计",
    "共",
    "合计",
    "总",
    "已经",
    "已",
    "均",
    "该",
    "本",
    "此次",
    "此",
    "本次",
    "项目",
    "专项",
    "财政",
    "资金",
    "经费",
    "金额",
    "费用",
    "款项",
    "款",
    "数额",
    "数",
    "额",
    "预算",
    "支出",
    "使用",
    "支付",
    "执行",
    "下达",
    "批复",
    "安排",
    "核定",
    "拨付",
    "申请",
    "到位",
    "到账",
    "收到",
    "配套",
    "结余",
    "结转",
    "剩余",
    "节余",
    "调整后",
    "调整",
    "追加后",
    "追加",
    "可用",
    "计划",
    "根据",
    "按照",
    "我们",
    "我局",
    "我委",
    "我院",
    "我校",
    "我中心",
    "我单位",
    "我部门",
    "我厅",
    "我办",
    "我馆",
    "我站",
    "我镇",
    "我乡",
    "局",
    "委",
    "院",
    "校",
    "中心",
    "单位",
    "部门",
    "厅",
    "办",
    "馆",
    "站",
    "镇",
    "乡",
    "给",
    "向",
    "对",
    "由",
    "的",
    "为",
    "是",
    "了",
    ",",
    ":",
    "、",
    "(",
    ")",
]
_GENERIC = re.compile(
    r"(?:20\d\d年(?:度)?|\d{1,2}月(?:份)?|\d{1,2}日|[年月]?[初末底]|(?:中央|[省市县区州镇])级?财政[局厅部]?|"
    rf"{'|'.join(sorted(map(re.escape, _GENERIC_WORDS), key=len, reverse=True))})*+"
)
"""Words that name neither another project nor another body; the longest first, for none of them is taken back."""
_LEVEL = re.compile(
    r"(?P<level>中央|省级?|市级?|县级?|区级?|州级?|镇级?|上级)(?:财政)?(?:专项)?(?:补助|配套)?资金(?:配套|补助|安排|下达|到位|预算)*(?:为|共)?$"
)
_NAME_PART = 4
"""Characters of a part of the project's name by which a sentence may call it."""


def project_figures(sections: Sequence[Section], disclosure: Disclosure, project: str) -> list[Figure]:
    """The money, the rate of spending and the score of the one project that a report evaluates, in order of appearance."""
    found: dict[tuple[str, ...], list[Figure]] = {}
    for section in sections:
        for paragraph in mended(section.paragraphs):
            prose = compact(paragraph)
            for figure in _of_paragraph(prose, section, disclosure, project):
                found.setdefault(figure.fact, []).append(figure)
    return [same[0] for same in found.values() if len({(f.value, f.amount and f.amount.unit) for f in same}) == 1]


def _of_paragraph(prose: Prose, section: Section, disclosure: Disclosure, project: str) -> Iterator[Figure]:
    text = prose.text
    for mention in mentions(text):
        begin = max(text.rfind(mark, 0, mention.start) for mark in "。;!?") + 1
        clause = re.split(r"[,。;:!?](?!\d{3}(?!\d))|\d\.", text[begin : mention.start])[-1]
        figure = None
        if mention.unit == "分" and not text.startswith("之", mention.end):
            figure = _score(clause, mention, disclosure, project)
        elif mention.unit == "%":
            figure = _completion(clause, mention, disclosure, project)
        elif mention.unit in MONEY_UNITS:
            figure = _money(clause, mention, disclosure, project)
        if figure is not None:
            end = min((at for mark in "。;" if (at := text.find(mark, mention.end)) >= 0), default=len(text))
            locator = place(prose, (begin, end), mention.start, section, disclosure)
            yield replace(figure, locator=locator)


def _money(clause: str, mention: Mention, disclosure: Disclosure, project: str) -> Figure | None:
    bare = _without(clause, project, disclosure.issuer)
    level = _LEVEL.search(bare)
    if level is not None:
        bare = bare[: level.start()]
        kind: _Kind | None = _Kind("项目支出", Basis.BUDGET)
    else:
        kind = _kind(clause)
    if kind is None or not _GENERIC.fullmatch(bare):
        return None
    funding = "全部"
    if level is not None:
        funding = (
            f"{level['level'].removesuffix('级')}级资金"
            if level["level"] not in ("中央", "上级")
            else f"{level['level']}资金"
        )
    return _figure(
        disclosure, Scheme.PROJECT, project, Amount(mention.value, mention.unit), kind.measure, kind.basis,
        flow=kind.flow, component=kind.component, funding=funding,
    )  # fmt: skip


def _kind(clause: str) -> _Kind | None:
    """What an amount is by the words that end its clause; a plan is no spending."""
    if _LEFT.search(clause):
        return _Kind("项目支出", Basis.FINAL, flow="结余")
    if _ARRIVED.search(clause):
        return _Kind("到位资金", Basis.FINAL)
    if _SPENT.search(clause) and not re.search(r"预算|计划|拟|安排|下达|批复", clause):
        return _Kind("项目支出", Basis.FINAL)
    if _PLANNED.search(clause) or (_PROJECT_MONEY.search(clause) and re.search(r"预算|下达|批复|安排", clause)):
        if re.search(r"年初", clause):
            return _Kind("项目支出", Basis.INITIAL)
        if re.search(r"全年预算|调整|追加后", clause):
            return _Kind("项目支出", Basis.ADJUSTED)
        return _Kind("项目支出", Basis.BUDGET)
    return None


def _completion(clause: str, mention: Mention, disclosure: Disclosure, project: str) -> Figure | None:
    bare = re.sub(r"(?:执行|支出|使用|支付|完成)(?:进度|率)(?:达到?|为|是|:)*$", "", clause)
    if not _COMPLETION.search(clause) or not _GENERIC.fullmatch(_without(bare, project, disclosure.issuer)):
        return None
    return _figure(
        disclosure, Scheme.PROJECT, project, Amount(mention.value, "%"), Measure.COMPLETION, Basis.FINAL,
        whole=PROJECT_BUDGET,
    )  # fmt: skip


def _score(clause: str, mention: Mention, disclosure: Disclosure, project: str) -> Figure | None:
    if not _SCORE.search(clause) or _FULL_MARKS.search(clause):
        return None
    return _figure(
        disclosure, Scheme.PERFORMANCE, SCORE, Amount(mention.value, "分"), Measure.COUNT, disclosure.basis,
        flow="", component="合计", entity=project,
    )  # fmt: skip


def _without(clause: str, project: str, issuer: str) -> str:
    """The clause without the issuer's name, the project's, and parts of it that begin or end there."""
    for name in (project, issuer):
        clause = clause.replace(name, "")
    for size in range(len(project) - 1, _NAME_PART - 1, -1):
        for part in (project[-size:], project[:size]):
            clause = clause.replace(part, "")
    for size in range(len(issuer) - 1, _NAME_PART - 1, -1):
        clause = clause.replace(issuer[-size:], "")
    return clause


def _figure(
    disclosure: Disclosure, scheme: Scheme, account: str, amount: Amount, measure: Measure, basis: Basis, *,
    flow: str = "支出", component: str = "项目支出", funding: str = "全部", entity: str = "", whole: str = "",
) -> Figure:  # fmt: skip
    return Figure(
        document=disclosure.name, scheme=scheme, account=clean_name(account), name=account, measure=measure,
        amount=amount, absence=None, year=disclosure.year, basis=basis, locator=Locator(disclosure.name),
        reader=Reader.PROSE, flow=flow, funding=funding, component=component, entity=clean_name(entity), whole=whole,
    )  # fmt: skip
