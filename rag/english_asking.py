"""Ways of asking in English that other modules know in a plainer form: gaps and sums of two, whether text and table agree, which
units have none, what moved by what percentage, what one of a kind costs. The words stay English."""

from __future__ import annotations

import re
from collections.abc import Callable

_DO = r"(?:do|does|did|will|would|has|have|had)"
_IS = r"(?:is|are|was|were)"
_BY_PERCENT = r"(?:by )?(?:what|which|how (?:many|much)(?: of an?)?|how big an?) (?:percentages?|percents?|per ?cents?|%)(?: points?)?"
_FELL = (
    r"(?:fall(?:en|s)?|fell|drop(?:ped)?|shr[iau]nk(?:s|ing)?|shrunk|decline[ds]?|decrease[ds]?|go(?:ne|es)? down|went down|reduced?"
    r"|cut|come down|came down|slip(?:ped)?|plummet(?:ed)?|dwindled?|diminish(?:ed)?|slump(?:ed)?|plunged?|tumbled?|contract(?:ed)?|trimmed|slashed|lowered)"
)
_ROSE = (
    r"(?:rise[ns]?|rose|grow[ns]?|grew|increase[ds]?|go(?:ne|es)? up|went up|climb(?:ed)?|jump(?:ed)?|expand(?:ed)?|raised?|surged?"
    r"|soar(?:ed)?|advanced?|picked up|swell|swollen|balloon(?:ed)?)"
)
_WRITTEN = r"(?:text|narrative|explanation|explanatory notes?|notes?|prose|description|wording|written (?:part|explanation|description)|body)"
_TABLED = r"(?:tables?|statements?|schedules?|annex(?:es)?|spreadsheet)"
_SAME = r"(?:the )?same|identical|one|matching|consistent|equal"
_FIGURE = r"(?:figures?|numbers?|amounts?|values?|sums?|totals?|results?)"
_UNITS = r"(?:units?|bodies|body|departments?|institutions?|organi[sz]ations?|entit(?:y|ies)|agenc(?:y|ies)|bureaus?|offices?|centres?|centers?)"
_CAR = r"(?:official |government |public )?(?:car|vehicle)"
_COUNTED = (
    r"(?:(?:full-time |serving |registered |enrolled )?(?:teachers|students|pupils|children|classes|beds|doctors|nurses|residents|inhabitants"
    r"|villages|households|communities|professors|undergraduates|postgraduates))"
)
_BODY = r"(?:school|kindergarten|college|university|hospital|clinic|town|township|subdistrict|village|community|health centre|nursery)"
_PART_OF = r"(?:components?|parts?|portions?|elements?|slice|side|sub-?total)"
_COMPONENT = (
    r"(?:(?:basic|project|personnel|staff|public|operating)[ -](?:expenditures?|spending|expenses?|costs?|outlays?))"
)


def _part_behind(found: re.Match[str]) -> str:
    """The whole first, then its part, as Chinese has them."""
    part = found["part"].replace("-", " ")
    if " " not in part:
        part += " expenses" if part == "public" else " expenditure"
    return f"{found['whole']} 中 的 {part}"


def _against_its_budget(found: re.Match[str]) -> str:
    """What was spent against the year's own budget."""
    more = "多" if found["more"] == "more" else "少"
    return f"{found['who'] or ''} {found['what'] or ''} 决算比预算{more}了多少 "


def _offices_counted(found: re.Match[str]) -> str:
    """How many offices a body has within."""
    return f"{found['who'] or found['in']} 有多少个内设机构"


def _between_papers(found: re.Match[str], asked: str) -> str:
    """One account of two years' papers, a budget and final accounts."""
    one, other = (
        f"{said[:4]}年{'预算' if 'budget' in said else '决算'}"
        for said in (found["one"], f"{found['other']} {found['kind']}")
    )
    return f"{one} {found['what']} 比{other}{asked} "


_AT_HAND = ("the office", "the unit", "it", "they", "the centre", "the department")
"""Who a question means without naming them."""
_HELPED = {"yunnan": "滇", "tibet": "藏", "xinjiang": "疆", "qinghai": "青", "guizhou": "黔"}
"""Provinces that others help, by the character that stands for them in 援藏, 援疆 …"""

_WAYS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"(?<![a-z0-9])['‘](?P<said>[a-z][^'‘’?]{2,60})['’](?![a-z])", r"\g<said>"),
    (r"[\"“”‘](?P<what>three[- ]publics?|san ?gong)[\"“”’]", r"\g<what>"),
    (r"\b(?P<what>overseas|abroad|outbound|foreign) \((?:cross-)?(?:border|overseas|abroad|outside the border)\)", r"\g<what>"),
    (r"\b(?:buying|purchasing|acquiring) and (?:running|maintaining|operating) (?:the |its )?(?:official |government )?(?:cars|vehicles)\b", "official vehicle purchase and operation"),
    (r"\b(?:undertaking|business|operating|institutional) \((?:事业)\) (?:income|revenue)\b", "事业收入"),
    # whose satisfaction, what is the least or the most, how many offices
    (r"\bsatisfaction (?:target |level |rate |score )?(?:for|of|among|from) (?:the )?users of (?:the )?(?P<what>[a-z][a-z0-9 -]*?)(?=\?|$| in | set | for )", r"\g<what> 使用人员满意度目标"),
    (r"\bwhat(?: i|')?s? (?:is |was )?the (?:minimum|maximum|least|planned|targeted?|required|expected) (?:number|quantity|count) of (?P<what>[^?]+?)(?: (?:to be|that (?:must|should|will|have to) be) [a-z]+)?(?=\?|$| in | for | by )", r"how many \g<what>"),
    (r"\b(?:what(?: i|')?s? (?:is |was )?)?the (?:(?P<of>cost|price|spending|budget) )?(?:ceiling|cap|upper limit) (?:set |placed |put |fixed |laid down )?(?:for|on|of) (?P<what>[^?]+?)(?: project)?(?= in | under |\?|$)(?:(?: in| under) the (?:project |annual |overall )?performance (?:targets?|goals?|indicators?))?", r"\g<what> 成本 不超过多少"),
    (rf"\bhow many (?:internal |in-house |functional )?(?:sections|divisions|departments|offices|units) (?P<mid>(?:{_DO}) (?P<who>[^?]+?) (?:have|has|consist of|comprise|include|contain|run|operate)|(?:{_IS}) (?:there )?(?:in|inside|within|at) (?P<in>[^?]+?))(?= internally|\?|$)(?: internally)?", _offices_counted),
    (r"\b(?:which|what) (?:internal |in-house )?(?:sections|divisions|departments|offices) (?:make up|form|belong to|exist (?:in|at)|are there (?:in|at)|are (?:set up )?(?:in|at|within)) (?P<who>[^?]+)", r"\g<who> 内设机构有哪些"),
    (r"\bhow many (?P<what>[^?]+?) (?:have|has|need|needs|are|is|must|should) (?:to )?be (?:maintained|serviced|kept up|looked after)\b", r"how many \g<what> 运维"),
    (r"^(?P<all>(?![^?]*\bprojects?\b[^?]*\bperformance)[^?]+?),? (?:under|in|within|according to|as per|set (?:out )?in|set by|listed in|stated in) the (?:project |annual |overall )?performance (?:targets?|goals?|indicators?|objectives?)(?: tables?| forms?)?(?=\?|$)", r"\g<all>"),
    # a difference within a whole
    (r"\b(?P<gap>difference|gap) between (?P<what>[^?]+? and [^?]+?) (?:under|within|inside) (?P<whole>(?:the )?(?:basic|project|total|general)[^?]*)", r"\g<gap> between \g<what>"),
    (r"\bhow much (?P<more>more|higher|larger|greater|bigger) (?:(?:is|was|are|were|did) )(?P<what>[^?]+?) (?:in|under) (?:the )?(?P<one>20\d\d (?:final accounts|accounts|budget)) than (?:in |under )?(?:the )?(?P<other>20\d\d) (?P<kind>final accounts|accounts|budget)", lambda found: _between_papers(found, "多多少")),
    (r"\bhow much (?P<more>less|lower|smaller) (?:(?:is|was|are|were|did) )(?P<what>[^?]+?) (?:in|under) (?:the )?(?P<one>20\d\d (?:final accounts|accounts|budget)) than (?:in |under )?(?:the )?(?P<other>20\d\d) (?P<kind>final accounts|accounts|budget)", lambda found: _between_papers(found, "少多少")),
    # what was spent at all, and whether anything was
    (rf"^(?:{_DO}) (?P<who>[^?]+?) (?:spend|budget|plan|set aside|have|allocate) (?:anything|any money|any funds?|any budget|money) (?:on|for|to|towards) (?P<what>[^?]+?)(?P<when> (?:in|for|during) (?:20\d\d|this year))?(?=\?|$)", lambda found: f"{'' if found['who'] in _AT_HAND else found['who']} 有没有 {'project expenditure' if found['what'].strip() in ('projects', 'project') else found['what']}{found['when'] or ''}"),
    (rf"^what (?:{_DO}) (?P<who>[^?]+?) (?:actually |really |altogether )?spend(?: altogether| overall)?(?P<when> (?:in|for|during) (?:(?:19|20)\d\d|that year|this year|the year))?(?=\?|$)", r"\g<who> 一共支出多少\g<when>"),
    # how far a budget was carried out for one account
    (
        rf"\bwhat (?:percentage|share|proportion|part|fraction) of (?:the |its |this |that )*(?P<which>(?:initial |annual |adjusted |full-year )?)(?:total |approved |planned |overall )*budget (?:{_IS}|{_DO}|been|actually| )*"
        r"(?:executed?|implemented?|used?(?: up)?|spen[dt]|disbursed?|utili[sz]ed?|carried out|realised|consumed?) (?:for|on|under|by) (?P<what>(?!20\d\d)[^?]+)",
        lambda found: f"{found['what']} 完成{'全年' if found['which'].strip() in ('full-year', 'adjusted') else ''}预算的百分之几",
    ),
    # grades of a self-evaluation
    *(
        (
            rf"\bprojects (?:(?:{_IS}|{_DO}|has been|have been) )?(?:rated|graded|marked|judged|scored|evaluated|assessed|given|received|receive|got|get|obtained|awarded|earned|achieved)(?: as)?(?: an?| the)? [\"'“]?(?:{said})[\"'”]?(?: (?:rating|grade|mark|score|result))?(?: in the (?:performance )?(?:self-?)?(?:evaluation|assessment|appraisal))?",
            f"绩效评级为{grade}的项目",
        )
        for said, grade in (("excellent|outstanding|top", "优"), ("good", "良"), ("unqualified|unsatisfactory|fail(?:ed|ing)?", "不合格"), ("qualified|satisfactory|pass(?:ed|ing)?", "合格"))
    ),
    # a share of a whole, of what was asked before
    (r"^(?:and |so )?(?:what|how) about (?:its|their|the|that) (?:share|proportion|percentage) (?:of|in) (?P<whole>[^?]+)", r"占 \g<whole> 的百分之几"),
    (r"\bthree[- ]publics? (?:funds|money|expenditure|outlays)\b", "three public expenses"),
    (r"\b(?:share|proportion|percentage|percent) (?:of|for) (?P<part>[^?]+?) in (?:the |its )?(?P<whole>(?:total|overall|whole|annual) (?:spending|expenditures?|budget|revenues?|income|outlays?)|(?:basic|project) (?:spending|expenditures?))(?=\?|$| in (?:the )?20)", r"\g<part> 占 \g<whole> 的百分之几"),
    # what a thing is worth, all targets of a project, how many bodies make a whole
    (r"\bhow much (?:is|are|was|were) (?:the |its |their )?(?P<what>official vehicles?|official cars?|vehicles?|cars?|office furniture|furniture|buildings?|houses?|premises|other assets|land) worth\b", r"value of \g<what>"),
    (r"(?:\bwhat(?: i|')?s? (?:is |was |are )?the )?\b(?:total |book |combined )?value of (?:the |its |their )?(?:(?:unit|centre|office|bureau|department|commission|school|university) )?(?:official |government )?(?:vehicles?|cars?)\b", "车辆价值多少"),
    (r"^(?:list|name|give|show|state)(?: me| us)?(?: all)? (?:the |its )?performance (?:targets|indicators|goals) (?:of|for) (?P<of>[^?.]+?)(?=[?.]|\s*$)", r"\g<of> 绩效指标有哪些"),
    (
        r"\bhow many (?:organi[sz]ations|entities|bodies|units|institutions|agencies|budget units) (?:(?:does|do|did) (?P<who>[^?]+?) (?:cover|include|comprise|consolidate|consist of)"
        r"|(?:make up|are (?:in|part of)|belong to|form|are (?:covered|included|consolidated|contained) (?:by|in|under|within)) (?P<in>[^?]+))",
        lambda found: f"{found['who'] or found['in']} 包括多少个预算单位",
    ),
    (r"\b(?:efficiently )?(?:getting|completing|handling|doing|accomplishing|get|complete|handle|do) one (?:thing|matter)(?: done)?(?: efficiently)?\b", "高效办成一件事"),
    (r",? \(?includ(?:ing|es|ed) (?:the )?carry-?overs?(?: funds?)?\)?", ""),
    (r"\bwhat(?: i|')?s? (?:is |was )?the (?:legal |policy )?(?:basis|grounds) (?:for|of|behind) (?P<what>(?!calculat)[^?]+)", r"\g<what> 立项依据是什么"),
    (rf"\bhow many (?:(?:floors|storeys|stories|levels) (?:under ?ground|below ground)|(?:under ?ground|basement) (?:floors|storeys|stories|levels))(?: (?:{_DO}|{_IS}) (?:there (?:in|under) )?(?P<who>[^?]+?)(?: have| be)?)?(?=\?|$)", lambda found: f"{found['who'] or ''} 地下几层"),
    (r"^what(?: i|')?s? (?:is |was |are |were )?(?P<size>the (?:[a-z-]+ ){0,2}(?:area|height|length|capacity)) of (?P<what>[^?,]+)", r"\g<size> of \g<what> 多少"),
    (r"^what(?: i|')?s? (?:is |was )?(?P<what>the [^?]+? (?:project|programme|platform|fund|scheme|expenditure|spending|money)) (?:meant |intended |used |there )?for(?=\?|$)", r"\g<what> 主要用于什么"),
    (r"\b(?:as )?at (?:the )?end of (?=20\d\d\b)", "in "),
    # one larger than the other, percentages, satisfaction, response times, who does what
    (r"\bhow (?:many|much) per ?cents? of\b", "what percentage of"),
    (r"\bhow much (?:more|higher|larger|greater|bigger) (?:is|was|are|were) (?P<one>(?!spent|received|earned|paid|budgeted|planned|allocated|set\b)[^?]+?) than (?P<other>(?!(?:in |the |last |previous |planned|budgeted|expected|that of|it\b|they\b|a year)|(?:19|20)\d\d)[^?]+|the (?!year|previous|budget|last|(?:19|20)\d\d)[^?]+)", r"\g<one> 比 \g<other> 多多少"),
    (r"\bhow much (?:less|lower|smaller) (?:is|was|are|were) (?P<one>(?!spent|received|earned|paid|budgeted|planned|allocated|set\b)[^?]+?) than (?P<other>(?!(?:in |the |last |previous |planned|budgeted|expected|that of|it\b|they\b|a year)|(?:19|20)\d\d)[^?]+|the (?!year|previous|budget|last|(?:19|20)\d\d)[^?]+)", r"\g<one> 比 \g<other> 少多少"),
    (r"\bhow satisfied (?:should|must|shall|are|is|do|does|will) (?P<who>[^?]+?)(?: (?:expected |supposed |meant )?(?:to )?be)?(?=\?|$| with )(?: with [^?]+)?", r"\g<who> satisfaction target 多少"),
    (r"\bresponse time (?:for|of) (?P<what>[a-z][^?]*?)(?=\?|$| in | set )", r"\g<what> response time"),
    (rf"^who (?P<does>{'|'.join(('organises', 'drafts', 'reviews', 'coordinates', 'handles', 'oversees', 'supervises', 'edits', 'compiles'))}) ", r"which section \g<does> "),
    (r"\bhow (?:much|many) (?:new |additional |permanent )*(?:staff|employees|people|workers|posts) (?:were|was|have been|has been|are) (?:added|taken on|newly hired|recruited)\b", "增加了几名在职人员"),
    (r"\bhow much (?:did|does|was|is) (?P<what>[^?]+?) (?:win (?:the|its) (?:bid|tender|contract) for|awarded for|contracted (?:out )?for|tendered for)(?=\?|$)", r"\g<what> 成交金额多少"),
    (r"\bhow many fixed assets (?:must|should|are|have) (?:to )?(?:be )?kept in (?:working order|normal use|good order|use)\b", "保障固定资产正常使用数量"),
    # land
    (rf"\bhow (?:many (?P<unit>mu|acres|hectares|square met(?:re|er)s)(?: of land)?|much land) (?:{_DO}|{_IS}) (?P<who>[^?]+?) (?:cover|occupy|take up|span|extend over|stand on|sit on|have|covering|spread over)(?=\?|$)", lambda found: f"{found['who']} 占地多少{'亩' if found['unit'] == 'mu' else ''}"),
    # cars, by their price
    (r"\b(?:buying|purchasing|acquiring|the purchase of|purchase of) (?:an?|one|some|its|any|the) (?:new )?(?:official |government |public )?(?:car|vehicle)s?\b(?! (?:fuel|and run|and main|running|maintenance|operation))", "official vehicle purchase"),
    # cadres who serve in a province that is helped
    (rf"\b(?:cadres|officials)(?: who (?:are|were))?(?: (?:sent|dispatched|seconded|posted))? ?(?:to )?(?:help|helping|assist|assisting|support|supporting|aid|aiding)(?: in)? (?P<where>{'|'.join(_HELPED)})\b", lambda found: f"援{_HELPED[found['where']]}干部"),
    (rf"\b(?:aid|assistance|support)[- ](?:to |for )?(?P<where>{'|'.join(_HELPED)})(?: cadres| officials)\b", lambda found: f"援{_HELPED[found['where']]}干部"),
    # those that are helped, not those that win contracts
    (r"^(?P<all>(?![^?]*\b(?:procure|reserv|contract|earmark|award|bid))[^?]*\b(?:support|develop|manage|service|help)[^?]*)\b(?:small and medium(?:-sized)? (?:enterprises|businesses)|smes?)\b", r"\g<all>中小企业"),
    (r"^(?P<all>(?![^?]*\b(?:procure|reserv|contract|earmark|award|bid))[^?]*)\b(?:small and medium(?:-sized)? (?:enterprises?|business(?:es)?)|smes?)(?= (?:support|development|management))", r"\g<all>中小企业"),
    # one component of what was asked before
    (
        rf"^(?:and |so |but )?how much (?:of (?:it|this|that|them) )?(?:{_IS}|comes? (?:from|under)|came (?:from|under)|falls? (?:under|in|into)|fell (?:under|in|into)|goes (?:to|on|into)|went (?:to|on|into)|counts? as)"
        rf" (?:for |under |in |from )?(?:the )?(?P<part>{_COMPONENT})(?=\?|$)",
        r"其中 \g<part> 多少",
    ),
    (
        rf"^(?:and |so |but |what about |how about )*(?:(?:within|in|under|counting|considering|taking|looking at|for|on|restricted to|limited to|confined to) )?"
        rf"(?:(?P<only>only|just|solely) )?(?:the )?(?P<part>{_COMPONENT})(?P<alone>(?: only| alone| part| portion| component| basis| scope| share)*)(?=\?|$)",
        lambda found: f"只看 {found['part']} 口径呢" if found["only"] or found["alone"] else found.group(),
    ),
    # a part named before its whole ("the goods component of procurement")
    (
        rf"\b(?P<kind>goods|works|services)(?: |-){_PART_OF} (?:of|in|within) (?P<whole>[^?]*?procurement)",
        r"procurement of \g<kind> in \g<whole>",
    ),
    (
        rf"\b(?:the |its )?(?P<part>{_COMPONENT}|basic|project|personnel|staff|public)(?: |-){_PART_OF} (?:of|in|within) (?P<whole>(?:the |its )?[a-z][^?]*?)(?=\?| in (?:the )?(?:19|20)\d\d|$)",
        _part_behind,
    ),
    # one component of a class, the class behind it
    (
        rf"\bhow much (?:of (?:the |its )?)?(?P<what>(?:[a-z-]+ )?(?:project|basic)[ -](?:expenditure|spending)) (?:goes|went|is going|{_IS} (?:allocated|devoted|given|assigned|set aside|budgeted|planned|spent|earmarked|made))"
        r" (?:to|on|for|into|towards|under) (?P<class>(?!20\d\d|it\b|that\b|this\b)[^?]+)",
        r"\g<class> 的 \g<what> 多少",
    ),
    # a code, which stands for its account
    (r"\b(?:(?:functional|economic|budget|account|classification|subject|item|line|expenditure|function) )*codes?(?: (?:no\.?|number))? (?=\d{3,9}\b)", ""),
    # who or what a department is, spoken of as the one at hand
    (r"\b(?P<the>the|this|that) department\b(?! (?:of|for|in charge|responsible|that|which|head|handl|deal|budgets?\b|accounts?\b|final|level|and unit|or unit))", r"\g<the> unit"),
    # a term to be explained
    (r"\bhow (?:is|are|was|were) (?P<what>[^?]+?) (?:defined|delimited|delineated|interpreted|understood)\b", r"什么是 \g<what>"),
    (r"\bwhat (?:is|are) (?P<what>[^?]+?) defined as\b", r"什么是 \g<what>"),
    (r"\bwhat (?:is|are) the (?:scope|definition) of (?P<what>[^?]+)", r"什么是 \g<what>"),
    (r"\bwhat (?:do|does) (?P<what>[\"“][^\"”]+[\"”]) (?:cover|include|encompass|comprise|refer to|stand for|denote)\b(?: (?:according to|in|as (?:stated|defined) in) (?:the|this) (?:document|disclosure|report|glossary|paper))?", r"什么是 \g<what>"),
    # what is to be kept going
    (r"\b(?:to be |be |being )?kept (?:running|going|open|up|in operation|operational)\b", ""),
    # the budget against what was spent
    (
        rf"\bwhat (?:percentage|share|proportion|part|fraction) of (?:the |its |this |that )*(?:initial |annual |adjusted |full-year |total |approved |planned |overall )*budget (?:for 20\d\d |in 20\d\d )?(?:{_IS}|{_DO}|been|actually|really|it|they|the unit|get|got| )*"
        r"(?:executed?|implemented?|used?(?: up)?|spen[dt]|disbursed?|utili[sz]ed?|carried out|realised|consumed?)\b",
        "总支出完成预算的百分之几",
    ),
    (
        r"\bhow much (?P<more>more|less) (?:money )?(?:did|was|has|have|had) (?P<who>[^?]*?)\s?(?:spen[dt]|paid)(?: on (?P<what>[^?]+?))? than (?:was |were |it |they |had |been |originally |initially )*(?:budgeted|planned|allocated|foreseen)\b",
        _against_its_budget,
    ),
    (r"^on what (?:legal )?(?:basis|grounds|foundation) (?:was|is|were|are|did) (?P<what>[^?]+?) (?:set up|established|founded|launched|based|approved|introduced|created|started|initiated)(?=\?|$)", r"\g<what> 立项依据是什么"),
    (r"\bwhat(?: i|')?s? (?:is |was )?the (?:timeline|time ?frame|duration|implementation period|term) (?:of|for) (?P<what>[^?]+)", r"\g<what> 的实施周期"),
    # all targets of a paper or a project
    (
        r"^(?:what|which) (?:are|were) (?:the |its |their |all )*(?:main |key )?performance (?:targets|indicators|goals|objectives)(?: (?:of|for|set for|in) (?P<of>[^?]+))?(?=\?|$)",
        lambda found: f"{found['of'] or ''} 绩效指标有哪些",
    ),
    # who supplies something
    (r"^who (?:is|are|was|were) (?:the )?(?:vendor|supplier|contractor|provider|service provider|operator|winning bidder|bidder)s? (?:of|for|behind) (?P<what>[^?]+)", r"\g<what> 由哪家公司提供"),
    # what differs
    (r"^(?:and |so )?(?:by )?how much (?:do|does|did) (?P<what>[^?]+? and [^?]+?) differ(?=\?|$| in (?:19|20)\d\d)", r"\g<what> 相差多少"),
    (r"\bhow (?:much )?(?:do|does|did) (?P<what>[^?]+? and [^?]+?) differ (?:in|by|as to|regarding|in terms of) (?P<by>(?!how\b|size\b|amount\b)[^?]+)", r"\g<by> : \g<what> 相差多少"),
    # a request behind the question
    (r"(?<=[?.])\s*(?:please )?(?:list|name|tell|give|show|explain|specify|state) (?:them|it|me|us)?(?: all)?(?: please)?\s*[.!]?\s*$", ""),
    (r"\s*[,–—-]+\s*(?:please )?(?:list|name) (?:them|each)(?: all)?\s*[?.]?\s*$", "?"),
    # what moved by what percentage: a fall asked for as one is a size
    (
        rf"^(?P<lead>.*?)\b{_BY_PERCENT} (?:was |were |is |are )?(?:{_DO} )?(?P<what>[^?,]+?) (?:been )?(?P<move>{_FELL})\b",
        r"\g<lead> \g<what> 减少百分之几 ",
    ),
    (
        rf"^(?P<lead>.*?)\b{_BY_PERCENT} (?:was |were |is |are )?(?:{_DO} )?(?P<what>[^?,]+?) (?:been )?(?P<move>{_ROSE})\b",
        r"\g<lead> \g<what> 增长百分之几 ",
    ),
    (rf"^(?P<lead>.*?\S) by how much (?:was |were |is |are )?(?:{_DO} )?(?P<what>[^?,]+?) (?:been )?(?P<move>{_FELL})\b", r"\g<lead> \g<what> 减少多少 "),
    (rf"^(?P<lead>.*?\S) by how much (?:was |were |is |are )?(?:{_DO} )?(?P<what>[^?,]+?) (?:been )?(?P<move>{_ROSE})\b", r"\g<lead> \g<what> 增加多少 "),
    (rf"\bhow much (?:less|lower|smaller) (?:(?:{_IS}|{_DO}) )?(?P<what>[^?]+?) (?:(?:{_IS}|{_DO}|be) )?(?:expected |planned |budgeted |spent |received |set |to be )*(?:than|compared with) (?:in |that of |for )?(?P<base>the year before|the previous year|last year|(?:19|20)\d\d)\b", r"\g<what> than \g<base> 减少多少 "),
    # a gap, a sum
    *(
        (
            rf"\b(?:gap|difference|discrepancy|shortfall|distance|spread|variance|deviation) between (?:the )?{kind}(?:budget(?:ed)?|plan(?:ned)?)(?: (?:amount|figure|number|sum|spending|expenditure|allocation))?"
            r" and (?:the )?(?:actual|final|executed|real|realised|outturn)(?: (?:spending|expenditure|outturn|amount|figure|number|sum|accounts?|outlays?|result|cost|use))?\b",
            f"{said} 和决算数相差多少 ",
        )
        for kind, said in (
            ("(?:initial|original|opening) ", "年初预算数"),
            ("(?:full-year|adjusted|revised|final) ", "全年预算数"),
            ("(?:annual |approved |planned )?", "预算数"),
        )
    ),
    (r"\b(?:combined|joint|aggregate|summed) (?P<what>[^?]+? (?:of|for|in|at|by) [^?]+? and [^?]+?)(?= in 20\d\d|\?|$)", r"\g<what> 加起来多少 "),
    (r"\bwhat (?:is|are|was|were) (?P<what>[^?]+? and [^?]+?) (?:combined|taken together|put together|added together|added up)(?=\s*(?:\?|$|in 20))", r"\g<what> 加起来多少 "),
    (r"(?<!is )(?<!are )\b(?P<one>[a-z][a-z '-]*?) (?P<year>in (?:19|20)\d\d )minus (?P<other>(?!1|2)[^?.]+)", r"\g<year> \g<one> minus \g<other> 等于多少"),
    # whether the text and a table agree
    (
        rf"\b{_DO} (?:the )?(?:{_WRITTEN} and (?:the )?{_TABLED}|{_TABLED} and (?:the )?{_WRITTEN})(?: (?:of|in) (?:the|this) (?:document|paper|disclosure|report))?"
        rf" (?:agree|match|tally|coincide|correspond|differ|contradict each other|show|give|state|say|have|print|report|carry|contain|put|quote)"
        rf"(?: (?:on|about|with each other on|regarding|as to|over))?(?: (?:{_SAME}))?(?: {_FIGURE})?(?: (?:for|of|on|about))? (?P<what>[^?]+)",
        r"\g<what> 说明里和表里的数字一致吗 ",
    ),
    (
        rf"\b{_IS} (?P<what>[^?]+?) (?:the same|identical|equal|consistent) (?:in|between) (?:the )?(?:{_WRITTEN} and (?:in )?(?:the )?{_TABLED}|{_TABLED} and (?:in )?(?:the )?{_WRITTEN})",
        r"\g<what> 说明里和表里的数字一致吗 ",
    ),
    (
        rf"\b{_DO} (?:the )?{_FIGURE} (?:for|of|on) (?P<what>[^?]+?) (?:in the )?(?:{_WRITTEN}|{_TABLED}) (?:agree|match|tally|coincide|correspond)(?:es)? (?:with|to) (?:the )?(?:(?:one|that|figure) in the )?(?:{_WRITTEN}|{_TABLED})",
        r"\g<what> 说明里和表里的数字一致吗 ",
    ),
    # which it covers, and which have none
    (
        rf"\b(?:which|what) {_UNITS} (?:is|are|was|were) (?:all )?(?:covered|included|comprised|consolidated|counted|contained|represented) (?:by|in|under|within) (?P<what>[^?]+)",
        r"\g<what> 包括哪些单位 ",
    ),
    (
        rf"\b(?:which|what) {_UNITS} (?:does|do|did) (?P<what>[^?]+?) (?:cover|include|comprise|consolidate|encompass|contain)(?=\?|$)",
        r"\g<what> 包括哪些单位 ",
    ),
    (
        rf"\b(?P<which>which|what)(?: (?:one|ones))?(?: of)?(?: the| these| all)*(?: (?P<year>20\d\d))? {_UNITS}(?: (?:budgets?|accounts|final accounts|disclosures?|papers?))? (?:that )?"
        r"(?:contains?|includes?|shows?|lists?|plans?|reports?|records?|spends?|spent|receives?|received|foresees?|budgets?|budgeted|sets? aside|has|have|had) (?:no|not any|nothing on|nothing for|zero)\b(?: money (?:for|on))?",
        r"\g<year> 哪些单位 没有 ",
    ),
    (
        rf"\b(?:which|what)(?: of)?(?: the| these| all)* {_UNITS} (?:(?:is|are|was|were|go|goes|do|does) )?(?:without|lacks?|lacking)(?: any)?\b",
        "哪些单位 没有 ",
    ),
    # one of a kind
    (
        rf"\b(?:average|mean) (?:annual |yearly )?(?:running|operating|maintenance|operation and maintenance) (?:costs?|expenses?|expenditure|spending|fees?) (?:per|of (?:each|one|an?|every)|for (?:each|one|an?|every)) {_CAR}",
        "平均每辆公务用车运行维护费多少 ",
    ),
    (
        rf"\b(?:running|operating|maintenance|operation and maintenance) (?:costs?|expenses?|expenditure|spending|fees?) per {_CAR}\b",
        "平均每辆公务用车运行维护费多少 ",
    ),
    (rf"\b(?:what|how much) (?:does|did|do) (?:each|one|every|an?|a single) {_CAR} cost (?:to (?:run|keep|maintain|operate)|in upkeep|a year|per year|to keep running)(?: on average)?", "平均每辆公务用车运行维护费多少 "),
    (r"\bhow many (?P<what>pupils|students|children) (?:are there )?(?:per|for each|for every|to each|to every|to a) (?P<per>teacher|class)\b", r"平均每个\g<per> 多少 \g<what>"),
    # projects with targets, and what they come to
    (r"\bprojects (?:that )?(?:have|had|with|carry|carried|were given|are given|were set|come with|came with) (?:a )?performance (?:targets?|goals?|objectives?)\b", "performance projects"),
    (r"(?:,? and )?\bhow much (?:money )?(?:do|does|did|are|is|were) (?:they|these|those|all of them|the projects) (?:all )?(?:cover(?:ed|ing)?|involve[ds]?|carry|represent|concern|account for|add up to|total|worth)(?= together| in total| in all| altogether|\?|$|,)", ", 涉及多少金额"),
    # what is described, and how much each is
    (
        r"\b(?:which|what) (?P<what>[a-z][a-z -]*?(?:projects|funds|programmes|schemes))(?: of [^?,]+?)? (?:is|are|was|were) (?:described|listed|mentioned|introduced|disclosed|published|presented|set out|named|explained|planned|detailed)(?:,? and)? how (?:big|large|much|high|costly|expensive) (?:is|are|was|were) (?:each|they|it|every one)(?: of them)?",
        r"有哪些\g<what>, 各多少钱 ",
    ),
    # why something differs, or is not there
    (r"\bwhy (?:is|was|are|were) there (?:no|not any) (?P<what>[^?]+?)(?: to (?:compare (?:it )?with|measure (?:it )?against|set against it))?(?=\?|$)", r"为什么没有 \g<what>"),
    (r"\bwhy (?P<is>is|are|was|were|does|did|do) (?P<what>[^?]+?) (?:so |that |this )?(?:much |very |quite )?(?:different|unlike|differ(?:ent)?(?: so much)?|vary)(?: so much)? (?:from|to|than|compared with)\b", r"why \g<is> \g<what> change from"),
    (
        r"\bwhy (?:is|was|were|are|did|does) (?P<what>[^?]+?) (?:come in |fall |stay |remain |kept |so (?:far|much) )?(?:below|under|less than|lower than|short of) (?:the |its )?(?:initial |annual |planned |full-year )?(?:budget(?:ed)?|plan)(?: amount| figure)?\b",
        r"为什么 \g<what> 低于预算 ",
    ),
    (
        r"\bwhy (?:is|was|were|are|did|does) (?P<what>[^?]+?) (?:come in |go |run |so (?:far|much) )?(?:above|over|more than|higher than|in excess of|exceed) (?:the |its )?(?:initial |annual |planned |full-year )?(?:budget(?:ed)?|plan)(?: amount| figure)?\b",
        r"为什么 \g<what> 超过预算 ",
    ),
    # part of the posts, who is off them, who is below
    (r"\bhow many of (?:the|its|these|those|their) (?P<all>[a-z-]+) (?:is|are|were|was) (?P<part>[a-z -]*?(?P=all))(?=\?|$)", r"其中 \g<part> 多少"),
    (r"\bhow many (?:people|persons|staff|employees) (?:work|are employed|are working|are there|does it have|are)(?: there| here)? (?:off|outside|not on) the (?:establishment|payroll|books)\b", "编外人员多少"),
    (rf"\b(?:which|what) {_UNITS} (?:is|are|was|were|comes?|falls?|belongs?) (?:directly )?(?:under|below|beneath|subordinate to|affiliated (?:to|with)) (?P<who>it|them|this unit|the unit|the department|the bureau)(?=\?|$)", "下属单位有哪些"),
    (r"^(?:please )?(?:name|identify|enumerate|list)(?: all)?(?: of)? (?P<what>(?:the |its |their )?[a-z' -]*?(?:departments|divisions|sections|offices))(?= of | in |\s*[.?]|$)", r"\g<what> 有哪些 "),
    (r"\bhow many (?P<who>(?:[a-z-]+ )+(?:staff|workers|employees|people|teachers|doctors|nurses|personnel)) (?:does|do|did) (?P<body>[^?]+?) employ(?=\?|$| in )", r"\g<body> 有多少 \g<who>"),
    (r"\bhow many (?:of (?:the|its) )?(?:employees|staff|people|teachers|doctors|workers|members of staff) (?:hold|have|possess|held|had|with|are of) (?:an? )?(?P<title>(?:associate senior|full senior|senior|intermediate|junior|middle)(?: professional| technical)?) (?:titles?|ranks?|positions?|qualifications?)\b", r"\g<title> titles 多少人"),
    (rf"\b(?:which|what) (?:bureau|department|body|authority|commission|institution|ministry|organi[sz]ation|unit) {_DO} (?P<who>[^?]+?) (?:belong to|report to|come under|answer to)(?=\?|$)", r"\g<who> 归哪个部门管"),
    (rf"^(?:and |so )?how much of (?:the |its |this |that )?(?P<whole>(?:(?:19|20)\d\d )?(?:total |annual |final |actual |overall |planned )?(?:expenditure|spending|budget|income|revenue)(?: (?:in|for) (?:19|20)\d\d)?) {_IS} (?P<part>(?!(?:there|it|left|spent|used|being|for|on|to|set|from|going|allocated|earmarked|available|unspent|planned|not|in|at|by|carried|made|taken|funded|covered|financed|due)\b)[^?]+)", r"\g<whole> 中 的 \g<part> 多少"),
    # what it is meant for
    (rf"\bwhat {_IS} (?P<what>[^?]+?) (?:meant|intended|supposed|designed|used|there|earmarked) to (?:pay(?: for)?|cover|fund|finance|support|be spent on)(?=\?|$)", r"\g<what> 主要用于什么"),
    (r"\bwhat (?:does|do|did) (?P<what>[^?]+?) (?:pay for|go (?:on|towards|into)|cover|finance|fund)(?=\?|$)", r"\g<what> 主要用于什么"),
    (r"\b(?P<verb>set(?:s|ting)? aside|budget(?:ed|s)?|allocated?|earmark(?:ed)?|reserved?|put aside|plan(?:ned)?) (?:on|for|to|into|towards) (?:the |its |all )?projects(?=\?|$| in 20)", r"\g<verb> 项目支出"),
    # vehicles, beds
    (
        r"\bhow many (?P<kind>(?:law[- ]enforcement |police |special(?:-purpose)? |duty )+)(?:cars|vehicles) (?P<mid>(?:will|did|does|do|is|are|was|were|has|have) [^?]*?)(?: plan(?:ning|s)? to| going to| intend(?:s|ing)? to| expect(?:s|ed|ing)? to| to)? ?\b(?:buy|purchased?|acquired?|bought)\b",
        r"\g<mid> 购置\g<kind>vehicles 多少辆",
    ),
    (r"\b(?:does|do|did|has|have) (?P<who>[^?]+?) (?:keep|have|own|possess|run|operate|got) (?:any )?(?:official )?(?:cars|vehicles)(?:,? and)?(?: if so,?)? how many\b(?: of them)?", r"\g<who> 有多少辆公务用车"),
    (r"\bhow many beds (?:are|were|is) (?:actually |currently |really )?(?:open|opened|in use|available|in operation)(?: (?:at|in) (?P<who>[^?]+))?", r"\g<who> 实际开放床位多少"),
    # visitors, delegations, when a body came to be
    (r"\bhow many (?:groups|delegations|batches|parties) of (?P<who>(?!(?:domestic |official |the )*(?:foreign|guests|visitors|people|persons|officials)\b)[a-z ]+?) (?P<mid>[^?]*?)\b(?:received|hosted|entertained|receive|host|welcomed)\b", r"\g<mid> 接待 \g<who> 多少批次"),
    (r"\bhow many (?:overseas |foreign |outbound )?(?:delegations|groups|trips|missions)(?: of officials)? (?:was|were|is|are|did) (?:that|it|they|those|there)(?: (?:involve|cover))?", "因公出国多少个团组"),
    (r"\b(?:in )?(?:what|which) year (?:was|were|did) (?P<what>[^?]+?) (?:founded|established|set up|created|built|founded in|come into being|open|opened|start(?:ed)?)(?=\?|$)", r"\g<what> 是哪一年成立的"),
    (r"\bwhen (?:was|were) (?P<what>[^?]+?) (?:founded|established|set up|created|built)(?=\?|$)", r"\g<what> 是什么时候成立的"),
    # people and beds of a body
    (
        rf"\bhow many (?P<what>{_COUNTED}) (?:does|do|did|has|have|are there (?:at|in)|study at|attend|go to) (?P<who>[^?]*?\b{_BODY}[^?]*?)(?: (?:have|has|run|own|count))?(?=\?|$)",
        r"\g<who> 有多少\g<what>",
    ),
    # the unit of the answer
    (r"\b(?:expressed |given |stated )?in (?:units of |rmb )?(?:100 million|hundred million|hundreds of millions?)(?: of)?(?: yuan| rmb)?\b", " 用亿元 "),
    (r"\b(?:expressed |given |stated )?in (?:units of |rmb )?(?:10,?000|ten thousand|wan)(?: of)?(?: yuan| rmb)?\b", " 多少万元 "),
)  # fmt: skip
_ASKING = tuple((re.compile(pattern), into) for pattern, into in _WAYS)


def asked_plainly(text: str) -> str:
    """A lower-case English question in the plainer forms that the further modules know; its words stay English."""
    for pattern, into in _ASKING:
        text = pattern.sub(into, text)
    return text
