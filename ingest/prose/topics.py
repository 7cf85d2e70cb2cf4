"""Which account a phrase of prose names: code, 类/款/项 path, statutory item, source, total, part of expenditure.

Names come from the chart of accounts and from the document's own tables; a phrase is matched by its longest ending
that is a known name, so that the issuer's name and other words before it do no harm. What is not known is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.accounts import STATEMENTS, chart, clean_name
from corpus.disclosure import Basis, Cell, Disclosure, Table
from corpus.figure import Scheme
from corpus.money import MONEY_UNITS, Agreement, Amount, compare, read_cell
from ingest.prose.grammar import basis_of
from ingest.tables.headers import Matrix


@dataclass(frozen=True, slots=True)
class Topic:
    """What an amount is about: the parts of `Figure.fact` that say which account, flow, funding and component."""

    scheme: Scheme
    account: str
    name: str = field(compare=False)
    code: str = ""
    path: tuple[str, ...] = field(default=(), compare=False)
    flow: str = ""
    funding: str = "全部"
    component: str = "合计"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the headings say of everything under them; "" or None where they say nothing."""

    scheme: Scheme | None = None
    funding: str = ""
    flow: str = ""
    component: str = ""
    project: str = ""
    skipped: bool = False
    """Definitions, duties, plans of work: no figures are read from them."""
    duties: bool = False
    """Skipped as duties: posts, staff and offices are counted there all the same, where they are introduced."""


_SHORTEST_NAME = 5
"""Characters from which on a unit's name without its region is known in running text."""
_FUNDS = (
    ("非财政拨款", r"非财政拨款"),
    ("政府性基金", r"政府性基金|(?<![险保])基金预算(?=收入|支出)"),
    ("国有资本经营预算", r"国有资本经营"),
    ("社会保险基金", r"社会保险基金"),
    ("一般公共预算", r"一般公共预算|公共财政预算|一般公共财政"),
    ("财政专户", r"财政专户"),
    ("单位资金", r"单位(?:自有|自筹)?资金|自有资金"),
    ("财政拨款", r"财政拨款|财政资金"),
)


def funding_in(text: str) -> str:
    """The funding that a phrase names, most specific first, "" where it names none."""
    return next((fund for fund, pattern in _FUNDS if re.search(pattern, text)), "")


_DUTIES = re.compile(r"主要职(?:能|责)|^职责|职(?:能|责)$")
_SKIPPED = re.compile(
    r"名词解释|名词说明|专业(?:性)?名词|术语|工作任务|重点工作|工作目标|^目录|立项依据|实施方案|项目概[述况]|绩效目标和指标|年度绩效目标$"
)
_SCHEMES = (
    (Scheme.STAFF, r"机构设置|人员(?:构成|情况|编制)|编制情况|单位构成|基本情况|机构情况|概况|预算单位"),
    (
        Scheme.PROJECT,
        r"项目(?:经费|预算)?(?:情况|安排)(?:的)?说明|(?:部分|重点|主要)项目|项目情况|专项.{0,12}经费|年度预算安排",
    ),
    (Scheme.THREE_PUBLIC, r"三公|因公出国|公务接待|公务用车购置"),
    (Scheme.OPERATING, r"运行(?:维护)?(?:经费|费)(?!.*车)"),
    (Scheme.PROCUREMENT, r"政府采购"),
    (Scheme.ASSET, r"国有资产|资产(?:占用|占有|使用|配置)|车辆|房屋"),
    (Scheme.PERFORMANCE, r"绩效"),
    (Scheme.ENTRUSTED, r"委托业务费"),
    (Scheme.TRANSFER, r"转移支付"),
)
_PROJECT_PARTS = re.compile(
    r"项目概[述况]|立项依据|实施主体|实施方案|实施(?:周期|计划)|年度预算|预算安排|绩效目标|资金来源"
)


_AND_THREE_PUBLIC = re.compile(r"(?P<whole>(?:预算|决算)(?:信息)?(?:公开)?)(?:以?及|和|与|、|暨)三公经费(?:预算|决算)?")
"""The title of a whole paper (部门决算及“三公”经费公开情况说明): what stands under it is not all about the three expenses."""


def scope_of(path: Sequence[str]) -> Scope:
    """What a section's heading path says; nearer headings override the ones above them."""
    scope = Scope()
    for title in path:
        bare = _AND_THREE_PUBLIC.sub(r"\g<whole>", clean_name(title))
        scheme = next((scheme for scheme, pattern in _SCHEMES if re.search(pattern, bare)), None)
        flows = [flow for flow in ("收入", "支出") if flow in bare]
        scope = Scope(
            scheme=scheme or (None if flows and scope.scheme is Scheme.STAFF else scope.scheme),
            funding=funding_in(bare) or scope.funding,
            flow=flows[0] if len(flows) == 1 else ("" if flows or "收支" in bare else scope.flow),
            component=next((c for c in ("基本支出", "项目支出") if c in bare), scope.component),
            project=_project_named(bare, inside=scope.scheme is Scheme.PROJECT) or scope.project,
            skipped=bool(_SKIPPED.search(bare) or _DUTIES.search(bare)) or scope.skipped,
            duties=not _SKIPPED.search(bare) and (bool(_DUTIES.search(bare)) or scope.duties),
        )
    if scope.scheme is Scheme.STAFF and re.search(r"机构|单位|人员|编制|情况", clean_name(path[-1])):
        last = clean_name(path[-1])
        plain, duties = not _SKIPPED.search(last), bool(_DUTIES.search(last))
        return replace(scope, skipped=duties or not plain, duties=duties and plain)
    return scope


_ANOTHER = re.compile(r"附件|附录|报告|评价|自评|绩效|执行情况")


def dated_by(path: Sequence[str], disclosure: Disclosure) -> tuple[int, Basis]:
    """The year and basis of what a chapter states: the disclosure's own, unless it is plainly about another year.

    Reports of the year before and plans of the next are appended to final accounts. A year in any other heading may be
    left over from last year's text, and says nothing.
    """
    year, basis = disclosure.year, disclosure.basis
    for title in path:
        years = {int(found) for found in re.findall(r"20\d\d(?=年)", title)}
        named = basis_of(re.sub(r"(?:部门|单位)(?=预算)", "", title))
        another = _ANOTHER.search(title) or named not in (None, disclosure.basis)
        if len(years) == 1 and disclosure.year not in years and another:
            year, basis = years.pop(), named or basis
    return year, basis


def _project_named(title: str, *, inside: bool) -> str:
    """The project that a heading names: "商业创新专项经费情况说明" → 商业创新专项; "" for headings that name none.

    `inside` a chapter about projects the bare name will do ("(一)信息化项目").
    """
    if _PROJECT_PARTS.search(title) or re.match(
        r"(?:部分|重点|主要|其他)?(?:项目|专项(?:资金|经费|支出)?(?:情况|说明|安排))", title
    ):
        return ""
    if inside and re.fullmatch(r"[^，。]{2,38}项目", title):
        return title.removesuffix("项目")
    found = re.fullmatch(r"(?P<name>.{2,40}?)(?:项目)?(?:经费|支出|资金)?(?:预算)?(?:安排)?(?:情况)(?:说明)?", title)
    if found and re.search(r"项目|专项|经费", title) and not re.search(r"运行经费|三公|项目支出|绩效|采购|委托", title):
        return re.sub(r"（(?:政策资金|[^（）]{0,8})）$", "", found["name"])
    return ""


def _body_rows(table: Table) -> list[list[Cell]]:
    """The cells with text that begin in each body row, from left to right."""
    matrix = Matrix(table.n_rows, table.n_columns, table.cells)
    rows = (matrix.own(row) for row in range(table.header_rows, table.n_rows))
    return [[cell for cell in row if cell.text.strip()] for row in rows]


def _without_region(name: str) -> list[str]:
    """A unit's name without one region after another (楚雄州南华县科学技术局: 南华县科学技术局, 科学技术局), as its own text
    shortens it (with the last region's own character, too: 区交通运输局)."""
    cuts = [at for at, char in enumerate(name, 1) if char in "省市州县区旗盟"]
    return [name[start:] for at in cuts if len(name) - at >= _SHORTEST_NAME for start in (at - 1, at)]


_SELF = re.compile(r"(?:关于)?(?P<name>[一-鿿]{3,14}?)(?=20\d\d年|概况$)")


def _called(titles: Iterable[str], issuer: str) -> set[str]:
    """Short names that the document's headings give its issuer (苏城三小 for 云州市苏城镇第三小学): made of its signs in order."""
    found = set()
    for title in titles:
        for match in _SELF.finditer(
            re.sub(r"\s|^[第一二三四五六七八九十\d]+(?:部分|[、.])|[(（][^()（）]*[)）]", "", title)
        ):
            signs = iter(issuer)
            if len(match["name"]) < len(issuer) and all(sign in signs for sign in match["name"]):
                found.add(match["name"])
    return found


class Lexicon:
    """Names and codes of one document: those of the chart and those that its own tables print."""

    def __init__(self, tables: Iterable[Table], disclosure: Disclosure, titles: Iterable[str] = ()) -> None:
        names = {disclosure.issuer, *disclosure.units} - {""}
        names |= {short for name in names for short in _without_region(name)}
        names |= _called(titles, disclosure.issuer)
        self.issuers = sorted(names, key=len, reverse=True)
        self.codes: dict[tuple[Scheme, str], str] = {}
        self.kinds: set[str] = set()
        self.projects: dict[str, str] = {}
        self.totals: dict[tuple[str, str], list[Amount]] = {}
        for table in tables:
            self.kinds.add(table.kind)
            statement = STATEMENTS.get(table.kind)
            rows = statement.rows if statement else ""
            if rows in ("function", "economic"):
                self._learn_codes(table, Scheme.FUNCTION if rows == "function" else Scheme.ECONOMIC)
            elif rows == "projects" and table.kind in ("project", "general_project"):
                self._learn_projects(table)
            elif rows == "sides":
                self._learn_totals(table, statement.funding if statement else "全部")
        self._by_name: dict[tuple[Scheme, str], list[str]] = {}
        for (scheme, code), name in self.codes.items():
            self._by_name.setdefault((scheme, name), []).append(code)

    def _learn_codes(self, table: Table, scheme: Scheme) -> None:
        for cells in _body_rows(table):
            code = ""
            for cell in cells:
                bare = re.sub(r"\s", "", cell.text)
                glued = re.fullmatch(r"(\d{3}(?:\d{2}){0,2})[-—]?(\D.+)", bare)
                if re.fullmatch(r"\d{2,7}", bare) and (code or len(bare) in (3, 5, 7)):
                    code = bare if bare.startswith(code) and len(bare) > len(code) and len(bare) != 2 else code + bare
                elif glued and not code:
                    self.codes.setdefault((scheme, glued[1]), clean_name(glued[2]))
                    break
                elif code and not re.fullmatch(r"[\d.,%-]+", bare):
                    if len(code) in (3, 5, 7):
                        self.codes.setdefault((scheme, code), clean_name(bare))
                    break
                else:
                    break

    def _learn_projects(self, table: Table) -> None:
        for cells in _body_rows(table):
            texts = [cell.text for cell in cells]
            name = next((clean_name(text) for text in texts if re.search(r"[一-鿿]{2}", text)), "")
            if 3 <= len(name) <= 40 and not re.search(r"合计|总计|小计", name) and name not in self.issuers:
                self.projects[name] = name

    def _learn_totals(self, table: Table, funding: str) -> None:
        for cells in _body_rows(table):
            label = ""
            for cell in cells:
                read = read_cell(cell.text, table.unit or "万元")
                if isinstance(read, Amount) and label and read.unit in MONEY_UNITS:
                    self.totals.setdefault((funding, label), []).append(read)
                elif read is None:
                    account = chart().named(cell.text, Scheme.TOTAL)
                    label = account.name if account else clean_name(cell.text)

    def prints(self, funding: str, total: str, amount: Amount) -> bool:
        """Whether a table of income and expenditure prints this amount (but for rounding) for a total of a funding."""
        printed = self.totals.get((funding, total), ())
        return any(compare(amount, other) in (Agreement.EXACT, Agreement.ROUNDED) for other in printed)

    def bearing(self, name: str, scheme: Scheme) -> set[str]:
        """The codes that the document's tables give this name."""
        return set(self._by_name.get((scheme, clean_name(name)), ()))

    def named(self, name: str, scheme: Scheme, parent: str = "") -> str | None:
        """The code that the document or else the chart gives a name below `parent`, None where it is not one code."""
        here = [c for c in self._by_name.get((scheme, clean_name(name)), []) if c.startswith(parent)]
        if here:
            top = min(map(len, here))
            best = [code for code in here if len(code) == top]
            return best[0] if len(best) == 1 else None
        known = chart().named(name, scheme, parent)
        return known.code if known else None

    def name_of(self, scheme: Scheme, code: str) -> str:
        """The chart's name of a code, else the document's own, else ""."""
        known = chart().account(scheme, code)
        return known.name if known else self.codes.get((scheme, code), "")

    def path_of(self, scheme: Scheme, code: str) -> tuple[str, ...]:
        """Names of the classes above a code."""
        above = (self.name_of(scheme, code[:length]) for length in (3, 5) if length < len(code))
        return tuple(name for name in above if name)

    def without_issuer(self, phrase: str) -> str:
        """The phrase without the issuer's name, which may hold words of accounts (财政局, 政府采购中心)."""
        for issuer in self.issuers:
            phrase = phrase.replace(issuer, "")
        return phrase


_TAILS = re.compile(
    r"(?:为|是|共|达到?|(?<![总合累小统])计|约|:|有|分别|均为|各(?=$)|预计|,|的)+$|(?:预算安排|安排预算|安排)$|(?:年初|全年|调整后?|当年|本年)?(?:预算|决算|执行)(?:执行)?数?$"
    r"|(?:总|金)?额$|总?数$|资金$|合计$|总计$|支出$|收入$|财政拨款$|拨款$|科目$|费用$|经费$|情况$|预算$|决算$|安排的?$|累计$|小计$|(?<=费)实际$"
)


def shortened(phrase: str) -> list[str]:
    """The phrase and what is left of it as words that add nothing (预算数, 金额, 合计, 为) are taken off its end."""
    forms = [phrase]
    while len(forms) < 8:
        match = _TAILS.search(forms[-1])
        if not match or match.start() == 0:
            break
        forms.append(forms[-1][: match.start()])
    return forms


def _whole_flow(found: re.Match[str]) -> str:
    return {"收": "收入", "支": "支出"}[found["flow"]]


_SPENT_AS = re.compile(
    r"^[^，：]*?(?:开支|支付|列支|发生)了?(?:[^，：]{0,40}?等)?(?=(?:国内)?公务接待费(?:用)?[为共计]*$|因公出国(?:（境）)?(?:经费|费用?)(?:支出)?[为共计]*$|公务用车(?:购置|运行)[^，：]{0,12}费(?:用)?[为共计]*$)"
)
"""What an item was spent as (共开支交通费、餐费等公务接待费): the item is what counts."""


def cleaned(phrase: str, lexicon: Lexicon) -> str:
    """A phrase ready for matching: full-width brackets, no quotation marks, asides, years or issuer."""
    bare = re.sub(r"[“”\"'《》【】\s]", "", phrase)
    bare = re.sub(
        r"\((?:不含|含(?!以上)|以|按|指|注|详见|原值|上一年度|下同|本级|合同|其中|类似|万元|单位|(?:人员|公用|专项[^()]{0,6})(?:支出|经费)(?=\)))[^()]*\)",
        "",
        bare,
    )
    bare = re.sub(r"（\d{2,3}(?=[类款项]）)", "（", bare.translate(str.maketrans("()", "（）")))
    bare = re.sub(
        r"按?(?:同|可比)口径|(?<=(?:补助|拨款|经营|事业))收$", lambda m: "收入" if m.group() == "收" else "", bare
    )
    bare = re.sub(r"(?<=运行)(?:安排|的)+(?=经费)|(?<=预算)内(?=收入|支出)|(?<=^上)年(?=收入|支出)", "", bare)
    bare = re.sub(
        r"(?<=运行经费)(?:当年)?(?:一般公共预算|财政)(?:财政)?(?:当年)?(?:拨款)?(?=预算|支出|安排|[为共]*$)", "", bare
    )
    bare = re.sub(r"(?:预算|决算)(?=(?:收入|支出)(?:合计|总计))", "", bare)
    bare = re.sub(r"(?<!公共)一般预算(?=(?:财政)?拨款|收入|支出)", "一般公共预算", bare)  # as it was called before 2015
    bare = re.sub(r"^上(?=收入|支出)", "本年", bare)  # 上年收入: the sum of that year
    bare = re.sub(r"(?:^|(?<=[款算]))(?P<flow>[收支])(?=[总合]计|总额)", _whole_flow, bare)  # 收总计增加…;支总计增加…
    bare = lexicon.without_issuer(bare)
    bare = re.sub(
        r"公车(?=购置[及和、]?运|运行维护)|公务用?车辆(?=购置|运行|运维|维护|维修)|公务车(?:用车)?(?!辆)",
        "公务用车",
        bare,
    )
    bare = re.sub(r"截[至止]?到?20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|年?底|末)?", "", bare)
    bare = re.sub(
        r"20\d\d年(?:度|底|末|初)?|(?<!\d)20\d\d(?=[一-鿿])|[本当]年(?:度)?(?!度|收入|支出|预算|拨款|财政)", "", bare
    )
    bare = re.sub(r"(?<=[款费])年度(?=预算|决算)", "", bare)  # 财政拨款年度预算
    bare = re.sub(r"^[一—](?=支出|收入)", "", bare)  # a dash before an item
    if bare.count("）") > bare.count("（"):
        bare = re.sub(r"^[^（）]*）", "", bare)  # what is left of an issuer's name: (管委会)
    bare = _SPENT_AS.sub("", bare)
    return re.sub(
        r"^(?:我|本)(?:单位|部门|校|局|委|中心|院|镇|乡|街道|县|区|厅|馆|所|站)|^(?:学校|单位|部门)(?!运行|资金|整体)(?=.{4})",
        "",
        bare,
    )
