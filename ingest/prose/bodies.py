"""An amount shared out among the bodies that an issuer accounts for (总收入9万元,其中:院本级6万元,某铁路检察院3万元)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.money import Mention, mentions

_BODY = (
    r"(?![^,;。:、\d]*(?:收入|支出|经费|资金|拨款|补助|[^局]费))[一-鿿()]{1,18}"
    r"(?:本级|机关|法院|检察院|医院|学院|分院|研究院|卫生院|局|委|办|所|队|站|厅|馆|校|园|中心|小学|中学|街道|镇|乡|支队|大队|基地)"
)
_SHARES = re.compile(
    rf"[,(;。]?其中[:,]?(?P<list>(?:{_BODY})(?:为|:)?\d[\d,]*(?:\.\d+)?[万亿]?元(?:[,、;和](?:{_BODY})(?:为|:)?\d[\d,]*(?:\.\d+)?[万亿]?元)+)(?=[。;)]|$)"
)
_NAME = re.compile(rf"(?P<name>{_BODY})(?:为|:)?$")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What one body has of an amount; `mention` stands in the same text as the amount."""

    body: str
    mention: Mention


def shares_behind(text: str, total: Mention) -> Sequence[Share]:
    """The shares of bodies told right behind an amount, () where none are or where they do not make it up exactly.

    >>> text = "总收入9万元,其中:院本级6万元,江北铁路法院3万元。"
    >>> [(share.body, str(share.mention.value)) for share in shares_behind(text, mentions(text)[0])]
    [('院本级', '6'), ('江北铁路法院', '3')]
    >>> shares_behind("总收入9万元,其中:院本级6万元,江北铁路法院2万元。", mentions("总收入9万元")[0])
    ()
    """
    found = _SHARES.match(text, total.end)
    if found is None:
        return ()
    shares = []
    last = found.start("list")
    for mention in mentions(text):
        if not found.start("list") <= mention.start < found.end("list"):
            continue
        name = _NAME.search(text[last : mention.start].lstrip(",、;和"))
        if name is None or mention.unit != total.unit:
            return ()
        shares.append(Share(name["name"], mention))
        last = mention.end
    told = len({share.body for share in shares}) == len(shares) >= _FEWEST
    return tuple(shares) if told and sum(share.mention.value for share in shares) == total.value else ()
