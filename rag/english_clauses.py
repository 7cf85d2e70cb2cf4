"""English questions of several parts, and parts that Chinese puts elsewhere: asides, dates, what is split between what, which
of several, what was asked beside an amount. The words stay English."""

from __future__ import annotations

import re

_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATED = re.compile(
    r"(?:\b(?:as (?:of|at)|at|by|on|until|till|up to)\s+)?(?P<end>(?:the )?end of )?"
    rf"(?:(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?\b(?P<month>{_MONTH})\b\.?"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>(?:19|20)\d\d)\b"
)
_BODIES = r"(?:units|bodies|centres|centers|institutions|agencies|departments|organisations|organizations|bureaus)"
_OFFICES = r"(?:sections?|divisions?|internal departments?|internal units?|offices?|teams?)"
_CHARGED = (
    r"(?:(?:is|are|was|were) )?(?:in charge of|responsible for|charged with|tasked with|handles?|deals? with|looks? after"
    r"|takes? care of|carr(?:y|ies) out|process(?:es)?|(?:do|does)(?! [^?]*?\b(?:have|include|contain|cover|comprise|run)\b))"
)
_DUTIES = {
    "handles|deals with|processes|receives|accepts|answers|replies to": "负责",
    "drafts?|writes?|prepares?|draws? up": "起草",
    "review(?:s)?|vets?|examines?|scrutinis(?:e|es)|approves?": "审核",
    "organises?|arranges?": "组织",
    "supervises?|oversees?|monitors?": "督促",
    "coordinates?|co-ordinates?": "协调",
    "manages?|runs?|administers?": "负责",
    "compiles?|edits?|publishes?|issues?": "编辑",
}
_SPLIT = r"(?:split|divided|shared|distributed|broken down|allocated|apportioned)(?: up| out)?"
_INTO = r"(?:between|among|amongst|into|across|over)"
_PEOPLE = (
    r"(?:(?:full |associate )?professors?|women|men|females?|males?|party members|doctoral supervisors|master's supervisors"
    r"|postgraduates|undergraduates|retirees|civil servants|contract staff)"
)
_COSTS = r"(?:costs?|expenses|expenditures?|spending|funds|funding)"

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"\b(?P<verb>do|does|did|has|have|is|are|was|were)n['’]?t\b", r"\g<verb> not"),
        (r"\b(?:do|does|did) not (?:have|own|keep|plan|budget|spend)(?: any(?:thing)?\b)?(?: (?:on|for)\b)?", "have no"),
        # what the asker goes by, and where it is said to stand
        (
            r",?\s*\b(?:judging|going|reckoned|inferred|derived|working back(?:wards)?)(?: back)? (?:from|by) [^?,]*(?=[?,]|$)",
            " 推算",
        ),
        (r"\b(?:single|very) (?=largest|biggest|highest|smallest|lowest)", ""),
        # how something moved
        (r"\b(?P<is>is|are|was|were|be|been) (?:all )?up\b", r"\g<is> rise"),
        (r"\b(?P<is>is|are|was|were|be|been) (?:all )?down\b(?! as)", r"\g<is> fall"),
        (r"\bup (?=(?:by )?\d|over (?:the|20)|on (?:the|20)|from (?:the|20)|so (?:much|sharply))", "rise "),
        (r"\bdown (?=(?:by )?\d|over (?:the|20)|on (?:the|20)|from (?:the|20)|so (?:much|sharply))", "fall "),
        (r"\b(?P<what>rise|fall|increase|decrease|growth|drop|jump|cut)(?P<mid>[^?,]{0,16}?) on (?P<year>20\d\d)\b", r"\g<what>\g<mid> over \g<year>"),
        (r"\bsince (?P<year>(?:last year|the previous year|20\d\d))\b", r"over \g<year>"),
        # where it stands, and whose it is
        (r"\b(?P<at>in|according to|from) (?:the|its) (?P<year>20\d\d) (?:reports?|papers?)\b", r"\g<at> \g<year>"),
        (r"\b(?:in|from|according to) the (?P<table>[a-z][a-z -]*?) table\b", r"\g<table> 表里 "),
        (r"\b(?P<what>total resources|total revenue|total expenditure)(?P<said> \([^)]*\))? of the (?P<whose>municipal |city |county |district |provincial )?general public budget\b", r"\g<whose>general public budget \g<what>"),
        # which of several
        (
            rf"\b(?:which|what) (?:one |ones )?(?:of|among) (?:the |these |those |all )*(?:(?:two|three|four|five|six|seven|\d) )?(?:(?P<year>20\d\d) )?{_BODIES}\b",
            r"\g<year> 哪些单位 ",
        ),
        (
            rf"\b(?:which|what) (?:of (?:the|its) )?(?:internal )?{_OFFICES} (?:of [a-z' ]+? )?{_CHARGED}(?!\w)",
            "哪个科负责 ",
        ),
        # what an office does, by its verb
        *(
            (
                rf"\b(?:which|what|whose) (?:of (?:the|its) )?(?:internal )?(?:{_OFFICES}|department) (?:is to |has to |will |would )?(?:{said})\b",
                f"哪个科{verb} ",
            )
            for said, verb in _DUTIES.items()
        ),
        (r"\bwho (?:is |are )?(?:in charge of|responsible for)\b", "谁负责 "),
        (
            r"\b(?:which|what) (?P<kind>functional|economic) (?:item|account|line)s? (?:is|was|are|were|has|had|takes|took|gets|got|costs?) (?:the )?(?P<most>largest|biggest|highest|most|smallest|lowest|least)\b",
            r"哪个\g<kind> item \g<most>",
        ),
        (r"\bfunctional items?\b", "项级科目"),
        (r"\beconomic items?\b", "款级科目"),
        (
            r"\b(?:which|what) (?P<what>[a-z][a-z -]*?) (?:item|component|part|category|kind|type|line)s? (?:is|was|are|were|has|had|takes|took|gets|got|costs?) (?:the )?(?P<most>largest|biggest|highest|most|smallest|lowest|least)\b",
            r"\g<what> 中哪一项 \g<most>",
        ),
        # people of a kind among others
        (
            rf"\bhow many (?:of (?:the |its )?)?(?P<all>[a-z-]+(?: [a-z-]+)?) (?:were|are|was|is) {_PEOPLE} \((?P<said>[\u4e00-\u9fff]+)\)",
            r"\g<all>中\g<said>多少人",
        ),
        (
            rf"\bhow many (?:of (?:the |its )?)?(?P<all>[a-z-]+(?: [a-z-]+)?) (?:were|are|was|is) (?P<part>{_PEOPLE})\b",
            r"\g<all>中\g<part> 多少人",
        ),
        (r"\bhow many people (?P<how>actually |currently |now |really )?(?:work|are working|are employed|were employed)(?: (?:there|here|at it|in it))?\b", "how many employees"),
        # amounts beside a count
        (
            r"(?:,? and )?\b(?:what|which|how (?:much|large|big) an?|how much of an?) (?:sums?|amounts?|total(?: amount)?|budget|funds|funding|money) (?:(?:do|does|did) (?:they|it|these|those|this) (?:all )?(?:involve|cover|concern|come to|amount to|represent)|(?:is|was|are|were) (?:involved|covered|concerned|at stake))\b|(?:,? and )?\bhow much (?:money )?(?:is|was|are|were) (?:involved|covered|concerned)\b|(?:,? and )?\bhow much (?:money )?(?:do|does|did) (?:they|it|these|those|this) (?:all )?(?:cost|involve|cover|amount to|come to)(?= together| in total| in all|\?|$|,)",
            ", 涉及多少金额",
        ),
        (r"\bprojects (?:are |were )?(?:under|subject to|covered by|managed by|included in) performance(?:[- ](?:target|budget))?(?: management)?\b", "performance projects"),
        (r"\bperformance[- ](?:target[- ])?managed projects\b", "performance projects"),
        (r"\bhow many performance projects\b", "performance projects 多少个"),
        (r"\b(?:buy|buying|purchase|purchasing) (?:a |an |any |one |some |new )*(?:official )?(?:car|vehicle)s?\b(?P<mid>[^?]*?)(?:,? and)? (?:for |at )?(?:how much|what (?:price|cost))(?: (?:did|does|will|would) (?:it|they|that) cost)?", r"vehicle purchase \g<mid> 多少钱"),
        (r"\bhow many (?:(?:did|does|do|will) (?:it|they|the unit) )(?:plan |intend |expect )?(?:to )?(?:buy|purchase)\b", "vehicles bought 多少辆"),
        # what a project is to keep up, counted
        (
            r"\bhow many (?P<what>[a-z][a-z -]*?) (?:must|should|shall|will|does|is|are) (?P<who>(?:the |this )?[^?]*?)(?:project|it|centre|center|unit)?(?P<of> of [^?]*?)? (?:(?:meant|supposed|expected|required|planned) to )?(?:keep running|support|maintain|keep up|keep going)(?=\?|$| (?:in|during|per|each|this|at)\b)",
            r"\g<who>\g<of> \g<what> 有多少",
        ),
        # satisfaction: whose
        (r"\btarget (?:level of )?satisfaction\b", "satisfaction"),
        (r"\bsatisfaction (?:of|among|from) (?:the )?(?P<of>[a-z][a-z -]*?) users\b", r"\g<of> users satisfaction"),
        (
            r"\bsatisfaction (?:level |rate |score |target )?(?:is |are |was )?(?:targeted |aimed (?:at|for) |expected |set |planned |required )?(?:among|amongst|of|from|by) (?:the |its )?(?P<who>users|citizens|residents|masses|public|students|teachers|patients|villagers|people served|service recipients|staff)\b",
            r"\g<who> satisfaction target",
        ),
        (r"\b(?P<who>user|public|citizen|resident|student|patient|villager)s?'? satisfaction\b", r"\g<who>s satisfaction"),
        (r"\b(?:the )?(?:people|publics?|masses|citizens) satisfaction\b", "群众满意度"),
        (r"\busers satisfaction\b", "使用人员满意度"),
        (r"\b(?:people served|service recipients|service users) satisfaction\b", "服务对象满意度"),
        # what an amount is split into
        (
            rf",?\s*(?:and )?how (?:is|was|are|were) (?:it|this|that|they|these|the (?:total|money|amount|sum)) {_SPLIT} {_INTO} (?P<parts>[^?]+)",
            r", \g<parts> 各多少",
        ),
        (
            rf"\bhow (?:is|was|are|were|does|did) (?P<whole>[^?,]+?) (?:{_SPLIT}|split|divide|break down) {_INTO} (?P<parts>[^?]+)",
            r"\g<whole> 中 \g<parts> 各多少",
        ),
        (
            r"\bwhat(?: i|')?s? (?:is |was )?the (?:split|division|breakdown) (?:of (?P<whole>[^?,]+?) )?(?:between|into|by) (?P<parts>[^?]+)",
            r"\g<whole> 中 \g<parts> 各多少",
        ),
        (
            r"^(?P<one>[^?:]+?) and (?P<other>[^?:]+?)\s*[:,] (?:what(?: i|')?s? (?:is )?the split|how are they split|how do they split)(?: (?:with)?in (?P<whole>[^?]+))?",
            r"\g<whole> 中 \g<one> and \g<other> 各多少",
        ),
        # where one noun serves two kinds
        (rf"\bbasic(?P<and> and | or | versus | vs\.? |, )project (?P<noun>{_COSTS})", r"basic expenditure\g<and>project expenditure"),
        (rf"\b(?P<one>personnel|staff)(?: {_COSTS})?(?P<and> and | or | versus | vs\.? )(?:public|operating|running|office|day-to-day) {_COSTS}", r"personnel expenditure\g<and>public expenses"),
        (r"\b(?P<one>water|electricity|heating|postage)(?P<and> and | or )(?P<other>water|electricity|heating|postage) (?:bills?|fees?|costs?|charges)\b", r"\g<one> costs\g<and>\g<other> costs"),
        # how two amounts compare
        (r"\bhow (?:does|do|did) (?:the (?:figure|amount|number|sum)s? (?:for|of) )?(?P<one>[^?,]+?) compare (?:with|to) (?P<other>[^?,]+)", r"\g<one> 金额和 \g<other> 相差多少"),
        (r"\b(?P<one>[a-z-]+(?: [a-z-]+)*) (?:figure|amount|number) in the (?:text|description|explanation|notes?) (?:is|says|reads) (?P<number>[\d.,]*\d)(?: yuan| 10,?000 yuan)?[;,.]? (?:does|do|is) the tables? (?:say|show|have|give|state|print)?(?: it)? ?(?:the )?(?:same|agree|match)", r"\g<one> 说明里写的是\g<number>, 表里写的一样吗"),
        # when, by whom, on what grounds, to what end
        (r"^when (?:does|did|will|is|was|do) (?P<what>[^?]+?) (?:due to |going to |expected to |supposed to )?(?:end|finish|expire|be completed|be finished|run out)(?=\?|$)", r"\g<what> 什么时候结束"),
        (r"^when (?:does|did|will|is|was|do) (?P<what>[^?]+?) (?:due to |going to |expected to |supposed to )?(?:start|begin|be launched)(?=\?|$)", r"\g<what> 什么时候开始"),
        (r"^(?:for )?how long (?:does|did|will|is|was) (?P<what>[^?]+?) (?:last|run|going to last|take)(?=\?|$)", r"\g<what> 的实施周期"),
        (r"^who (?:implements|carries out|executes|implemented|is implementing) (?P<what>[^?]+)", r"\g<what> 由谁实施"),
        (r"\b(?:what|which) (?:documents?|basis|regulations?|polic(?:y|ies)|rules?|grounds?) (?:is|are|was|were) (?P<what>[^?]+?) (?:based|founded) on\b", r"\g<what> 立项依据是什么"),
        (r"\bwhat (?:is|are|was|were) (?:the )?(?:overall |general |main |annual )?(?:objectives?|goals?|aims?) of (?P<what>[^?]+)", r"\g<what> 的总体目标是什么"),
        (r"^(?:do|does|did) (?P<what>[^?]+? and [^?]+?) differ(?: in (?:total|size|amount))?(?=\?|$)", r"\g<what> 一样吗"),
        (r"\bdepartment(?:al)? and unit (?P<kind>budget|account)s?\b", r"department \g<kind> and unit \g<kind>"),
        (r"\bhow many (?:new )?(?:official )?(?:cars|vehicles) (?P<mid>(?:will|did|does|do|is|are) [^?]*?)(?: plan(?:ning|s)? to| going to| intend(?:s|ing)? to)? ?\b(?:buy|purchase|acquire)\b", r"\g<mid> vehicles bought 多少辆"),
        (r"\b(?P<verb>receive|earn|collect|get|take|charge)d?(?: in)? (?:in|from) tuition(?: fees?)?\b", r"\g<verb> tuition income"),
        (r"\b(?:gap|discrepancy in size) between\b", "difference between"),
        # names that stand behind in English
        (r"\btotal (?:expenditure|spending)(?: budget)? (?:for|on) (?!20\d\d|fiscal|all\b|the (?:year|whole))(?P<what>[a-z][^?]*?)(?= in | for |\?|$)", r"\g<what> 支出预算"),
        (r"\b(?:pieces? of |items? of |sets? of )?(?:large |special |general )?equipment(?: items)?,? (?:each )?(?:(?:with|having|of) an? (?:unit )?(?:price|value) (?:of )?|worth |valued at |costing |priced at )(?:more than |over |above |exceeding |at least )(?P<worth>(?:1|one) million|1,000,000|500,000|half a million)(?: yuan| rmb)?(?: each| or more| and above)?", r"equipment over \g<worth>"),
        (r"\bequipment over (?:500,000|half a million)", "单价50万元以上设备"),
        (r"\bequipment over (?:(?:1|one) million|1,000,000)(?: yuan)?", "单价100万元以上设备"),
        (r"\bwhat (?:did|does|do|has|have) (?P<who>[^?]+?) (?:buy|purchase|procure|bought|purchased|procured)(?: (?:through|by|with|under|via) (?:its |the )?(?:government |public )?procurement)?(?=\?|$| in\b)", r"\g<who> 采购 买了什么"),
        (r"\bvalue of (?:the |its )?(?P<what>office furniture|furniture|buildings?|houses?|premises|land|equipment|cars|other assets|fixed assets|intangible assets)\b", r"\g<what> 价值"),
        (r"\b(?:renting|leasing|rental (?:of|for)|rent (?:of|for|on)|lease of) (?:the |its |a |an )*(?P<what>[a-z][a-z -]*? )?(?:premises|sites?|venues?|spaces?|places?)\b", r"\g<what>场地租赁"),
        (r"\bwhat (?:will|is|was|are|were|has) (?:the )?(?:money|funds?|amount|sum|budget) (?:under|in|of|for|at) (?P<what>[^?]+?) (?:be |been |to be )?(?:spent on|used for|meant for|for)(?=\?|$)", r"\g<what> 主要用于什么"),
        (r"\bwhat (?:will|would) (?P<what>[^?]+?) be (?:spent on|used for)(?=\?|$)", r"\g<what> 主要用于什么"),
        (r"\b(?:break|breaking) down (?:the )?(?P<what>[^?,]+?) into (?:its |their |the )?(?:parts|items|components|pieces|elements)\b", r"breakdown of \g<what>"),
        (r"\bwhose (?P<what>[a-z ]+?) (?:is|are|was) (?P<who>[^?]+)", r"\g<who> 是谁的 \g<what>"),
    )
)  # fmt: skip
_KINDS = re.compile(
    r"(?<!procurement of )(?<!purchase of )(?<!government )(?<!public )(?<!affairs )(?<!commissioned )(?<!administrative )"
    r"\b(?P<kind>goods|works|services)\b(?! (?:procurement|purchase|budget|expenditure|spending|centre|center|hall|window))"
)


def in_clauses(text: str) -> str:
    """A lower-case English question with dates, asides and parts of several as Chinese asks them; its words stay English."""
    text = _DATED.sub(_date, text)
    for pattern, into in _SHAPES:
        text = pattern.sub(into, text)
    return _kinds_of_procurement(text)


def _date(found: re.Match[str]) -> str:
    """A date as Chinese has it ("as of 31 August 2023" 截至2023年8月31日); one in passing ("in august 2023") stays a month."""
    day = found["day"] or found["after"]
    until = (
        "截至" if found.group().startswith(("as ", "at ", "by ", "on ", "until", "till", "up ")) or found["end"] else ""
    )
    end = "末" if found["end"] else ""
    return f" {until}{found['year']}年{_MONTHS[found['month']]}月{f'{int(day)}日' if day else end} "


def _kinds_of_procurement(text: str) -> str:
    """ "Procurement …, split between goods and services": the bare kinds behind the word are kinds of procurement."""
    at = re.search(r"\bprocurements?\b|^(?=, (?:goods|works|services)\b[^?]*各多少)", text)
    if at is None or not re.search(r"各多少|其中|\bhow much of (?:it|that|this)\b", text):
        return text
    return text[: at.end()] + _KINDS.sub(r"procurement of \g<kind>", text[at.end() :])
