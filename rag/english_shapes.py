"""Shapes of English questions that Chinese asks in another order: shares, parts, what was spent below a budget, visitors."""

from __future__ import annotations

import re

_IS = r"(?:is|are|was|were|goes|went|go|comes|came|come|do|does|did|has|have|gets|get|got)"
_TO = r"(?:spent on|used for|used on|set aside for|allocated to|allocated for|earmarked for|taken up by|made up by|made up of|accounted for by|eaten(?: up)? by|swallowed(?: up)? by|consumed by|absorbed by|spent by|tied up in|for|to|on|by|from)"
_SHARE = r"(?:share|proportion|percentage|percent|per cent|fraction|part)"

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        # definitions: a term in Chinese or in quotation marks, of which nothing is asked
        (
            r"^what (?:is|are) (?:the )?(?P<term>[\"“'‘]?[\u4e00-\u9fff（）()“”]{3,}[\"”'’]?|[\"“][^\"”]{4,40}[\"”])"
            r",?(?: (?:according to|as defined in|as defined by|in) (?:this|the) (?:document|disclosure|paper|text|report|glossary))?\??$",
            r"什么是 \g<term> ?",
        ),
        (r"\bwhy or why not\b", "为什么"),
        # in brackets, and who is asked
        (r"\bpublic \(non-personnel\) (?:expenditure|spending|expenses|funds|costs)\b", "公用经费"),
        (r"\boperating \(事业\) income\b", "事业收入"),
        (
            r"\b(?P<verb>does|did|do|has|was|is|by) the office(?= (?:have|own|keep|spend|budget|plan|buy|receive|get|employ|set|cut|pay|use)\b)",
            r"\g<verb>",
        ),
        # against the year's own budget
        (
            r"what percentage of (?:the |its )?(?:initial |annual )?budget did (?P<what>[^?]+?) (?:reach|use|spend|take)(?: up)?\b",
            r"\g<what> 完成预算的百分之几",
        ),
        (
            r"\bwhat percentage of (?:the |its )?budget (?:was|were|did) (?:the )?actual (?P<what>[^?]+)",
            r"\g<what> 完成预算的百分之几",
        ),
        (
            r"\bby how much (?:does|did|do) (?P<what>[^?]+?) exceed (?P<other>[^?]+)",
            r"\g<what> 比 \g<other> 多多少",
        ),
        (r"\b(?:against|compared with|compared to|from|over|on) last year's (?:execution|outturn)", "比上年执行数"),
        (r"\b(?:against|compared with|compared to|from|over|on) last year (?:execution|outturn)", "比上年执行数"),
        (r"\bhow much (?:more|higher) than (?:in )?(?:the previous year|the year before|last year)", "比上年多了多少"),
        (r"\bhow much (?:less|lower) than (?:in )?(?:the previous year|the year before|last year)", "比上年少了多少"),
        (r"\bspen[dt] (?:from|out of) (?:the )?government[- ](?:managed )?fund appropriations?\b", "政府性基金预算财政拨款支出"),
        (r"\bhow much more (?:was|is|were) spent than (?:received|earned|taken in)\b", "支出比收入多多少"),
        # one thing told from another
        (
            r"\bhow many more (?P<one>[^?]+?) than (?P<other>[^?]+?)(?: (?:are|were) there)?(?=\?|$)",
            r"\g<one> 比 \g<other> 多多少个",
        ),
        (
            r"\b(?:which|what) (?:bureau|body|department|authority|commission) (?:is|are) (?P<who>[^?]+?) (?:under|subordinate to)(?=\?|$)",
            r"\g<who> 归哪个部门管",
        ),
        (r"^who (?:leads|runs|supervises) (?P<who>[^?]+)", r"\g<who> 是谁领导的"),
        (
            r"\bwhich (?:internal )?(?:departments|divisions|sections|offices) (?:does|do|did) (?P<who>[^?]+?) have\b",
            r"\g<who> 内设机构有哪些",
        ),
        (
            r"^what (?:is|are|was|were) (?P<what>[^?]+?) (?:spent|used) (?:on|for)(?=\?|$)",
            r"\g<what> 都花在哪些方面",
        ),
        (
            r"\bsubsid(?:y|ies) (?:for|to) (?P<whom>(?!individuals|persons|households|enterprises|superior|lower|affiliated|small|families|the )[a-z' ]+?)(?= (?:were|was|is|are|in|of|cut|rise|fall|increase)\b|\?|$)",
            r"\g<whom> 补贴",
        ),
        # parts and shares
        (rf",? and what {_SHARE} (?:is|was|does) (?:it|that)(?: make up| represent)?\b", " 占比多少"),
        (
            rf"^what {_SHARE} of (?P<whole>[^?]+?) (?:is|was|does|did) (?:that|it|this)(?: make up| represent| account for)?(?=\?|$)",
            r"占 \g<whole> 的百分之几",
        ),
        (
            rf"^(?P<lead>(?:and |so )?)how much of (?P<whole>.+?) {_IS} (?:being )?{_TO} (?P<part>[^?]+)",
            r"\g<whole> 中 的 \g<part> 多少",
        ),
        (
            rf"^(?:and |so )?what {_SHARE} of (?:it|that|this|them)\b(?:[a-z ]*?) {_IS} (?:{_TO} )?(?P<part>[^?]+)",
            r"其中 \g<part> 占百分之几",
        ),
        (
            rf"(?P<lead>^|[,:] )(?:and |so )?what {_SHARE} of (?P<whole>[^?]+?) {_IS} (?:{_TO} )?(?P<part>[^?]+)",
            r"\g<lead>\g<part> 占 \g<whole> 的百分之几",
        ),
        (
            rf"(?P<lead>^|[,:] )(?:and |so )?what {_SHARE} (?:do|does|did|of it do|of it does) (?P<part>[^?]+?) (?:make up|take up|account for|represent|have) (?:of|in)? ?(?P<whole>[^?]+)",
            r"\g<lead>\g<part> 占 \g<whole> 的百分之几",
        ),
        # against the year's own budget
        (
            rf"^(?:by )?how (?:much|far) (?:below|under|less than|lower than|short of) (?:the )?(?:initial )?(?:budget|budgeted) (?:{_IS}) (?P<what>[^?]+)",
            r"\g<what> 决算比预算少了多少",
        ),
        (
            rf"^(?:by )?how (?:much|far) (?:above|over|more than|higher than) (?:the )?(?:initial )?(?:budget|budgeted) (?:{_IS}) (?P<what>[^?]+)",
            r"\g<what> 决算比预算多了多少",
        ),
        # visitors and trips: people, batches, groups
        (r"\b(?:spent |cost )?(?:on reception )?per (?:person|guest|visitor|head) received\b", "接待人均花费"),
        (r"\bper (?:person|traveller) (?:sent|going) abroad\b", "出国人均花费"),
        (
            r"\bhow many (?:people|persons|visitors|guests|person-times)\b(?P<mid>[^?]*?)\b(?:receive|received|hosted?|entertained?)\b",
            r"\g<mid> 接待了多少人次",
        ),
        (r"\bhow many (?P<of>foreign )(?:batches|groups)\b(?P<mid>[^?]*?)\breceived?\b", r"\g<mid> 外事接待多少批次"),
        (
            r"\bhow many (?:reception )?batches (?:of (?:the )?foreign (?:guests|visitors))\b(?P<mid>[^?]*?)\breceived?\b",
            r"\g<mid> 外事接待多少批次",
        ),
        (
            r"\bhow many (?:reception )?batches\b(?: of (?:guests|visitors|people))?(?P<mid>[^?]*?)\breceived?\b",
            r"\g<mid> 接待了多少批次",
        ),
        (r"\bhow many reception batches\b", "接待多少批次"),
        (
            r"\bhow many (?:people|persons|officials|staff)\b(?P<mid>[^?]*?)\b(?:sent abroad|(?:go|went|travel|travelled) abroad)\b",
            r"\g<mid> 因公出国多少人次",
        ),
        (r"\bhow many (?:groups|delegations)\b(?P<mid>[^?]*?)\babroad\b", r"\g<mid> 因公出国多少个团组"),
        # one thing per another
        (
            r"\bhow many (?P<what>students|pupils|children)\b[^?]*?\b(?:in a|per|in each) class\b(?: on average)?",
            r"平均每个班多少 \g<what>",
        ),
        (r"^(?P<what>[^?]*?)\bper (?:student|pupil)\b", r"\g<what> 平均每个学生"),
        # posts
        (r"\bby how many (?:people|posts|persons|staff)\b", "多少人"),
        (
            r"\bover (?:the |its |their )?(?:authorised |authorized |approved )?(?:posts|establishment|staffing quota|quota)\b",
            "超编",
        ),
        (r"\bhow many (?P<kind>[a-z ]*?)posts (?P<mid>[^?]*?)(?:are|were|remain|is) (?:still )?(?:vacant|unfilled)\b", r"\g<mid> 空缺多少 \g<kind> posts"),
        (
            r"\bhow many (?P<kind>official )?(?:cars|vehicles)\b(?P<mid>[^?]*?)\b(?:have|own|keep|possess)\b",
            r"\g<mid> 有多少辆公务用车",
        ),
        (
            r"\b(?:on average )?how much (?:does|did|do) running (?:one|each|an|every) official (?:car|vehicle) cost(?: (?:a|per) year)?(?: on average)?",
            "平均每辆公务用车运行维护费多少",
        ),
        (
            r"\b(?P<who>(?:contract|hired|temporary|long-term hired) (?:workers|staff|employees|people))(?: are)? (?:off|outside) the (?:establishment|payroll)\b",
            r"编外 \g<who>",
        ),
        (
            r"\b(?:(?:plan|plans|planned|planning|going) to )?(?:buy|purchase) (?:a|an|any|new|some|its)?\s*(?:new )?(?:official )?(?:car|vehicle)s?\b",
            "购置公务用车",
        ),
        (r"\bhow many (?P<of>[a-z ]*?)cases (?:are|were|remain) (?:still )?(?:pending|unresolved|outstanding)\b", "未结案件多少件"),
        (r"\bhow many (?P<of>[a-z ]*?)cases (?P<mid>[^?]*?)\b(?:accepts?|accepted|took on|take on|received?|filed)\b", r"\g<mid> 受理案件多少件"),
        (r"\bhow many (?P<of>[a-z ]*?)cases (?P<mid>[^?]*?)\b(?:closed?|concluded?|settled?)\b", r"\g<mid> 审结案件多少件"),
        (r"\bhow many (?P<who>[a-z ]*?(?:temporary|hired|contract) (?:staff|workers|employees))\b", r"\g<who> 多少人"),
        (
            r"\b(?:to )?(?:run|running|operate|operating|maintain|maintaining) (?:the |its |their |one |an |each |official )*(?:official )?(?:car|vehicle)s?\b",
            "公务用车运行维护费",
        ),
        (r"\b(?P<verb>spen[dt]) on (?:its |the )?projects\b(?! [a-z])", r"\g<verb> on project expenditure"),
        (r"\bwhat did (?P<who>[^?]+?) spend in (?:total|all)\b", r"\g<who> 一共支出多少"),
        # after the verb
        (r"\bspend more on (?P<what>[^?]+)", r"\g<what> 增加"),
        (r"\bspend less on (?P<what>[^?]+)", r"\g<what> 减少"),
        (r"\bspent more on (?P<what>[^?]+)", r"\g<what> 增加"),
        (r"\bspent less on (?P<what>[^?]+)", r"\g<what> 减少"),
    )
)  # fmt: skip


def in_shape(text: str) -> str:
    """A lower-case English question with its parts where Chinese has them; its words stay English."""
    for pattern, into in _SHAPES:
        text = pattern.sub(into, text)
    text = re.sub(
        r"(?P<before>中 的 |^)(?P<the>the )?projects?(?= 多少| 占|$|\?)", r"\g<before>project expenditure", text
    )
    return _KIND_OF_PROCUREMENT.sub(r"procurement of \g<kind>\g<between>", text)


_KIND_OF_PROCUREMENT = re.compile(
    r"^(?:construction )?(?P<kind>goods|works|services)(?P<between>\b[^?]{0,24}占[^?]*procurement)"
)


_OTHER = re.compile(
    r"\bother\s*(?P<name>[\u4e00-\u9fff（）]{2,}?)\s*(?:本年支出合计|支出合计|支出)(?=$|[^\u4e00-\u9fff]|预算|多少)"
)
_OTHER_NAMED = re.compile(r"\bother\s*(?P<name>[\u4e00-\u9fff（）]{2,}?支出)(?!合计)")
_BUDGET_OF = re.compile(r"([费金出款购贴助](?:\s*\(\s*[\u4e00-\u9fff()（）]+\s*\))?)\s*收支总计")
"""The word budget right behind an account is that account's budget, not the whole of it."""
_BESIDE_FINAL = re.compile(r"(?P<year>(?:19|20)\d\d)年?\s*收支总计(?=\s*(?:和|,)[\s·]*(?:19|20)\d\d年?\s*决算)")
"""The word budget beside the final accounts of another year says where to look, not what for."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?=\s*[多一]|\s*,(?!\s*\d)|\s+(?:[项人个家]|万[\u4e00-\u9fff]{2}))")
"""A year before words that are no count of it ("2014, in yuan" is no 2014-odd, "2014 project expenditure" no 2,014 projects)."""
_YEARS_BESIDE = re.compile(r"\b(?:19|20)\d\d年?(?:(?:\s*(?:,|和))+[\s·]*(?:19|20)\d\d(?!\d)年?)+")
"""Years beside each other ("2022 and 2023 budgets")."""
_BASE = re.compile(r"比[\s·]+(?=上年|去年|(?:19|20)\d\d)")
_MOVED = re.compile(
    r"(?P<more>多多少|少多少|(?:增减|增加|减少|变化)(?:多少|百分之几)?)\s*(?P<base>比(?:上年|去年|(?:19|20)\d\d\s*年))"
)
"""How much more or less, said before what it is measured against."""
_WHOLE = re.compile(
    r"一共(?=(?:政府采购|项目支出|基本支出|人员经费|公用经费|机关运行经费|三公经费|工资福利支出|商品和服务支出|财政拨款|事业收入|其他收入)"
    r"(?![\u4e00-\u9fff]{0,8}[和、]))"
)
"""The total of one account is that account."""
_OF_A_BODY = re.compile(r"(?:(?<=[局厅心院校学会])|(?<=公室|究室))(?=收入合计|支出合计|收支总计|本年收入|本年支出)")
"""Between a body and what is asked of it."""
_BY_HOW_MUCH = re.compile(r"^[\s·]*(?P<asked>多少|百分之几)(?P<what>.+?)(?P<move>增加|减少|增长|下降)(?P<rest>.*)$")


def in_chinese_order(text: str) -> str:
    """The question in Chinese words: "other … expenditure" as one name, an account's budget as its own, "by how much did … fall"
    with its asking behind the verb."""
    text = _OTHER.sub(r"其他\g<name>支出", text).replace("支出支出", "支出")
    text = _OTHER_NAMED.sub(r"其他\g<name>", text)
    text = _BESIDE_FINAL.sub(r"\g<year>年预算", text)
    text = _BUDGET_OF.sub(r"\1预算", text)
    text = _YEARS_BESIDE.sub(
        lambda found: re.sub(r"\d{4}(?!\d|年)", r"\g<0>年", found.group()), _YEAR.sub(r"\1年", text)
    )
    text = _MOVED.sub(r"\g<base>\g<more>", _BASE.sub("比", text))
    text = re.sub(r"相差(?=[\u4e00-\u9fff])(?!多少)", "相差·", _WHOLE.sub("", text))
    text = _OF_A_BODY.sub("·", text).replace("经费成本", "成本")
    found = _BY_HOW_MUCH.match(text)
    return f"{found['what']}{found['move']}{found['asked']}{found['rest']}" if found else text
