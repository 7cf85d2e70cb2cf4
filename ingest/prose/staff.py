"""Phrases of prose that count people and offices: posts, staff, units, pupils, beds, villages, inhabitants."""

from __future__ import annotations

import re

from corpus.accounts import chart
from corpus.figure import Scheme
from ingest.prose.topics import Topic

_CIVIL = r"参(?:公(?:管理)?|照公务员(?:法)?管理的?)"
_STAFF = (
    ("临床科室", r"临床科室"),
    ("医技科室", r"医技(?:（辅）|辅助)?科室"),
    ("二级机构", r"二级机构"),
    ("附属机构", r"附属机构"),
    ("执法勤务机构", r"执法勤务机构"),
    ("派出法庭", r"(?<![一-鿿]{2}区)人民法庭"),
    ("预算单位", r"独立核算(?:机构|单位)"),
    ("内设机构", r"内设(?:正?[股科处]级)?(?:机构|庭室)|(?:现有|共有|设有)部门"),
    ("内设机构", r"(?:内设|职能|下设|设有?)(?:机构|科室|处室|部门|股室|委室|站所)|科室|处室|科[（(]股[）)]室|股室|委室"),
    ("编制人数", r"行政(?:及|和|、|与|加)(?:全额)?事业(?:单位)?(?:人员)?编制"),
    ("行政编制财政供养人员", r"行政编制(?:人员)?财政供(?:养|给)(?:人员|人数)*"),
    ("事业编制财政供养人员", r"事业编制(?:人员)?财政供(?:养|给)(?:人员|人数)*"),
    ("政法专项编制", r"(?:行政)?政法(?:专项)?(?:行政)?编制"),
    ("行政编制", r"行政(?:人员)?编制"),
    ("参公编制", rf"{_CIVIL}(?:的)?(?:事业)?(?:人员)?编制"),
    ("后勤事业编制", r"后勤(?:服务)?(?:人员)?事业编制"),
    ("差额补助事业编制", r"差额(?:补助|拨款)?(?:事业)?编制"),
    ("自收自支编制", r"自收自支(?:事业)?(?:人员)?编制"),
    ("事业编制", r"(?:全额(?:拨款)?|财政补助|财政全额拨款|全部补助)?事业(?:单位)?(?:人员)?编制"),
    ("工勤编制", r"工勤(?:人员)?编制"),
    ("聘用人员控制数", r"(?:聘用|后勤(?:服务)?(?:聘用)?)人员控制数"),
    ("编制人数", r"(?:人员|核定|总)?(?<!预算)编制(?:数|人数|总数)?"),
    ("编外人员", r"编外(?:在职|长期|短期|临时|聘用|实有)*(?:人员|人数|职工)*"),
    ("聘用人员", r"外?聘用?人员"),
    ("劳务派遣人员", r"(?:劳务|人事)派遣(?:人员|人数)*|派遣(?:工|人员)"),
    ("空编", r"空(?:余|缺)?编制?|缺编"),
    ("领导职数", r"领导职数"),
    ("派出法庭", r"(?:派出|派驻|乡镇|基层|中心)(?:人民)?法庭"),
    ("派驻检察室", r"(?:派[驻出]|中心)检察室"),
    ("业务部门", r"业务部门"),
    ("离退休人员", r"离退休(?:人员|干部|职工)?(?:人数)?"),
    ("行政退休人员", r"行政退休(?:人员|人数)*"),
    ("事业退休人员", r"事业退休(?:人员|人数)*"),
    ("退休人员", r"退休(?:人员|干部|教?职工|教师)?(?:人数)?"),
    ("离休人员", r"离休(?:人员|干部)?(?:人数)?"),
    ("遗属人员", r"遗属(?:补助)?(?:人员|人数)*"),
    ("财政供养人员", r"财政供(?:养|给)(?:人员|人数)*"),
    ("全额拨款在职人员", r"全额(?:拨款)?(?:事业)?在职(?:人员|人数)*"),
    ("行政在职人员", r"行政(?:单位)?在职(?:人员|人数)*"),
    ("参公在职人员", rf"{_CIVIL}(?:的)?事业(?:单位)?在职(?:人员|人数)*"),
    ("差额补助在职人员", r"差额补助(?:事业(?:单位)?)?在职(?:人员|人数)*"),
    ("自收自支在职人员", r"自收自支(?:事业(?:单位)?)?在职(?:人员|人数)*"),
    ("事业在职人员", r"事业(?:单位)?在职(?:人员|人数)*"),
    ("行政人员", r"(?<![和与及、])行政(?:人员|(?:在职)?实有人[员数])"),
    ("事业人员", r"(?<![和与及、])事业(?:(?:编制)?人员|(?:在职)?实有人[员数])"),
    ("工勤人员", r"工勤(?:技能)?人员|工勤技能"),
    ("参公人员", rf"{_CIVIL}(?:事业)?单位人员"),
    ("机关后勤人员", r"机关后勤(?:服务)?人员"),
    ("参公人员", r"参公(?:管理)?人员"),
    ("正高职称", r"正高级?(?:专业技术)?(?:职称|职务)(?:人员|人数)*"),
    ("副高职称", r"副高级?(?:专业技术)?(?:职称|职务)(?:人员|人数)*"),
    ("在职人员", r"在职编制内(?:人员|人数)*|(?<!非)在编在岗(?:人员|教?职工|人数)*|(?<![返反])在职(?:在编)?(?:工作)?(?:人员|教?职工|人数|干部|干警|数)*|(?<!非)在编(?:在职)?(?:人员|教?职工|人数|干警|干警人数)|在岗职工"),
    ("实有人员", r"(?:年末)?(?:编制内)?(?:实有|现有)(?:在职)?(?:在编)?(?:正式)?(?:工作)?(?:人员|人数|教?职工)*|共有(?:在职)?(?:教?职工|人员)"),
    ("一级预算部门", r"一级预算(?:部门|单位)"),
    ("预算单位", r"纳入[^，。]{0,20}范围的?(?:单位|部门)"),
    ("预算单位", r"(?:下属|所属|基层|二级|独立编制)?(?:预算|下级|下属)单位|二级单位"),
    ("直属单位", r"(?:直属|部属)单位"),
    ("行政单位", r"行政单位"),
    ("参公单位", rf"(?<!非){_CIVIL}(?:的)?(?:全额)?(?:事业)?单位"),
    ("事业单位", r"(?:全额(?:拨款)?|财政补助|公益一类|公益二类)?事业单位"),
    *((name, rf"(?<![一-鿿]{{2}}类){name}") for name in ("在职教师", "专任教师", "特岗教师", "代课教师", "在岗教师", "备案教师", "聘用教师", "临聘教师", "女教师", "男教师")),
    ("教职工", r"(?<![一-鿿]职)教职工"),
    ("卫生技术人员", r"卫生(?:专业)?技术人员"),
    ("专业技术人员", r"(?<!卫生)专业技术人员"),
    *((name, rf"(?<![正副]){name}(?:人员|人数)*") for name in ("高级教师", "高级职称", "中级职称", "初级职称")),
)  # fmt: skip
_MANY = r"(?:共计|总计|合计|小计|总数|核定|数量|人数|数|为|共|有|是)*"
_PEOPLE = ("人", "名")
_OFFICES = ("个", "家")
_COUNTED_AFTER = re.compile(r"(?:[\d,.]+|[一二两三四五六七八九十]+)[个家](?P<what>[^\d,。;:、()]{1,10})")
_ON_POSTS = re.compile(r"在编(?:在职)?(?:人员|教?职工|人数)?")
_SERVING = re.compile(r"在职编制(?:内)?(?:人员|人数)?")
"""Those of all who are there that sit on a post (现有18人,其中在职编制11人): people, not posts."""
_FILLED = re.compile(r"(?:现有|实有|实际)(?:使用)?(?P<kind>行政|事业|参公|工勤)编制(?:人员)?(?:为|共)?$")
"""Posts that are filled (实有行政编制70人): people, not the posts there are."""
_AMONG_STAFF = re.compile(r"(?:在职|在编|实有)(?:人数|人员)?(?:中|里)[,:]?(?:有)?(?P<kind>行政|事业|工勤|参公)$")
"""A kind of those on duty, by its first word alone (在职人数中行政12人)."""
_KINDS = {
    "行政": "行政",
    "事业": "事业",
    "工勤": "工勤",
    "参公": "参公",
    "行政工勤": "工勤",
    "行政参公": "行政",
    "事业编": "事业",
    "行政编": "行政",
}
_NEWLY = re.compile(r"(?:新增|新核定|增加|核增|调增|减少|核减|收回)(?:了)?$")
"""Before posts that came or went (年末编制9个,新增3个编制), which are not the posts there are."""
_BY_NATURE = {"行政编制": "行政单位", "事业编制": "事业单位", "参公编制": "参公单位"}
"""What kinds of posts mean where units are divided by them (独立核算机构数2个,其中:行政编制1个)."""


def staff_topic(phrase: str, unit: str, after: str, parent: Topic | None = None) -> Topic | None:
    """The kind of staff, office or unit that is counted: named before the number (编制21名) or after it (9个科室).

    `after` is the text from the number on, `parent` what 其中 divides (在职人员18人,其中行政12人).
    """
    if unit not in (*_PEOPLE, *_OFFICES, "编制"):
        return None
    bare = re.sub(rf"{_MANY}$", "", phrase)
    if bare in _KINDS and parent is not None and parent.scheme is Scheme.STAFF:
        what = "编制" if "编制" in parent.account else "人员"
        name = f"{_KINDS[bare]}{what}"
        return Topic(Scheme.STAFF, name, name, path=(parent.account,))
    if unit in _PEOPLE and (among_them := _AMONG_STAFF.search(bare)):
        name = f"{among_them['kind']}人员"
        return Topic(Scheme.STAFF, name, name)
    if unit in _PEOPLE and (filled := _FILLED.search(bare)):
        name = f"{filled['kind']}编制实有人员"
        return Topic(Scheme.STAFF, name, name)
    among = parent is not None and parent.account in ("在职人员", "实有人员")
    if among and parent is not None and unit in _PEOPLE and _ON_POSTS.fullmatch(bare):
        return Topic(Scheme.STAFF, "在编人员", "在编人员", path=(parent.account,))
    if among and parent is not None and unit in _PEOPLE and _SERVING.fullmatch(bare):
        return Topic(Scheme.STAFF, "在职人员", "在职人员", path=(parent.account,))
    behind = _COUNTED_AFTER.match(after) if unit in _OFFICES else None
    what = behind["what"] if behind else ""
    if what.startswith("单位") and re.search(
        r"(?:部门|单位)(?:预算|决算)(?:编制)?(?:范围)?的?(?:共有?|有|为)?$", phrase
    ):
        return Topic(Scheme.STAFF, "预算单位", "预算单位")
    if re.search(r"(?:内设|下设)(?:有|了)?$", phrase) and what.startswith("部门"):
        return Topic(Scheme.STAFF, "内设机构", "内设机构")
    if _NEWLY.search(phrase) and re.match(r"\d+[个名]?(?:行政|事业|参公|工勤)?编制", after):
        return None
    for name, pattern in _STAFF:
        if re.search(rf"(?:{pattern}){_MANY}$", phrase) or re.match(rf"(?:职能)?(?:{pattern})(?!机构|单位)", what):
            if re.search(r"人员$|人数$", name) and name != "编制人数" and unit not in _PEOPLE:
                continue
            if parent is not None and parent.account == "预算单位" and unit in _OFFICES and name in _BY_NATURE:
                name = _BY_NATURE[name]
            known = chart().named(name, Scheme.STAFF)
            account = known.name if known else name
            return Topic(Scheme.STAFF, account, name)
    return None


_PRESENT = r"(?:实有|实际|现有|在[编岗职])(?:在[编岗职])?(?:人数|人员)?"
_TWO_KINDS = re.compile(
    rf"行政编制\d+[人名个],{_PRESENT}\d+[人名][,;。][^。]*?事业编制\d+[人名个],{_PRESENT}\d"
    rf"|事业编制\d+[人名个],{_PRESENT}\d+[人名][,;。][^。]*?行政编制\d+[人名个],{_PRESENT}\d"
)


_POSTS_COUNTED = re.compile(
    r"(?P<kind>行政|事业|参公|工勤)(?:事业|单位)?(?:人员)?编制(?:数|人数)?(?:为|共)?\d+[人名个]"
)
_PEOPLE_COUNTED = re.compile(rf"{_PRESENT}(?:为|共)?\d+[人名]")


_RETIRED_ONCE = re.compile(r"(?P<who>离退休|离休|退休)(?:人员|干部|职工)?(?:原有|去年|上年)")
"""Of the retired alone is told how many there were and are (退休人员原有9人,新增1人,现有10人)."""


def _kind_of_posts(clause: str) -> str:
    """The one kind of posts that a part of a sentence counts, "" for none or several."""
    kinds = {found["kind"] for found in _POSTS_COUNTED.finditer(clause)}
    return kinds.pop() if len(kinds) == 1 else ""


def _posts_by_clause(told: str, before: str) -> str:
    """The kind of posts that this part of a sentence counts, where another part counts another kind with its people, too."""
    parts = [part for part in re.split("[;。]", told) if _PEOPLE_COUNTED.search(part)]
    kinds = {kind for part in parts if (kind := _kind_of_posts(part))}
    return _kind_of_posts(re.split("[;。]", before)[-1]) if len(kinds) > 1 else ""


def of_its_posts(topic: Topic, current: Topic | None, told: str, lead: str = "", before: str = "") -> Topic:
    """Staff told by the kind of its posts (行政编制9人,实有人数8人;事业编制5人,实有人数4人) is that kind's alone.

    `told` is the paragraph, `before` its text up to the number. So are posts in a list that began with those that are filled (实有行政编制9人,事业编制5人); `lead` are the words since
    the number before.
    """
    kinds = ("行政编制", "事业编制")
    listed = current is not None and current.account.endswith("编制实有人员") and re.match("[,、]", lead)
    if topic.account in kinds and listed:
        return Topic(Scheme.STAFF, f"{topic.account}实有人员", f"{topic.account}实有人员")
    if topic.account == "实有人员" and (old := _RETIRED_ONCE.match(re.split("[;。]", before)[-1])):
        return Topic(Scheme.STAFF, f"{old['who']}人员", f"{old['who']}人员")
    people = topic.account in ("实有人员", "在职人员", "在编人员")
    if people and (kind := _posts_by_clause(told, before)):
        return Topic(Scheme.STAFF, f"{kind}编制实有人员", f"{kind}编制实有人员")
    if people and current is not None and current.account in kinds and _TWO_KINDS.search(told):
        name = f"{current.account}实有人员"
        return Topic(Scheme.STAFF, name, name)
    return topic


_BEFORE = (
    r"(?P<place>[一-鿿]{2,6}(?:镇|乡|县|区|街道))?"
    r"(?:全[镇乡县市区校院村州]|全街道|辖区|境内|我[镇乡校院园]|本[镇乡校院园]|医院|学校|现|共|有|其中|总|下|辖(?!区)|目前|年末|年底|截至|含)*"
)
_INHABITED = tuple(
    (units, re.compile(rf"{_BEFORE}(?P<name>{pattern})总?(?:人数|数)?(?:共|合|总)?(?:计|为|有|是)?"))
    for units, pattern in (
        (("人", "万人"), r"总人口|户籍总?人口|常住人口|农业人口|非农业人口|人口"),
        (("个",), r"行政村|自然村|村民小组|社区|居民小组|村民委员会|居民委员会"),
        (("人", "名"), r"(?:在校|在籍|在读)?(?:小学生|初中生|高中生|中学生|学生|大学生)|在校生|(?:在园)?幼儿|在园儿童"),
        (("张",), r"(?:编制|实有|开放|核定|实际)*(?:病)?床位?"),
        (("个", "班"), r"(?:小学|幼儿园?|初中|高中|学前)?教学班|班级"),
    )
)
_PLACES = (
    r"(?:标准化)?村?卫生室|行政村|自然村|村民小组|社区|居民小组|村民委员会|居民委员会|(?:小学|幼儿园?|初中|高中)?教学班"
)
_PLACES_BEHIND = re.compile(rf"[\d,.]+[个所家](?P<name>{_PLACES})(?=[\d,。;:、()和及与]|$)")
_AMONG = re.compile(r"(?:.*(?:下辖|辖区内?|管辖|现辖|辖|现有|共有|[^没]有)|[、和及与]*|现|共|有)")
_NAMED_BEHIND = re.compile(r"[\d,.]+[个家所](?=[一-鿿]{2})")
_OF_THE_ONE_BEFORE = re.compile(r"\d[个家所]$")


def names_the_one_before(before: str, lead: str, after: str) -> bool:
    """Whether the words between two numbers name the first (6个行政村3个社区), both being named behind their number."""
    glued = re.fullmatch(r"[一-鿿]{2,6}[、和及与]?", lead) and _OF_THE_ONE_BEFORE.search(before)
    return bool(glued and _NAMED_BEHIND.match(after))


def inhabited_topic(phrase: str, unit: str, after: str, clause: str = "") -> Topic | None:
    """Inhabitants, villages, pupils, beds, counted where a unit introduces itself; only by their whole name.

    A count that is divided into kinds is left to the sentence, which names them (`after` is the text from the number
    on, `clause` the words since the one before: what a place has after 其中 is a part).
    """
    if re.match(r"[\d,.]+[^\d,。;:、()]{1,3}[,(:;]?其中", after):
        return None
    behind = _PLACES_BEHIND.match(after)
    if behind and _AMONG.fullmatch(phrase):
        return Topic(Scheme.OTHER, behind["name"], behind["name"])
    for units, pattern in _INHABITED:
        found = pattern.fullmatch(phrase.rpartition("、")[2])
        if found and unit in units and not (found["place"] and "其中" in clause):
            name = "总人口" if found["name"] == "人口" else re.sub(r"床$", "床位", found["name"])
            return Topic(Scheme.OTHER, name, name)
    return None
