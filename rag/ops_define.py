"""What a term means: in our own words, and as the document itself explains it."""

from __future__ import annotations

import re

from corpus.vocabulary import fold, vocabulary
from rag.desk import Desk, Draft
from rag.explained import covered_by_name
from rag.plan import Verdict
from rag.quoting import paragraph_found, quote_of, sentences_at_hand
from rag.refuse import missing


def define(desk: Desk) -> Draft:
    """What a term means: in our own words, and where the open document or the unit's own explains it."""
    said = next((asked for asked in desk.plan.accounts if not asked.weak), None)
    names = [said.funding or said.name, f"{said.funding}预算", said.name] if said else []
    other = said is not None and (vocabulary().define(said.name) is None or fold(said.name) not in desk.plan.text)
    exact = (own_definition(desk, said.said) or own_definition(desk, said.name)) if said and other else ""
    if exact:
        return Draft(Verdict.ANSWERED, exact)
    if said is None and (own := next((own for word in _words(desk) if (own := own_definition(desk, word))), "")):
        return Draft(Verdict.ANSWERED, own)
    beside = desk.plan.text.replace(fold(said.said), "") if said and other else desk.plan.text
    names += [term for term in sorted(vocabulary().glossary, key=len, reverse=True) if fold(term) in beside]
    for name in names:
        text = vocabulary().define(name)
        if text is None:
            continue
        own = own_definition(desk, name)
        if not own and said is not None and desk.plan.documents:
            own = covered_by_name(desk, said)  # not every document has a glossary
        if desk.speech.english:
            english = vocabulary().glossary_en.get(name)
            meaning = f"{name}: {english}." if english else f"{name}：{text}"
            return Draft(Verdict.ANSWERED, meaning + (f"\nThe document says: {own}" if own else ""))
        return Draft(Verdict.ANSWERED, f"**{name}**：{text}" + (f"\n文件的解释：{own}" if own else ""))
    if said is not None:
        own = own_definition(desk, said.name)
        if own:
            return Draft(Verdict.ANSWERED, own)
    return (
        missing(desk)
        if desk.plan.documents
        else Draft(
            Verdict.NOT_DISCLOSED,
            desk.speech.pick(
                "名词表和文件里都没有这个词的解释。", "Neither the glossary nor the documents explain this term."
            ),
        )
    )


def _words(desk: Desk) -> list[str]:
    """What the question puts in quotes, then what it says besides accounts, in the words of the reader."""
    quoted = re.findall(r"[“\"「『]([^”\"」』]{2,20})[”\"」』]", desk.plan.question)
    return list(dict.fromkeys([*quoted, *desk.plan.rest]))


_MADE_UP_OF = re.compile(r"(?:包括|包含|分(?:为|成)?|由)(?:哪|什么)|包括(?:了)?(?:什么|啥)|指(?:什么|啥|哪)")


def consisting_of(desk: Desk) -> Draft | None:
    """What the document says an account consists of that it gives no figure for; None where that is not asked or not said."""
    if len(desk.plan.accounts) != 1 or _MADE_UP_OF.search(desk.plan.text) is None:
        return None
    says = own_definition(desk, desk.plan.accounts[0].said)
    return Draft(Verdict.ANSWERED, says) if says else None


def own_definition(desk: Desk, name: str) -> str:
    """How the first document's glossary explains a term, or another one's of its unit, as a quote; "" for none."""
    wanted = fold(name)
    for document in desk.own_documents():
        for section in desk.shelf.sections(document):
            if "名词" not in "".join(section.path):
                continue
            for paragraph in section.paragraphs:
                head = fold(paragraph.text[: len(name) + 14])
                if wanted in head and re.search(r"[:：]|指|反映", paragraph.text[: len(name) + 24]):
                    return quote_of(desk, paragraph_found(document, section, paragraph))
    return _in_passing(desk, name)


def _in_passing(desk: Desk, name: str) -> str:
    """The sentence of the first document that says what a term is outside any glossary (注:公务接待费是按规定开支的…), as a quote; ""
    for none. One that gives an amount says nothing of what it is."""
    for document in desk.plan.documents[:1]:
        says = re.compile(
            rf"(?:^|[^一-鿿]){re.escape(fold(name))}[”\"]?(?:是指|系指|指的是|,?指(?!标|数|导)|包括(?:[两三四五]|以下)?|是(?!否|按|由|以|在|我|本|比|各)(?=[^\d。]{{8,}}))"
        )
        items = sentences_at_hand(desk, document)
        for at, item in enumerate(items):
            text = fold(item.text)
            if item.cell or (found := says.search(text)) is None or _STATES.match(text, found.end()):
                continue
            goes_on = items[at + 1 : at + 1 + _PARTS] if len(text) - found.end() < _SHORT else ()
            return "\n".join(quote_of(desk, each) for each in (item, *goes_on))
    return ""


_SHORT, _PARTS = 8, 4
"""So short a sentence only says that there are parts (行政经费包括两部分。); as many as these after it tell them."""
_STATES = re.compile(r"[^,，。;；]{0,24}\d[\d,.]*(?:万|亿)?元")
