"""What people say in short, spelt out as the papers print it before a question is read: a plan after it was adjusted, the
grand total of a paper, several kinds of money that share one ending."""

from __future__ import annotations

import re

_ADJUSTED = re.compile(r"(?:调整|追加|变动)(?:过?后|以后|之后)的?(?=预算)")
_BOTH_SIDES = re.compile(r"收[、,，/和](?=支(?:总计|总额|合计|预算|决算|总预算|总决算))")
_POSTS = re.compile(r"(?P<kind>行政|事业|工勤|参公|政法)编(?![制外办译码列报委入])")
_ONE_TABLE = r"三公(?:经费)?|基本支出|项目支出|一般公共预算|功能分类|经济分类|财政拨款|收支"
_IN_TWO_TABLES = re.compile(
    rf"(?P<one>{_ONE_TABLE})(?:表)?(?:里面?|中)的?(?P<account>[\u4e00-\u9fff()]{{2,12}}?)[和与跟同](?P<two>{_ONE_TABLE})表(?:里面?|中|上)?的?"
    r"(?=(?:是)?(?:一样|相同|一致|对得上|差|吻合))"
)
"""One account in two tables, named in the first of them ("基本支出里的公务接待费和三公经费表里的一样吗")."""
_INSTEAD = re.compile(
    r"^(?:那|要是|如果)?(?:换成|改成|换作|换到|改问)(?!(?:百万|千万|万|亿|千)?[元块])(?P<what>[^,，。?？]{2,16}?)(?:呢|的话|怎么样)?[?？]?$"
)
"""A follow-up that puts one thing for another ("换成财政局")."""
_GRAND = re.compile(r"(?<=收入|支出)总(?:量|盘子)")
_BELOW = re.compile(r"(?:下属|所属|直属)(?:里面?|里头|当中|中)的?(?=(?:事业|行政|参公)单位)")
_MONEY_FOR = re.compile(r"财政拨款项目支出")
_RETIRED = re.compile(r"(事业|行政)单位退休(?:人员|职工|干部)?(?=[那这]?一?[项块笔]|的?(?:支出|经费|费|花|多少钱))")
_PAPERS = re.compile(r"(?<!征)订(?:阅|购)?(?:报纸杂志|报刊杂志|报刊|报纸|杂志)")
_LET = re.compile(r"租(?:用)?那?个?[^,，。;；?？]{0,6}的(?=场地|场子)")
_CODE = re.compile(r"(?:科目)?(?:编码|代码|编号)(?:为|是|叫|:|：)?\s*[\"“]?(?=\d{3,9}(?!\d))")
"""That a number is a code ("科目编码2010301"), which its account is known by without being told."""
_SUPPLIER = re.compile(
    r"(?P<who>供应商|承包商|服务商|运维商|承建商|中标(?:单位|方|人|公司|商))(?:到底|究竟)?是谁|谁是(?P<whose>[^,，。?？]{0,12}?)的?(?:供应商|承包商|服务商|运维商|承建商|中标(?:单位|方|人|公司|商))"
)
_ONE_BODY = re.compile(r"(?<!是)一套(?:人马|班子|牌子)|(?:是|同)一套(?:人马|班子|牌子)")
"""Two names of one body ("和哪个科是一套班子")."""
_NEXT_YEAR = re.compile(
    r"(?:结转|转|滚|结|留)(?:存)?(?:到|入|至|给)了?(?:下一年度?|下年度?|明年|来年|次年)(?:使用|用|去)?"
)
_OUTSIDE = re.compile(r"外包业务(?!费)")
_WHOSE_OFFICE = re.compile(
    r"^(?:在)?(?P<place>[\u4e00-\u9fff]{1,6}[市区县])[,，]?(?P<thing>[^,，。?？]{2,16}?)归(?P<body>[\u4e00-\u9fff]{2,8}?)(?P<asks>哪(?:一)?个?(?:科|处|股)[^,，。?？]{0,4})"
)
"""What is done, before the body whose office is asked for ("普陀区粮食储备归商务委哪个科管")."""
_KINDS = "人员|公用|专项|项目|基本|日常公用|业务|运转"
_SHARED_ENDING = re.compile(
    rf"(?P<names>(?:{_KINDS})(?:[、,和与跟及](?:{_KINDS}))+)(?:这)?(?:[两二三四]|\d)?(?:大)?(?:块|项|类|部分|种)?(?:的)?(?P<ending>经费|支出)"
)


def spelt_out(text: str) -> str:
    """The folded question with such words in full.

    >>> spelt_out("比调整后的预算多多少"), spelt_out("公用、专项、人员三块经费加起来多少")
    ('比调整预算多多少', '公用经费、专项经费、人员经费加起来多少')
    >>> spelt_out("基本支出里的公务接待费和三公经费表里的一样吗")
    '公务接待费在基本支出表和三公经费表里一样吗'
    >>> spelt_out("换成财政局")
    '那财政局呢?'
    >>> spelt_out("事业编有几个")
    '事业编制有几个'
    >>> spelt_out("收入总量是多少"), spelt_out("财政拨款收、支总计是多少")
    ('收入总计是多少', '财政拨款收支总计是多少')
    """
    text = _INSTEAD.sub(r"那\g<what>呢?", text)
    text = _IN_TWO_TABLES.sub(r"\g<account>在\g<one>表和\g<two>表里", text)
    text = _POSTS.sub(r"\g<kind>编制", _BOTH_SIDES.sub("收", text))
    text = _GRAND.sub("总计", _ADJUSTED.sub("调整", text))
    text = _BELOW.sub("", text)
    text = _RETIRED.sub(r"\1单位离退休", _PAPERS.sub("报刊订阅", _LET.sub("租", text)))
    text = _SUPPLIER.sub(lambda found: f"{found['whose'] or ''}{found['who'] or '供应商'}是哪家公司", text)
    text = _NEXT_YEAR.sub("结转下年", text)
    text = _ONE_BODY.sub("合署", re.sub(r"并[到进](?!来)", "并入", text))
    text = _CODE.sub("科目", _OUTSIDE.sub("委托业务费", text))
    text = _MONEY_FOR.sub("财政拨款的项目支出", text)
    text = _WHOSE_OFFICE.sub(_body_first, text)
    return _SHARED_ENDING.sub(_each_named, text)


def _body_first(found: re.Match[str]) -> str:
    """The body right behind its place, what it does at the end."""
    body = found["body"].removeprefix(found["place"][-1])
    return f"{found['place']}{body}{found['asks']},{found['thing']}"


def _each_named(found: re.Match[str]) -> str:
    parts = re.split(r"([、,和与跟及])", found["names"])
    return "".join(part if at % 2 else f"{part}{found['ending']}" for at, part in enumerate(parts))
