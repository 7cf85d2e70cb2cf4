"""What a unit is: paid for in full or in part (全额、差额拨款), of which rank or grade, sent out by whom.

Introductions say so in a few fixed turns of phrase; the sentence that has one answers, nothing else does.
"""

from __future__ import annotations

import re

from corpus.vocabulary import fold
from rag.desk import Desk, Draft
from rag.plan import Operation, Verdict
from rag.quoting import quote_of, sentences_at_hand

_KINDS = (
    (
        re.compile(r"全额|差额|自收自支|经费(?:性质|形式|管理方式|供给|保障方式)"),
        re.compile(r"(?:全额|差额|自收自支)[^,，。;；\d]{0,14}?(?:单位|拨款|事业)|经费(?:管理方式|形式|性质|来源)(?:为|是|[:：])"),
    ),
    (
        re.compile(r"(?:医院|学校|单位|中心|院).{0,4}(?:是|属于?)?(?:几级|什么(?:等级|级别)|哪(?:个|一)?级)|(?:几级|什么等级|哪一?级)(?:医院|的)"),
        re.compile(r"[一二三]级(?:甲|乙|丙)?等?[^,，。;；]{0,8}(?:医院|卫生院|机构)|(?<![一-鿿])?[正副](?:科|处|厅|股)级"),
    ),
    (re.compile(r"(?:谁|哪[^,，。]{0,4})的?派[出驻](?:机构|机关)?|派出机[构关]"), re.compile(r"派出(?:机构|机关|的)")),
)  # fmt: skip
_NUMBER = re.compile(r"多少(?!级)|几(?:个|家|名|人|元|万|所)|怎么办|为什么")
_MOST = 2


def nature_of(desk: Desk) -> Draft | None:
    """The sentences of the first document that say what the unit is in the respect asked about; None where that is not asked,
    or none says it."""
    plan = desk.plan
    asked = next((says for asks, says in _KINDS if asks.search(plan.text)), None)
    if asked is None or plan.operation not in (Operation.PROSE, Operation.LOOK_UP) or not plan.documents:
        return None
    if _NUMBER.search(plan.text) or any(not account.weak and "编制" in account.name for account in plan.accounts):
        return None
    document = plan.documents[0]
    found = [
        item for item in sentences_at_hand(desk, document)
        if asked.search(item.text) and "名词" not in item.section and not item.cell
    ]  # fmt: skip
    issuer = fold(desk.issuer(document))
    own = [item for item in found if issuer[-4:] in fold(item.text)] or found
    distinct = list({item.text: item for item in own}.values())
    return Draft(Verdict.ANSWERED, "\n".join(quote_of(desk, item) for item in distinct[:_MOST])) if distinct else None
