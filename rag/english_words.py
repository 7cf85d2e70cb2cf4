"""Words of an English question: one spelling of two, the small words that ask nothing, and the forms of one word."""

from __future__ import annotations

import re

_SMALL_WORDS = """
the a an of for in on at to by from with its it is are was were be been being do does did has have had this that these
those their there s any some exactly actually given please me us tell show give say says said stated state according
document documents disclosure published figure figures item items number amount amounts money yuan rmb planned plan
plans so very only just also as or if whole entire overall such into during under out up will would could should can
may might currently present back exist exists existing disclosed discloses listed through because between towards
toward here now ever even kind sort way remain remained i we you your my our he she they them let know like want
wanted need wonder wondering must shall ought fund funds funding sum sums come comes came coming mean meant hold held
set sets put puts altogether expressed express serve serves served within among amongst about around roughly
approximately precisely really simply again too then thus well made make makes go goes going gone contribute
contributes contributed contributing costing charge charged financed financing cover covers covered covering require
requires required needs use uses using spend spends pay pays paying paid provide provides amounting totalling totalled
reach reaches reached reaching stand stands stood lie lies report reported reports mention mentioned mentions write
written print printed note noted indicate indicated indicates appear appears find found see seen look looked looks
recorded specify specified specifies detail detailed describe described quote quoted involve involved involves concern
concerned relate related square metre metres scale together separately respectively individually combined annually
yearly specific specifically main mainly chiefly largely primarily principally particular particularly certain various
full complete completely fully entirely something anything everything someone anyone ones either many much few several
lot lots plenty bit little huge sizeable tiny modest already yet still once twice always usually normally typically
initially finally current ongoing similar else whatsoever nevertheless however therefore hence though although while
onto upon via despite regarding concerning including apart along across called named accounted accordingly case
question answer answers information facts planning budgeting foreseen expected projected provided due expense expenses outgoings sharp sharply steep steeply slight slightly marked markedly strong strongly supposed
intended intends intend aim aims aimed aside itself themselves himself herself oneself
"""
SMALL = frozenset(_SMALL_WORDS.split())
"""Words that say nothing about what is asked for and are left out; a gap stays where they stood."""

_EVERYDAY_WORDS = """
one two three four five six seven eight nine ten level size volume year years month months same individual
single other others another not every more less local authority authorities official officials body bodies
large big small both use used record details term terms balance balances authorised approved allowed permitted
possess possesses possessed occur occurred incur incurred arise arising run runs total totals
occupy occupies occupied occupying comprise comprises comprised comprising contain contains contained containing
constitute constitutes constituted represent represents represented encompass encompasses encompassed span spans allot
allots allotted allotting assign assigns assigned assigning devote devotes devoted disburse disburses disbursed
disbursing consume consumes consumed absorb absorbs absorbed earmark earmarks budgets estimate estimates estimated
calculate calculates calculated compute computed computes forecast forecasts anticipate anticipated propose proposed
proposes proposing predict predicted request requested requests requesting seek seeking sought gain gains gained earn
earns earned earning bring brings brought bringing boast boasts feature features featured owned owning belong belongs
belonging undertake undertakes undertook undertaken conduct conducts conducted conducting perform performs performed
performing execute executes implement implemented accomplish accomplished achieve achieves achieved achieving attain
attained fulfil fulfils fulfilled fulfill fulfills stay stays stayed differ differs differed vary varies varied deviate
deviates deviated shift shifts shifted happen happens happened happening affect affects affected lead leads led result
results resulted resulting depend depends explains explained explaining evaluate evaluates evaluated evaluating assess
assesses assessed assessing appraise appraised review reviews reviewed check checks checked verify verified confirm
confirms confirmed correspond corresponds corresponding coincide tally tallies matches matched matching agrees agreed
reconcile reconciles compares compared comparing contrast summarise summarised outline outlines outlined introduce
introduces introduced presented presents identify identifies identified defines defined classify classified categorise
categorised label labelled records count counts counted counting measure measures measured help helps helped helping
allow allows enable enables ensure ensures aware understand understood clarify clarifies clarified explore interest
interested appreciate grateful thank thanks sorry hello dear kindly curious quickly briefly maybe perhaps possibly
likely apparently supposedly reportedly basically generally broadly precise handle handles headquarters contribution contributions payment payments
disbursement disbursements allotment allotments provision provisions charges estimation portion portions slice chunk
fraction proportionally bulk majority gap gaps margin margins differences comparisons narrative narratives text texts
table tables paragraph paragraphs chapter chapters appendix annex footnote column columns row rows heading headings
entry entries chart charts overview summary statement statements evaluation evaluations assessment assessments
appraisal self magnitude extent degree value values rates purposes background context title meaning concept period
periods date dates day days time times moment deadline occasion occasions aspect aspects respect sense instance example
examples category categories component components part parts piece pieces element elements subject subjects matter
matters thing things kinds types type sorts range situation condition status institution institutions agency entity
entities establishment journalist article story typical accurate correct latest recent respective relevant appropriate
real true gross aggregate cumulative accumulated accumulative exact separate jointly comparable equal equally
equivalent identical upper annual regular usual significant substantial considerable notable dramatic dramatically
significantly considerably substantially notably remarkably visible enough sufficient possible potential available
necessary worthwhile rapid rapidly slow slowly january february april june july august september october november december
work working worked job business governmental fiscal financial budgetary national routine ordinary formal initial original
opening closing beginning start started starting calendar accounting resource resources expect expects expecting expectation
cited cites shown displayed declared announced adopted derived drawn borne met scheduled assumed appropriated reserved
committed directed channelled poured arranged progress purely strictly solely formally officially publicly legally explicitly
partly wholly left line lines code codes versus relative relation
key major minor plain simple brief track version points headline bottom associated connected linked tied realised utilised
utilisation fast faster quick handled handling processed completed purchasing
"""
EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
"""Words that stay in the question, as part of a name or a shape, but that alone narrow nothing."""

_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|ing|ation|ations|er|ers)\b)"), "is"),
    (re.compile(r"\b(lab|behavi|hon|neighb|fav|harb|col)or(?=(?:s|ed|ing|hood|hoods|ly)?\b)"), r"\1our"),
    (re.compile(r"\b(cent|theat|met|lit)er(?=s?\b)"), r"\1re"),
    (re.compile(r"\bprogram(?=s?\b)"), "programme"),
    (re.compile(r"\b(def|off)ense\b"), r"\1ence"),
    (re.compile(r"\b(travel|label|cancel|model|fuel|enrol)(ed|ing|er|ers)\b"), r"\1l\2"),
)
"""American spellings and the British ones they are read as."""
_STOP = re.compile(r"(?<=[a-z0-9)\u4e00-\u9fff])\.(?=\s|$)")
_ABBREVIATED = re.compile(
    r"\b(?:no|st|vs|etc|approx|dept|govt|u\.s|e\.g|i\.e|" + "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$"
)
_SHORTEST = 5
"""Letters from which on a word is looked up by its other forms ("trips" is, "goes" is not)."""


def spelt(text: str) -> str:
    """A lower-case English text in British spelling.

    >>> spelt("the organization's labor center"), spelt("a size of travelers")
    ("the organisation's labour centre", 'a size of travellers')
    """
    for pattern, into in _BRITISH:
        text = pattern.sub(into, text)
    return text


def without_stops(text: str) -> str:
    """The text with full stops set apart from the words before them; those of abbreviations stay ("no. 3").

    >>> without_stops("the budget of the centre. no. 3 was 1.5.")
    'the budget of the centre . no. 3 was 1.5 .'
    """
    return _STOP.sub(lambda found: "." if _ABBREVIATED.search(text, 0, found.start()) else " .", text)


def forms(word: str) -> list[str]:
    """Other forms of an English word to look it up by: singular, plural, and the verb behind "-ing" and "-ed".

    >>> forms("subsidy"), forms("travelling"), forms("fee")
    (['subsidys', 'subsidies'], ['travellings', 'travell', 'travelle', 'travel'], [])
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    found = [word + "s"]
    if word.endswith("y"):
        found.append(word[:-1] + "ies")
    elif word.endswith("ies"):
        found.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith("ss"):
        found = [word[:-1], *([word[:-2]] if word.endswith(("ses", "ches", "shes", "xes")) else [])]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            found += [stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return found
