"""Phrases of prose that name accounts of the budget itself: functional and economic classes, totals, sources, parts.

See `ingest.prose.holdings` for vehicles, staff, procurement and performance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.accounts import chart, clean_name
from corpus.figure import Scheme
from ingest.prose.called import NAMED_EXPENSE, item_called
from ingest.prose.topics import Lexicon, Scope, Topic, funding_in, shortened

_ORGANISATION = re.compile(
    r"(?:单位|部门|中心|局|院|校|大学|学院|委员会|委|办公室|办事处|厅|处|所|站|馆|会|队|街道|镇|乡|政府|医院|学校|中学|小学|幼儿园|法院|检察院|基地|机关|公司|社|园|台|宫|厂|总站|分局|年|度|的|中|级|本部|、|，|:)$"
)
_ALLOWED = re.compile(
    r"(?:其中|财政拨款|一般公共预算|政府性基金|国有资本经营|预算|决算|拨款|安排|当年|本年|年初|用于|主要(?:是|为)?|包括|本单位|全年|相应|各项|"
    r"本级|含|本年度|财政一般|都是|均[为是]|全部[为是]?|仅|来自|(?<=收入)[为是]|(?<=支出)[为是]|另有|还有|此外|另外|使用|实际|共|单位|部门|学校|支出|收入|拟|该项?目?|财政(?=预算)|一(?!般)|以下方面|功能科目|科目|总体|情况|:|，)*"
)
_NAME = r"[一-鿿（）、]{2,40}"
_CODE = re.compile(rf"(?<!\d)(?P<code>[235]\d\d(?:\d\d){{0,2}})(?!\d)[-—]?(?P<name>{_NAME})$")
_CODE_OVER = re.compile(
    r"(?<!\d)(?P<code>[25]\d\d(?:\d\d){1,2})(?!\d)[一-鿿]{2,20}(?:[\\/][一-鿿]{2,20})?[\\/](?P<name>[一-鿿]{2,30})$"
)
"""A class with its code before its whole path (2040401公共安全\\检察\\行政运行)."""
_CODE_IN_STEPS = re.compile(
    r"（(?P<top>[2]\d\d)）[^（）]{2,30}?(?:（(?P<middle>\d\d)）[^（）]{2,30}?)?(?P<name>[一-鿿、]{2,30})（(?P<last>\d\d)）$"
)
"""A class with the number of each level behind its name: 教育支出（205）普通教育（02）小学教育（02）."""
_CODE_AFTER = re.compile(rf"(?P<name>{_NAME})（(?P<code>[235]\d\d(?:\d\d){{0,2}})）$")
_CLASSES = re.compile(r"(?P<name>[^（）]*(?:（(?![类款项]）)[^（）]{1,10}）[^（）]*)*)（(?P<level>[类款项])）")
_LENGTH = {"类": 3, "款": 5, "项": 7}
_SCHEME_OF = {"2": Scheme.FUNCTION, "3": Scheme.ECONOMIC, "5": Scheme.GOV_ECONOMIC}
_FUND_CLASSES = re.compile(
    r"20610|207(?:07|09|10)|208(?:22|23|29)|211(?:60|61)|212(?:07|08|10|11|13|14|15|16|17|18|19)|213(?:6|7)\d|214(?:6|7)\d|215(?:60|62)"
    r"|223|229(?:04|08|60)|23204|23304|234"
)
"""Classes of government funds and state capital; every other 款 and 项 is paid from the general public budget."""
_COMPONENTS = (
    ("基本支出", r"基本支出|.*正常运转的日常支出"),
    ("项目支出", r"项目支出|专项项目(?=(?:支出)?(?:预算|决算)?$)"),
    ("人员经费", r"人员(?:经费|支出|费用)|人员类(?:项目)?(?:支出|经费)?"),
    ("公用经费", r"公用(?:经费|支出|费用)|(?:运转类)?公用经费(?:类)?项目(?:支出)?"),
    ("特定目标类", r"特定目标类(?:项目)?(?:支出|经费)?"),
    ("其他运转类", r"其他运转类(?:项目)?(?:支出|经费)?"),
    ("运转类", r"(?<!其他)运转类(?:项目)?(?:支出|经费)?"),
    ("经营支出", r"经营支出"),
    ("上缴上级", r"上缴上级(?:单位)?支出"),
    ("对附属单位补助", r"对(?:附属|下级)单位(?:的)?补[助贴](?:支出)?"),
)
_BOTH = re.compile(
    r"(?:(?:收支|收入支出|收入和支出|收入、支出|收、支出?|收入、支)(?:预算|决算)?(?:总(?:预算|决算|计|额|数)?|合计|预算|决算)(?:数|额|合计)?"
    r"|预算收支(?:总额|规模)?|(?:^|度)(?:收支|收、支|收入支出|收入、支出))$"
)
_THIS_YEAR = re.compile(
    r"(?:本年度?|当年)(?:预算|决算|拨款|财政拨款)*(?P<flow>收入|支出)(?:预算|决算)?(?:合计|总计|小计|数)?$"
)
_UNITS_OWN = re.compile(r"(?:全|本|我)?(?:单位|部门|学校|医院|全[镇乡校院局])(?:总|共)?(?P<flow>收入|支出)")
"""All that a unit earns or spends (某卫生院单位支出为…): the sum of its year."""
_FUND_LEFT = re.compile(
    r"(?:年末|年终)(?P<fund>政府性基金|一般公共预算|国有资本经营预算)(?:预算)?(?:财政)?(?:拨款)?(?:结转(?:和|与|及)?结余|结转|结余)(?:资金)?"
)
_ACTUAL = re.compile(
    r"(?:全年|本年|当年)?(?:实际|累计|总共)(?:取得)?(?P<flow>收入|支出)(?:合计|总计|总额)?(?:为|共|共计|约)*"
)
_FUND_THIS_YEAR = re.compile(
    r"(?:一般公共预算|公共财政预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)(?:财政)?(?:当年|本年)(?:财政)?拨款(?:合计)?$"
)
_FUND_SPENT = re.compile(
    r"(?:非?财政拨款|一般公共预算|公共财政预算|政府性基金|(?<![险保性])基金(?=预算)|国有资本经营|社会保险基金)(?:预算)?(?:财政)?(?:拨款|补助)?(?:当年|本年)?(?:安排的?)?支出(?:预算|决算)?(?:总计|合计|总额|数)?$"
)


def as_expenditure(funding: str, component: str = "合计", name: str = "") -> Topic:
    """The total of expenditure paid from one funding, or one part of it."""
    return Topic(
        Scheme.TOTAL, "本年支出合计", name or component, flow="支出", funding=funding or "全部", component=component
    )


def account_topics(phrase: str, scope: Scope, parent: Topic | None, lexicon: Lexicon) -> tuple[Topic, ...]:
    """The topics that a cleaned phrase names, two for a total of income and expenditure alike, () where unknown."""
    forms = shortened(phrase)
    if item := item_called(phrase, forms[0], scope, parent):
        return (item,)
    if NAMED_EXPENSE.search(phrase):
        topics = _known(forms, phrase, scope, parent, lexicon)
        if topics and topics[0].scheme in (Scheme.THREE_PUBLIC, Scheme.OPERATING):
            return topics
    named = [
        found
        for form in forms
        for found in (_coded(form, scope, parent, lexicon), _classed(form, scope, parent, lexicon))
    ]
    classes = [found for found in named if found]
    if classes:
        return (next((found for found in classes if found.code), classes[-1]),)
    part = _part_of_item(forms[0], parent)
    if part is not None:
        return (part,)
    for find in (_totals, _component, _fund_spent):
        for form in forms[:4]:
            topics = find(form, phrase, scope, parent)
            if topics:
                return topics
    return _known(forms, phrase, scope, parent, lexicon)


_FUND_TOTAL = re.compile(
    r"一般公共预算|公共财政预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?|(?<!非)财政拨款"
)
ITEMS = (Scheme.FUNCTION, Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.PROCUREMENT, Scheme.ENTRUSTED, Scheme.PROJECT)
_ONLY_FUNDING = re.compile(
    r"(?:一般公共预算|公共财政预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|社会保险基金(?:预算)?|财政专户(?:管理)?|财政|单位自?有?)"
    r"(?:财政)?(?:拨款|资金)?(?:安排的?)?(?:支出|收入)?(?:预算|决算)?(?:数|为|是|安排)*"
)


_PART_LEFT = re.compile(
    r"(?:年末)?(?P<part>基本支出|项目支出|经营支出)的?(?:年末)?(?:结转|结余)(?:和|与|及)?(?:结余)?(?:资金)?(?:为|共)?"
)
"""A part of what is left at the end of the year (其中:项目支出结转和结余3万元)."""


def _part_of_item(form: str, parent: Topic | None) -> Topic | None:
    """What an item is paid from, or how it divides: after 其中 a bare funding or part speaks of the item before it."""
    if parent is not None and parent.account == "年末结转结余" and (left := _PART_LEFT.fullmatch(form)):
        return replace(parent, component=left["part"], name=form)
    carried = parent is not None and parent.scheme is Scheme.SOURCE and parent.account == "上年结转结余"
    if parent is None or not (carried or parent.scheme in ITEMS):
        return None
    if _ONLY_FUNDING.fullmatch(form) and funding_in(form):
        return replace(parent, funding=funding_in(form), name=form)
    for component, pattern in () if carried else _COMPONENTS:
        if re.fullmatch(rf"(?:{pattern})(?:安排|预算|为)*", form):
            return replace(parent, component=component, name=form)
    return None


def _inherited(scope: Scope, parent: Topic | None) -> str:
    if parent is not None and parent.scheme is Scheme.TOTAL and parent.funding != "全部":
        return parent.funding
    if parent is not None and parent.scheme is Scheme.TOTAL and parent.flow == "支出" and not scope.funding:
        return parent.funding
    return scope.funding or "全部"


def _coded(form: str, scope: Scope, parent: Topic | None, lexicon: Lexicon) -> Topic | None:
    steps = _CODE_IN_STEPS.search(form)
    if steps:
        code = steps["top"] + (steps["middle"] or "") + steps["last"]
        known = lexicon.name_of(Scheme.FUNCTION, code)
        return _class_topic(Scheme.FUNCTION, code, known or steps["name"], steps["name"], scope, parent, lexicon)
    match = _CODE.search(form) or _CODE_OVER.search(form) or _CODE_AFTER.search(form)
    if not match:
        return None
    scheme = _SCHEME_OF[match["code"][0]]
    known = lexicon.name_of(scheme, match["code"])
    printed = match["name"]
    if not known and len(match["code"]) == 3:
        return None
    return _class_topic(scheme, match["code"], known or clean_name(printed), printed, scope, parent, lexicon)


def _class_topic(
    scheme: Scheme, code: str, name: str, printed: str, scope: Scope, parent: Topic | None, lexicon: Lexicon
) -> Topic:
    funding = _inherited(scope, parent)
    general = "fiscal_expenditure" not in lexicon.kinds and "general_expenditure" in lexicon.kinds
    if (
        scheme is Scheme.FUNCTION
        and funding == "财政拨款"
        and general
        and len(code) > 3
        and not _FUND_CLASSES.match(code)
    ):
        funding = "一般公共预算"
    component = "合计"
    if scheme is not Scheme.FUNCTION:
        component = (parent.component if parent and parent.component != "合计" else scope.component) or "合计"
    elif parent is not None and parent.scheme is Scheme.TOTAL:
        component = parent.component
    return Topic(
        scheme,
        name,
        printed,
        code,
        lexicon.path_of(scheme, code),
        "收入" if scope.flow == "收入" and scheme is Scheme.FUNCTION else "支出",
        funding,
        component,
    )


def _classed(form: str, scope: Scope, parent: Topic | None, lexicon: Lexicon) -> Topic | None:
    """类/款/项 paths, marked by brackets or joined by hyphens."""
    named = [(m["name"], m["level"]) for m in _CLASSES.finditer(form)]
    if not named and re.search(r"[一-鿿）]-[一-鿿]", form):
        parts = form.removesuffix("科目").split("-")
        if 2 <= len(parts) <= 3:
            named = list(zip(parts, ("类", "款", "项"), strict=False))
    if not named:
        return None
    above, names = "", []
    code = ""
    for name, level in named:
        name = _trimmed(name.replace("其它", "其他"), above, _LENGTH[level], lexicon)
        code = _code(name, above, _LENGTH[level], lexicon)
        above = code or above
        names.append(clean_name(name))
    if not code:
        if any(len(name) > 30 or len(name) < 2 for name in names):
            return None
        topic = _class_topic(Scheme.FUNCTION, "", names[-1], names[-1], scope, parent, lexicon)
        return replace(topic, path=tuple(names[:-1]))
    return _class_topic(
        Scheme.FUNCTION, code, lexicon.name_of(Scheme.FUNCTION, code), names[-1], scope, parent, lexicon
    )


def _code(name: str, above: str, length: int, lexicon: Lexicon) -> str:
    """The one code of this length that bears the name below `above`, "" where there is none or more than one."""
    shorter = name.removesuffix("支出")
    for wanted in dict.fromkeys((name, f"{name}支出", shorter)):
        known = {account.code for account in chart().all_named(wanted, Scheme.FUNCTION)}
        for codes in (lexicon.bearing(wanted, Scheme.FUNCTION), known):
            fitting = {code for code in codes if len(code) == length and code.startswith(above)}
            if len(fitting) == 1:
                return fitting.pop()
    return ""


def _trimmed(name: str, above: str, length: int, lexicon: Lexicon) -> str:
    """The ending of a name that is a known class, where other words stand before it; the name itself where none is."""
    for start in range(len(name) - 1):
        if _code(name[start:], above, length, lexicon):
            return name[start:]
    return name


def _totals(form: str, phrase: str, scope: Scope, parent: Topic | None) -> tuple[Topic, ...]:
    if _BOTH.search(form):
        funding = funding_in(form) or scope.funding or "全部"
        return (
            Topic(Scheme.TOTAL, "收入总计", "收支总计", flow="收入", funding=funding),
            Topic(Scheme.TOTAL, "支出总计", "收支总计", flow="支出", funding=funding),
        )
    left = _FUND_LEFT.fullmatch(form)
    if left and (fund := funding_in(left["fund"])):
        return (Topic(Scheme.BALANCE, "年末结转结余", form, flow="结余", funding=fund),)
    match = _THIS_YEAR.search(form) or (
        _UNITS_OWN.fullmatch(form) if form == re.sub("[为是共:]+$", "", phrase) else None
    )
    if match:
        flow = match["flow"]
        funding = funding_in(form) or _inherited(scope, parent)
        return (Topic(Scheme.TOTAL, f"本年{flow}合计", match.group(), flow=flow, funding=funding),)
    granted = re.fullmatch(r"(?:本年|当年)(?:财政)?拨款", form)
    if granted and scope.flow != "支出":
        funding = _inherited(scope, parent)
        if "财政" in form and funding == "全部":
            source = chart().named("财政拨款", Scheme.SOURCE)
            return (_source(source.name, form, phrase, scope, parent),) if source else ()  # one source among others
        return (Topic(Scheme.TOTAL, "本年收入合计", granted.group(), flow="收入", funding=funding),)
    plain = re.search(r"(?P<before>.*?)总?(?:预算|决算)(?P<flow>收入|支出)$|^(?P<alone>收入|支出)$", form)
    actual = _ACTUAL.fullmatch(phrase)
    if actual:
        return (_total(f"{actual['flow']}总计", form, phrase, scope, parent),)
    if plain and plain["alone"]:
        told = form == re.sub(r"(?:[预决]算[数额])?[为是共:]*$", "", phrase)
        return (_total(f"{plain['alone']}总计", form, phrase, scope, parent),) if told else ()
    if plain and (_ALLOWED.fullmatch(plain["before"]) or _ORGANISATION.search(plain["before"])):
        return (_total(f"{plain['flow']}总计", plain.group(), phrase, scope, parent),)
    if parent is not None and parent.flow == "支出" and re.fullmatch(r"(?:本年|当年)预算(?:安排)?", form):
        return (Topic(Scheme.TOTAL, "本年支出合计", form, flow="支出", funding=parent.funding),)
    return ()


def _component(form: str, phrase: str, scope: Scope, parent: Topic | None) -> tuple[Topic, ...]:
    for component, pattern in _COMPONENTS:
        match = re.search(rf"(?P<before>.*?)(?:事业单位|日常|财政拨款|定额|类)?(?:{pattern})$", form)
        if not match:
            continue
        before = match["before"]
        if not (_ALLOWED.fullmatch(before) or _ORGANISATION.search(before) or funding_in(before)):
            continue
        return (as_expenditure(_named_funding(form, scope) or _inherited(scope, parent), component, form),)
    return ()


def _fund_spent(form: str, phrase: str, scope: Scope, parent: Topic | None) -> tuple[Topic, ...]:
    match = _FUND_SPENT.search(form) or (_FUND_THIS_YEAR.search(form) if scope.flow != "收入" else None)
    part = parent.component if parent is not None and parent.scheme is Scheme.TOTAL else "合计"
    return (as_expenditure(_named_funding(match.group(), scope), part, match.group()),) if match else ()


def _named_funding(words: str, scope: Scope) -> str:
    """The funding that words name; 财政拨款 in a section about one kind of it (一般公共预算) means that kind."""
    funding = funding_in(words)
    if funding == "财政拨款" and scope.funding in ("一般公共预算", "政府性基金", "国有资本经营预算"):
        return scope.funding
    return funding


def _known(forms: list[str], phrase: str, scope: Scope, parent: Topic | None, lexicon: Lexicon) -> tuple[Topic, ...]:
    parts = parent is not None and parent.component in ("基本支出", "人员经费", "公用经费")
    classes = (
        [Scheme.ECONOMIC, Scheme.FUNCTION]
        if parts or scope.component == "基本支出" or scope.scheme is Scheme.ECONOMIC
        else [Scheme.FUNCTION, Scheme.ECONOMIC]
    )
    schemes = [Scheme.TOTAL, Scheme.SOURCE, Scheme.THREE_PUBLIC, Scheme.OPERATING, Scheme.BALANCE, *classes]
    whole = parent is not None and parent.flow == "支出" and parent.scheme in (Scheme.TOTAL, Scheme.OPERATING)
    spent = whole and len(forms[0]) == 2
    least = 2 if scope.scheme is Scheme.THREE_PUBLIC or spent else 3  # 教育1.05万元, in a list of expenditure
    for form in forms:
        if form in lexicon.projects:
            return (Topic(Scheme.PROJECT, form, form, flow="支出", component="项目支出"),)
        for start in range(max(len(form) - least + 1, 0)):
            before, ending = form[:start], form[start:]
            if before and not (_ALLOWED.fullmatch(before) or _ORGANISATION.search(before)):
                continue
            for scheme in schemes:
                topics = _named(ending, scheme, phrase, scope, parent, lexicon)
                if topics:
                    return topics
    return ()


def _named(
    ending: str, scheme: Scheme, phrase: str, scope: Scope, parent: Topic | None, lexicon: Lexicon
) -> tuple[Topic, ...]:
    if scheme in (Scheme.FUNCTION, Scheme.ECONOMIC):
        code = lexicon.named(ending, scheme)
        if scheme is Scheme.FUNCTION and parent is not None and ending == phrase and len(code or "") != 3:
            code = lexicon.named(f"{ending}支出", scheme) or code  # 卫生健康2.06万元, in a list of expenditure
        if scheme is Scheme.ECONOMIC and not code and len(ending) >= 4:
            code = lexicon.named(
                f"{ending.replace('与', '和').removesuffix('支出')}支出", scheme
            )  # 工资福利收入, of income
        if not code:
            return ()
        return (_class_topic(scheme, code, lexicon.name_of(scheme, code), ending, scope, parent, lexicon),)
    account = chart().named(ending, scheme)
    if account is None:
        return ()
    if scheme is Scheme.TOTAL:
        fund = _FUND_TOTAL.search(phrase) if account.name == "收入总计" and not re.search(r"总|合计", phrase) else None
        source = chart().named(f"{fund.group()}收入", Scheme.SOURCE) if fund else None
        if source is not None:
            return (_source(source.name, ending, phrase, scope, parent),)
        return (_total(account.name, ending, phrase, scope, parent),)
    if scheme is Scheme.SOURCE:
        return (_source(account.name, ending, phrase, scope, parent),)
    if scheme is Scheme.BALANCE:
        return (
            Topic(scheme, account.name, ending, flow="结余", funding=funding_in(phrase) or scope.funding or "全部"),
        )
    return (Topic(scheme, account.name, ending, flow="支出", funding="财政拨款"),)


def _total(name: str, ending: str, phrase: str, scope: Scope, parent: Topic | None) -> Topic:
    flow = name.removesuffix("总计").removesuffix("合计").removeprefix("本年")
    funding = _named_funding(phrase, scope) or _inherited(scope, parent)
    if funding != "全部" and not re.search(r"总计|总预算|总决算|总额", phrase):
        name = f"本年{flow}合计"  # one funding's income or expenditure: the tables print it as the year's sum
    return Topic(Scheme.TOTAL, name, ending, flow=flow, funding=funding)


def _source(name: str, ending: str, phrase: str, scope: Scope, parent: Topic | None) -> Topic:
    opening = name == "上年结转结余" and phrase.startswith("年初")  # what a year began with is income
    spent = "支出" in phrase or (
        "收入" not in phrase
        and not opening
        and (parent.flow == "支出" if parent and parent.scheme is Scheme.TOTAL else scope.flow == "支出")
    )
    if spent:
        part = parent.component if parent is not None and parent.scheme is Scheme.TOTAL else "合计"
        return as_expenditure("上年结转" if name == "上年结转结余" else funding_in(ending) or name, part, ending)
    fiscal = name == "上年结转结余" and (funding_in(phrase) or (parent.funding if parent else ""))
    return Topic(Scheme.SOURCE, name, ending, flow="收入", funding=fiscal or "全部")
