"""Forms of asking in English, put into plainer ones that the further shapes know: politeness and openings left out, passive and
progressive verbs, sums, differences and ratios put in words, what is to be listed or named. The words stay English."""

from __future__ import annotations

import re

_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_PARTS = r"(?:items?|components?|parts?|elements?|constituents?|sub-?items?|line items?|lines|pieces|categories|positions|headings|sub-?headings|sub-?accounts|accounts)"
_DEVOTED = r"(?:allott?ed|assigned|devoted|dedicated|channell?ed|poured|pumped|appropriated|committed|apportioned|ring-?fenced|put aside|put away|laid aside|reserved|pencilled in)"
_POST = r"(?:director|deputy director|head|deputy head|chief|bureau chief|mayor|party secretary|secretary|principal|headmaster|president|dean|chairman|chairwoman|chairperson|leader|manager)"
_MONEY = r"(?:money|funds?|funding|cash|sums?|resources|spending|expenditures?|outlays?|budget|appropriations?|allocations?|provision)"
_SPENT = r"(?:spend(?:ing)?|spent|pay(?:ing)?|paid|lay(?:ing)? out|disburs(?:e|ing|ed)|use|using|put(?:ting)?|set(?:ting)? aside|allocat(?:e|ing|ed)|earmark(?:ing|ed)?|budget(?:ing|ed)?)"
_NO_BODY = r"(?:the |its )?(?:total|overall|planned|budgeted|actual|public|annual|project|basic|combined|term|word)\b"
_DO = r"(?:does|do|did|will|would|has|have|had)"
_IS = r"(?:is|are|was|were)"
_RISE = r"(?:climb|jump|surge|soar|swell|expand|mushroom|balloon|rocket|shoot up|edge up|creep up)"
_ROSE = r"(?:climbed|jumped|surged|soared|swelled|swollen|expanded|mushroomed|ballooned|rocketed|shot up|edged up|crept up|been increased|been raised|been lifted|pushed up)"
_SINK = r"(?:slump|plunge|dip|slide|tumble|contract|trim|slash|lessen|go down)"
_SANK = r"(?:slumped|plunged|dipped|slid|tumbled|contracted(?! (?:out|services?|business|work|workers|staff|labour|personnel|employees|fees?)\b)(?!-out)|trimmed|slashed|lessened|scaled back|pared back|been cut|been reduced|been lowered)"

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        # openings, politeness, the last stop
        (r"\s*[.!]+\s*$", ""),
        (r"^(?:(?:hi|hello|hey|dear all|excuse me|sorry|ok|okay|well|so|now|right)\b[,!.]?\s+)+", ""),
        (
            r"^(?:(?:i|we)(?:'d| would)? (?:like|love|want|need|wish)(?: to)?|(?:i|we)(?:'m| am|'re| are)? (?:just )?(?:wonder(?:ing)?|curious|interested|trying|looking|keen)(?: to)?)"
            r"(?: (?:know|learn|see|find out|ask|hear|check|understand|establish))?(?: (?:about|in|for|if you could tell me))?,?\s+(?=\w)",
            "",
        ),
        (r"^(?:(?:my|our) )?(?:readers?|editors?) (?:want|wants|would like|asks?|need|needs) to know,?\s+", ""),
        (r"^(?:for (?:my|an|a|our) (?:article|story|report|piece|column|editor|readers?)[,:]\s+)", ""),
        (
            r"^(?:(?:can|could|would|will) you (?:please |kindly |perhaps )?|(?:please |kindly )+|do you (?:happen to )?know\s+)"
            r"(?:(?:tell|give|show|help) (?:me|us)\s+|say\s+|(?=list|name|explain|compare|rank|break|calculate|add|subtract|find|what|how|which|who|why|when|whether|if))",
            "",
        ),
        (r"^(?:walk|talk) (?:me|us) through\s+|^(?:tell|remind) (?:me|us)(?: of| about)?,?\s+|^(?:find out|work out|calculate|compute|determine|look up|figure out|state|quote|let me know)\s+(?=the |what |how |which )", ""),
        (r",?\s*\b(?:please|thanks|thank you(?: very much)?|if you (?:can|please|would|don't mind)|do you know)\s*(?=[.?!]?$)", ""),
        (r"\bat (?:the (?:very )?)?(?:least|most|minimum|maximum)\b|\b(?:no|not) (?:less|fewer|more) than (?=\?|$)", ""),
        (r"\b(?:expressed|measured|stated|given|denominated) (?=in (?:yuan|rmb|10,000|ten thousand|wan|million))", ""),
        # sums, differences, ratios
        (r"\b(?:subtract|deduct|take(?: away)?) (?P<a>[^?]+?) from (?P<b>[^?.]+)", r"\g<b> minus \g<a> 等于多少"),
        (r"\b(?:what(?:'s| is|) (?:left|remains) of|how much of) (?P<b>[^?]+?) (?:is left |remains |left )?(?:after (?:deducting|subtracting|taking away|removing)|once you (?:deduct|subtract|take away)) (?P<a>[^?.]+)", r"\g<b> minus \g<a> 等于多少"),
        (r"\bwhat (?:is|are|was|were) (?P<b>[^?]+?) (?:minus|less) (?P<a>[^?.]+)", r"\g<b> minus \g<a> 等于多少"),
        (r"\badd (?:up |together )?(?P<a>[^?]+?) (?:and|to) (?P<b>[^?.]+?)(?: together)?(?=[?.]|$)", r"\g<a> plus \g<b> in total 多少"),
        (r"[,;:]?\s+what (?:does|do|would|will) (?:that|this|it|they|these|those|the two|both)(?: all| both)? (?:make|come to|give|add up to|total|amount to)(?: together| in total| in all| altogether)?(?=\?|$)", " in total 多少"),
        (r"\b(?:what|how much) (?:does|do|did|will|would) (?P<what>[^?]+? and [^?]+?) (?:add up to|sum to|come to|make|total|amount to)(?: together| in total| in all| altogether| combined)?(?=\?|$)", r"\g<what> in total 多少"),
        (r"\b(?:what is |what was |what are )?(?:the )?ratio (?:of|between) (?P<a>[^?]+?) (?:to|and) (?P<b>[^?.]+)", r"\g<a> 占 \g<b> 的百分之几"),
        (r"\b(?P<a>[^?,]+?) as an? (?:percentage|share|proportion|fraction) of (?P<b>[^?.,]+)", r"\g<a> 占 \g<b> 的百分之几"),
        (r"^how much of (?P<rest>[^?]+?),? (?:as an? (?:percentage|share|proportion)|in (?:percent|per cent|percentage terms|%))(?=\?|$)", r"what percentage of \g<rest>"),
        (r"\bwhat (?:portion|slice|chunk|fraction|proportion|percentage|share)(?: of (?P<whole>[^?]+?))? (?:does|do|did) (?P<part>[^?]+?) (?:represent|constitute|make up|form|account for|take up)(?=\?|$)", r"what percentage of \g<whole> is \g<part>"),
        (r"\bwhat (?:proportion|percentage|share|portion) of (?P<whole>[^?]+?) (?:(?:does|do|did) )(?P<part>[^?]+?) represent\b", r"what percentage of \g<whole> is \g<part>"),
        (r"\bwhat (?:portion|slice|chunk) of\b", "what share of"),
        (r"\bhow many times (?:(?:larger|bigger|higher|greater) than (?P<b>[^?]+?) (?:is|was|are|were) (?P<a>[^?]+)|(?:as (?:large|big|high|much|great) )?(?P<c>[^?]+?) (?:is|was|are|were) (?P<d>[^?]+))", r"\g<a>\g<d> 是 \g<b>\g<c> 的多少倍"),
        (r",? (?:together )?with (?:their|its|the) (?:respective )?(?:percentages?|shares?|proportions?)(?: of the total)?(?=[?.]|$)", " 各多少, 各占百分之几"),
        # what moved, and how
        (rf"\b{_ROSE}\b", "risen"),
        (rf"\b{_SANK}\b", "fallen"),
        (rf"\b(?P<by>by (?:how much|what|how many)[^?]*? {_DO} [^?]*?)\b{_RISE}\b", r"\g<by>rise"),
        (rf"\b(?P<by>by (?:how much|what|how many)[^?]*? {_DO} [^?]*?)\b{_SINK}\b", r"\g<by>fall"),
        (r"\bby (?:how many|what) percentage points? or percent\b|\bby how many (?:percentage points|per cent)\b|\bby what (?:per cent|rate|margin in percent)\b", "by what percentage"),
        (r"\bhow (?:did|does|has|have|do) (?P<what>[^?,]+?) (?:develop|evolve|change|move|fare|shift)(?:d|ed)?(?=[,?]|$| compared| from| over| since| against| versus| in | between)", r"\g<what> 变化多少"),
        (r"\b(?:what (?:is|was|were|are)? ?the|what) (?:change|movement|variation|shift)s? (?:in|of|to) (?P<what>[^?,]+?) and (?:the |its |what )?(?:cause|reason|explanation|grounds)s?(?: (?:for|behind) (?:it|that|this))?(?=\?|$)", r"\g<what> 增减多少和原因"),
        (r"\bwhat (?:accounts?|accounted) for (?=(?:the|this|that|its) (?:sharp |big |large |steep |slight |small )?(?:increase|rise|growth|jump|decrease|fall|drop|decline|cut|change|reduction))", "what is the reason for "),
        (r"\bwhat (?:lies|lay|is|was) behind (?=the|this|that|its)", "what is the reason for "),
        (r"\bdid (?P<what>[^?,]+?) (?P<move>drop|fall|rise|grow|increase|decrease|shrink|decline|go up|go down|change)(?P<when>(?: (?:in|for|from|between|over|since|compared|during|against) [^?,]+)?),? and (?:if so,? )?by how much\b", r"by how much did \g<what> \g<move>\g<when>"),
        (r"\bwhat (?:is|was) the (?:reason|cause|explanation) (?:that|why|for which)\b", "why"),
        (r"\b(?:a|one) year (?:earlier|before|previously)\b", "the year before"),
        (r"\bhow much of (?P<what>[^?]*?) (?:money|funds|funding)\b", r"how much money of \g<what>"),
        (rf"\bwhat {_DO} (?P<who>[^?]+?) (?:pay|give|spend|disburse)(?: (?:its|the|their) (?:staff|employees|people|workers))? in (?!20\d\d|total|all|the )(?P<what>[^?]+)", r"how much \g<what> does \g<who> spend"),
        (r"\b(?:which|what) (?:single |one )?(?P<item>item|line|account|project) (?:eats up|swallows(?: up)?|absorbs|consumes|devours|claims|takes up|accounts for|makes up|costs) (?:the )?(?:most|largest (?:share|part)|biggest (?:share|part|chunk))(?: of)? (?P<whose>(?:the |its )?[^?]*?)(?:money|budget|funds|funding|spending|expenditure)(?=\?|$)", r"\g<whose> which expenditure \g<item> is the largest"),
        (r"\b(?:which|what) (?:internal )?(?:departments|divisions|sections|offices) (?:does|do|did) (?P<who>[^?]+?) (?:consist of|comprise|include|contain|be made up of)(?=\?|$)", r"\g<who> 内设机构有哪些"),
        (r"\bwhat(?: is|) the total (?:that )?(?P<who>[^?]+?) (?:will be getting|is getting|will get|gets|receives|will receive|is to receive|has at its disposal)\b", r"total budget of \g<who>"),
        # money for something: one verb for all
        (rf"\b(?P<is>{_IS}|been|be|gets?|got|goes|went) {_DEVOTED} (?:to|for|on|into|towards)\b", r"\g<is> allocated for"),
        (rf"\b{_DEVOTED} (?:to|into|towards|for)\b", "allocated for"),
        (rf"\b(?:is|are|was|were) there (?:any|some) {_MONEY} (?:(?:planned|budgeted|foreseen|earmarked|set aside|available|provided) (?:on|for)|on)\b", "is there any"),
        (rf"\b(?:is|are|was|were) any {_MONEY} (?:planned|budgeted|foreseen|earmarked|set aside|available|provided|allocated)(?: at all)? (?:on|for)\b", "is there any"),
        (rf"\b(?:what|which) (?:kinds?|sorts?|types?) of [^?]+? {_IS} (?P<what>[^?]+?) (?:meant|intended|used|designed|earmarked|reserved|there) (?:for|on)(?=\?|$)", r"\g<what> 主要用于什么"),
        (rf"\bwhat {_IS} (?!{_NO_BODY})(?P<who>[^?]+?) (?:spending|paying|laying out|putting|(?:going to |planning to |expected to |set to |due to |projected to |slated to ){_SPENT}) (?:on|for|into|towards|aside for) (?P<what>[^?]+)", r"how much does \g<who> spend on \g<what>"),
        (rf"\bwhat(?: sum| amount)? {_DO} (?!{_NO_BODY})(?P<who>[^?]+?) (?:intend to |plan to |mean to |want to |expect to |have to )?{_SPENT} (?:on|for|into|towards|aside for) (?P<what>[^?]+)", r"how much does \g<who> spend on \g<what>"),
        (r"\bhow much (?:will|does|did|do|would|is|are) (?!it\b|that\b|this\b|they\b)(?P<what>[^?]{3,60}?) (?:expected to |going to |likely to )?(?:cost|set back) (?P<who>the [^?]+|it|them)?(?=\?|$)", r"how much \g<what> \g<who>"),
        (r"\bhow (?:high|hefty|substantial|sizeable|considerable|costly|expensive|generous|great) (?:is|are|was|were|will)\b", "how much is"),
        (r"\b(?P<a>(?:is|are|was|were) )(?:expected|projected|planned|supposed|scheduled|forecast|due|set|meant|likely) to (?:be|total|reach|amount to|come to|cost)\b", r"\g<a>"),
        (r"(?<!project )(?<!basic )(?<!total )(?<!budget )(?<!fiscal )\b(?:spending|outlays?|expenditure) on (?!20\d\d|all\b|average\b|top\b|the (?:year|whole))(?P<what>(?:the |its )?[a-z])", r"\g<what>"),
        (r"\bprice tag\b", "price"),
        # listed and named
        (rf"\b(?:list|name|give|enumerate|itemi[sz]e|show|state|what are) (?:me |us )?(?:all |all of )?(?:the |its )?(?:{_COUNT} )?{_PARTS} (?:of|in|under|within|making up|that make up) (?=[a-z])", "breakdown of "),
        (rf",? (?:and|with|along with|including) (?:its|the|their) (?:{_COUNT} )?(?:different |various |individual )?{_PARTS}(?=[?.]|$)", " 构成"),
        (rf"\b(?:list|name|identify|enumerate|give|what are) (?:me |us )?(?:all |all of )?(?:the |its )?(?:{_COUNT} )?(?:projects|programmes|schemes) (?:(?:run|carried out|implemented|managed|planned|funded) (?:by|at) |of |at |in )?", "which projects "),
        (r"\b(?:list|name|identify|enumerate|give|what are|which are) (?:all |all of )?(?:the |its )?(?:units|bodies|institutions|entities|organisations)(?: that (?:are )?|,? )?(?:are )?(?:included|covered|comprised|consolidated|counted) (?:in|by|under) (?P<whose>[^?.]*)", r"\g<whose> 包括哪些单位"),
        (rf"\b(?:rank|sort|order|list|name|what are|break down into) (?:all |all of )?(?:the |its )?(?:{_COUNT} )?(?:functional |main |major |expenditure |spending )+(?:classes|categories|functions|areas)(?: of (?:expenditure|spending))?(?: by (?:amount|size|value|budget))?", "支出包括哪几类, 各多少 "),
        (r"\b(?P<what>[a-z]+(?: [a-z]+)?) in the (?P<where>service hall|hall|service windows)\b", r"\g<where> \g<what>"),
        # targets
        (r"\bwhat (?:level of |rate of |degree of )?(?P<what>[a-z][^?]*?) (?:is|are|was|were) (?:it |they )?(?:aimed (?:at|for)|targeted|aspired to|sought|striven for|to be (?:reached|achieved|attained))(?=\?|$| by | in )", r"\g<what> 目标值多少"),
        (r"\bwhat (?:level of |rate of |degree of )?(?P<what>[a-z][^?]*?) (?:does|do|did|is|are|must|should|will|has|have) (?P<who>[^?]+?) (?:aim(?:ing)? (?:for|at)|target(?:ing)?|striv(?:e|ing) for|hop(?:e|ing) for|(?:want |have |has |expect(?:ed)? )?(?:to )?(?:reach|achieve|attain))(?=\?|$)", r"\g<who> \g<what> 目标值多少"),
        (r"\bwithin how many (?P<unit>hours|minutes|days|working days) (?:must|should|will|shall|are|is|do|does|can|have|has) (?P<what>[^?]+?) (?:to )?(?:be |get )?(?:answered|handled|repaired|fixed|responded to|resolved|dealt with|attended to|remedied)(?=\?|$)", r"\g<what> 响应时间多少 \g<unit>"),
        # who does it
        (r"\b(?:who|which (?:body|unit|authority|institution|organisation|agency)) (?:is|are|was|were) (?:responsible for|in charge of|tasked with|charged with|entrusted with) (?:carrying out|implementing|executing|running|delivering|the (?:implementation|execution) of) (?P<what>[^?]+)", r"\g<what> 由谁实施"),
        (r"\b(?:which|what) (?:body|unit|authority|institution|organisation|agency) (?:carries out|implements|executes|is implementing|is carrying out|runs|delivers) (?P<what>[^?]+)", r"\g<what> 由谁实施"),
        (r"\b(?:for )?how many years (?:does|do|did|will|is|are) (?P<what>[^?]+?) (?:to )?(?:run|last|go on|continue|planned|scheduled)(?: for)?(?=\?|$)", r"\g<what> 的实施周期"),
        # a person's pay: the person first, as Chinese has it
        (rf"\b(?:what|how much|how high a) (?P<pay>salary|pay|wages?|income|bonus|compensation) (?:does|do|did|is|will) (?P<who>(?:the |its )?{_POST}s?)(?P<of> of [^?]+?)? (?:earn|get|receive|make|draw|paid)(?=\?|$| in | a )", r"\g<who> \g<pay>\g<of>"),
        (rf"\bhow much (?:does|do|did|is|will) (?P<who>(?:the |its )?{_POST}s?)(?P<of> of [^?]+?)? (?:earn|make|get paid|paid)(?=\?|$| in | a )", r"\g<who> salary\g<of>"),
        (rf"\b(?P<pay>salar(?:y|ies)|pay|wages?|income|bonus(?:es)?|compensation) (?:of|for) (?P<who>(?:the |its )?{_POST}s?)\b", r"\g<who> \g<pay>"),
    )
)  # fmt: skip


def in_plain_form(text: str) -> str:
    """A lower-case English question without its courtesies, asking as the further shapes of a question know it."""
    for pattern, into in _FORMS:
        text = pattern.sub(into, text)
    return text
