"""Chinese text as search tokens without a dictionary: single characters and pairs of neighbours, words and numbers.

>>> ngrams("公务接待费3.00万元")
['公', '务', '接', '待', '费', '公务', '务接', '接待', '待费', '3.00', '万', '元', '万元']
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"(?P<han>[\u3400-\u9fff\uf900-\ufaff〇々]+)|(?P<word>\d+(?:,\d{3})*(?:\.\d+)*|[^\W\d_]+)")


def ngrams(text: str) -> list[str]:
    """Tokens of `text`, in order of its runs: of Chinese, every character, then every pair; else the word or number.

    Thousands separators are dropped and case is folded, so that "4,218.27" and "4218.27" are one token.
    """
    found: list[str] = []
    for match in _RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        run = match.group()
        if match.lastgroup == "han":
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run.replace(",", ""))
    return found
