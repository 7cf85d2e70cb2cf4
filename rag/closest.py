"""The sentence that says most of what a question asks, where no figure, list or heading answers it.

What a sentence says of the question is weighed by `rag.likeness`. Only questions for words (who, what, which,
whether) are answered so: a number is never taken from a sentence that was found by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figure import Scheme
from corpus.vocabulary import fold
from rag.causes import only_a_cause
from rag.desk import Desk, Draft
from rag.likeness import likeness
from rag.plan import Operation, Verdict
from rag.quoting import Found, long_cells, quotes_of, sentences_at_hand
from rag.residue import asking_aside

_NEED = 0.33
"""The share of the question's weight that a sentence must say. Measured on questions of both kinds: those that the
documents answer reach it, those that they do not stay below 0.1."""
_CLEAR = 0.6
"""The share that a sentence given as a reason must say."""
_NEAR = 0.85
"""A second sentence is shown when it says this share of what the best one does."""
_KIND = re.compile(
    r"哪(?:一|几|些)?(?:个|家|位|条|份|类|所)?[^,，。?？的]{0,4}?(?P<kind>科目|科室?|处室?|公司|事务所|供应商|银行|企业|机构|学院|单位|文件|法|条例|街道|部门|局)"
)
"""What is asked for by its kind must stand in the sentence ("哪个科")."""
_WHO_DOES = re.compile(r"谁(?:来)?(?:负责|管|牵头|承担|组织|办)|归谁|由谁|谁的(?:活|职责|事)")
_OFFICE = re.compile(r"[科处室股部][。:：]?$")
"""The heading of a paragraph that names one of a unit's offices ("（九）对口支援科。")."""
_CAUSE = re.compile(r"因|由于|为了|鉴于|根据|按照")
_COMPANIES_ASKED = re.compile(
    r"哪(?:一|几|些)?(?:家|个)?(?:公司|企业|供应商|承包商|事务所|施工单位|承建单位|社会组织|银行|厂家)|(?:施工|承建|建设|设计|监理|中标)(?:单位|方|公司|商)(?:是|为|叫)?哪(?:一)?家|(?:请|找|选|机构)的?是?哪(?:一|几)?家[?？]?$"
)
_COMPANY = r"[\u4e00-\u9fff]{2,}(?:公司|集团|事务所|银行|协会)"
_SAID = {
    "科目": r"[(（][类款项][)）]|支出",
    **dict.fromkeys(("公司", "企业", "供应商", "事务所", "机构"), _COMPANY),
}
"""How a sentence says a kind that it does not name."""
_BODY_ASKED = re.compile(r"哪(?:一|几|些)?个?(?P<kind>部门|单位)")
_BODY = r"部门|单位|[\u4e00-\u9fff](?:[部局委厅办院署会处]|中心|政府)"
"""What names a body of no further kind ("归口哪个部门管": 宣传部); a 施工单位 has to be called one."""
_ASKS_WORDS = re.compile(
    r"为什么|为何|原因|([归管会能做是该要])不\1|包不包[括含]|含不含|算不算|多久|多长时间|何时|什么|啥|哪|谁|怎么|如何|怎样|是否|是不是|有没有|吗|何|么[?？]?$|which|who|what|where|how"
)
_ASKS_NUMBER = re.compile(
    r"多少(?!个?[科处室])|(?<!哪)几(?!个?[科处室])[^乎]|多大|多长(?!时间)|多高|百分之|how (?:much|many)"
)


def asks_kind(text: str) -> bool:
    """Whether something is asked for by its kind ("哪家公司"), which a sentence has to name."""
    return _KIND.search(text) is not None


def asks_companies(text: str) -> bool:
    """Whether the names of companies are asked for ("付给了哪几家公司", "中介机构请的是哪几家")."""
    return _COMPANIES_ASKED.search(text) is not None


def does_what(text: str) -> bool:
    """Whether a text asks who does something."""
    return _WHO_DOES.search(text) is not None


def _runs(text: str) -> list[str]:
    """All that a question says in Chinese but the asking itself, for one that is made of everyday words alone."""
    plain = re.sub(r"为什么|为何|为啥|怎么会?|没有|没|原因", " ", asking_aside(text))
    return [run for run in re.findall(r"[\u4e00-\u9fff]{2,}", plain) if len(run) >= 2]


def _project_meant(desk: Desk, found: Sequence[Found]) -> str:
    """The project with a sheet of its own that the question, or the one before it, names ("标准化项目是哪家公司中标的"), folded; ""
    for none or several."""
    named = [fold(asked.name) for asked in desk.plan.accounts if asked.targets[0].scheme is Scheme.PROJECT]
    words = named or [word for word in desk.plan.rest if len(word) >= _WORD]
    sheets = {fold(item.section) for item in found if item.cell}
    meant = {name for name in sheets if any(word in name or name in word for word in words)}
    if not meant:  # "标准化试点" for 政务服务标准化
        said = {word[at : at + _WORD] for word in words for at in range(len(word) - _WORD + 1)}
        meant = {name for name in sheets if any(run in name for run in said)}
    if not meant and desk.plan.before:
        runs = {name: [name[at : at + _WORD] for at in range(len(name) - _WORD + 1)] for name in sheets}
        meant = {name for name in sheets if any(run in desk.plan.before for run in runs[name])}
    return next(iter(meant)) if len(meant) == 1 else ""


def _company_of(found: Sequence[Found]) -> Found | None:
    """The sentence of a project's sheet that names a company with a contract, the one on the award first."""
    own = [item for item in found if item.cell and re.search(_COMPANY, item.text) and _CONTRACTED.search(item.text)]
    own.sort(key=lambda item: re.search("中标|成交|招标", item.text) is None)
    return own[0] if own else None


_CONTRACTED = re.compile(r"招标|中标|成交|采购方式|签订|承建|施工|提供")
_WORD = 3


def _is_title(item: Found) -> bool:
    """Whether a line only says what paper it stands in ("关于2018年度部门决算公开的说明"): it answers nothing."""
    words = re.sub(r"[\W_]", "", fold(item.text))
    return not item.cell and words in re.sub(r"[\W_]", "", fold(item.document))


def closest(desk: Desk) -> Draft | None:
    """The best sentence as a quote, None where none says enough or a number is asked for."""
    plan = desk.plan
    if not plan.documents or _ASKS_NUMBER.search(plan.text) or not _ASKS_WORDS.search(f"{plan.text}{plan.before}"):
        return None
    name = plan.documents[0]
    found = [item for item in (*sentences_at_hand(desk, name), *long_cells(desk, name)) if "名词" not in item.section]
    found = [item for item in found if not _is_title(item)]
    project = _project_meant(desk, found)
    if project:  # what other projects' sheets say is none of its matter
        found = [item for item in found if not item.cell or fold(item.section) == project]
    if project and asks_companies(plan.text) and (named := _company_of(found)) is not None:
        return Draft(Verdict.ANSWERED, quotes_of(desk, named))
    kind = _KIND.search(f"{plan.text}{plan.before}")
    texts = [fold(item.text) for item in found]
    lacking = plan.operation is Operation.REASON and re.search(r"没有?|未(?=公开|编|安排)|不(?=公开|编)", plan.text)
    bare = (
        kind is not None or bool(lacking) or _WHO_DOES.search(plan.text) is not None
    )  # made of an account's name and everyday words alone
    asked = likeness(plan, texts) or (likeness(plan, texts, _runs(plan.text)) if bare else None)
    if asked is None:
        return None
    if kind is None and _WHO_DOES.search(f"{plan.text}{plan.before}"):
        of_offices = [replace(item, text=item.head + item.text) for item in found if _OFFICE.search(item.head)]
        said = [item for item in of_offices if asked.share(fold(item.text)) >= _NEED]
        found = said or found
    if kind is None and asks_companies(plan.text):
        found = [item for item in found if re.search(_COMPANY, item.text)]
    if kind is not None:
        wanted = _SAID.get(kind["kind"], kind["kind"].removesuffix("室"))
        wanted = _BODY if _BODY_ASKED.fullmatch(kind.group()) else wanted
        headed = [replace(item, text=item.head + item.text) if re.search(wanted, item.head) else item for item in found]
        found = [item for item in headed if re.search(wanted, item.text)]
    if plan.operation is Operation.REASON:
        names = {fold(word) for one in plan.accounts if not one.weak for word in (one.name, one.said) if word}
        found = [item for item in found if _CAUSE.search(item.text) and not only_a_cause(fold(item.text), names)]
    scored = [
        (asked.share(fold(f"{item.section}。{item.text}" if item.cell else item.text)), -order, item)
        for order, item in enumerate(found)
    ]
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    if not scored or scored[0][0] < (_CLEAR if plan.operation is Operation.REASON else _NEED):
        return None
    shown = [item for score, _, item in scored[:2] if score >= _NEAR * scored[0][0]]
    return Draft(Verdict.ANSWERED, "\n".join(quotes_of(desk, item) for item in shown))
