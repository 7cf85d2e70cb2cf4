"""When a body began and what it was before, as its sentences say ("成立于1958年", "前身是…"), and where and how to reach it
where a disclosure prints that."""

from __future__ import annotations

import re

from rag.desk import Desk, Draft
from rag.likeness import likeness
from rag.plan import Verdict
from rag.quoting import Found, quote_of, sentences_at_hand

_WHEN = re.compile(
    r"(?:追溯|溯源|起源|发源)(?:到|于|至)?(?:哪|什么时候|何时)|(?:哪一?年|什么时候|何时|几几年|多少年)[^,，。?？]{0,8}?(?P<did>成立|建(?!设)|创办|创建|设立|组建|办学|建校|建院|开办|挂牌|评|升|获|改|通过|启用|投用|竣工|完工|合并|更名|转)"
    r"|(?P<done>成立|创办|创建|设立|组建|建校|建院|挂牌|始建|建)(?:于|在|是)?(?:哪一?年|什么时候|何时)|(?:成立|建校|建院|建成|创办|办学)(?:了)?多少年|前身|(?:多少|几)年历史"
)
_BEGAN = re.compile(r"始建|成立|建于|创建|创办|组建|设立|建校|建院|前身|建成|开办|筹建|改制|开诊|溯源|追溯|起源于")
_YEAR = re.compile(r"(?:\d{4}|[一二三四五六七八九〇○零]{4})年")
_BEGIN = ("成立", "建", "创办", "创建", "设立", "组建", "办学", "建校", "建院", "开办", "始建")
_CALL = re.compile(
    r"(?:哪个|什么)(?:的)?电话|电话(?:号码)?(?:是|多少|$|[?？])|联系(?:电话|方式)|怎么联系|传真|邮箱|邮编"
)
_CALLED = re.compile(r"电话|联系|传真|邮箱|邮编|热线")
_PLACE = re.compile(r"地址(?:在|是|多少|$|[?？])|在哪条路|办公地点|(?:坐落|位于)[于在]?哪|在什么(?:地方|位置|路)")
_NUMBER = re.compile(r"(?:0\d{2,3}[-—–－ ]?)?\d{7,8}(?!\d)|1\d{10}|@")
_ADDRESS = re.compile(r"地址[:：]|(?:位于|坐落于?|地处)[\u4e00-\u9fff]{2,}|(?:路|街|大道|巷)\d+号")
_MOST = 2
_GRADE_ASKED = re.compile(r"(?:是|属于?|算)?(?:几级|什么级别|哪一?级|什么等级|级别是|几等)")
_GRADE = re.compile(r"[一二三]级[甲乙丙]?等?|[正副]?[部厅处科股]级(?!干部|以上|及以|领导)")
_SHORT_GRADE = {"三甲": "三级甲等", "三乙": "三级乙等", "二甲": "二级甲等", "二乙": "二级乙等", "一甲": "一级甲等"}
"""Hospitals' grades as people say them."""


def began(desk: Desk) -> Draft | None:
    """The sentence with the year in which the open unit, or something of it, began or was raised; None where that is not
    asked, or no sentence says so."""
    asked = _WHEN.search(desk.plan.text)
    if asked is None and _GRADE_ASKED.search(desk.plan.text) and desk.plan.documents and not desk.plan.accounts:
        graded = [s for s in sentences_at_hand(desk, desk.plan.documents[0]) if _GRADE.search(s.text)]
        return _quoted(desk, graded[:_MOST])
    if asked is None or not desk.plan.documents or (desk.plan.accounts and not all(a.weak for a in desk.plan.accounts)):
        return None
    found = [s for s in sentences_at_hand(desk, desk.plan.documents[0]) if "名词" not in s.section]
    did = asked["did"] or asked["done"] or ""
    if "前身" in asked.group() or did in _BEGIN or not did:
        said = [s for s in found if _BEGAN.search(s.text) and (_YEAR.search(s.text) or "前身" in s.text)]
        if "前身" in asked.group():
            said = [s for s in said if "前身" in s.text] or said
    else:
        grade = next((full for short, full in _SHORT_GRADE.items() if short in desk.plan.text), "")
        said = [s for s in found if (grade or did) in s.text and _YEAR.search(s.text)]
        said = said if grade else _nearest(desk, said)
    return _quoted(desk, said[:_MOST])


def _nearest(desk: Desk, found: list[Found]) -> list[Found]:
    """Those that speak of what the question says beside the verb."""
    asked = likeness(desk.plan, [item.text for item in found]) if found else None
    if asked is None:
        return found
    return [item for item in found if asked.share(item.text) > 0]


def reached(desk: Desk) -> Draft | None:
    """The telephone number or the address that the open document prints, where that is asked for; None where it prints none."""
    if not desk.plan.documents:
        return None
    found = sentences_at_hand(desk, desk.plan.documents[0])
    if _CALL.search(desk.plan.text):
        return _quoted(desk, [s for s in found if _CALLED.search(s.text) and _NUMBER.search(s.text)][:_MOST])
    if _PLACE.search(desk.plan.text):
        return _quoted(desk, [s for s in found if _ADDRESS.search(s.text)][:_MOST])
    return None


def _quoted(desk: Desk, found: list[Found]) -> Draft | None:
    return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, item) for item in found)) if found else None
