"""What people say in short, spelt out as the papers print it before a question is read: a plan after it was adjusted, the
grand total of a paper, several kinds of money that share one ending."""

from __future__ import annotations

import re

_ADJUSTED = re.compile(r"(?:调整|追加|变动)(?:过?后|以后|之后)的?(?=预算)")
_BOTH_SIDES = re.compile(r"收[、,，/和](?=支(?:总计|总额|合计|预算|决算|总预算|总决算))")
_POSTS = re.compile(r"(?P<kind>行政|事业|工勤|参公|政法)编(?![制外办译码列报委入])")
_ONE_TABLE = r"三公(?:经费)?|基本支出|项目支出|一般公共预算|功能分类|经济分类|财政拨款|收支"
_IN_TWO_TABLES = re.compile(
    rf"(?P<one>{_ONE_TABLE})(?:表)?(?:里面?|中)的?(?P<account>[\u4e00-\u9fff()]{{2,12}}?)[和与跟同](?P<two>{_ONE_TABLE})表(?:里面?|中|上)?的?"
    r"(?=(?:是)?(?:一样|相同|一致|对得上|差|吻合))"
)
"""One account in two tables, named in the first of them ("基本支出里的公务接待费和三公经费表里的一样吗")."""
_INSTEAD = re.compile(
    r"^(?:那|要是|如果)?(?:换成|改成|换作|换到|改问)(?!(?:百万|千万|万|亿|千)?[元块])(?P<what>[^,，。?？]{2,16}?)(?:呢|的话|怎么样)?[?？]?$"
)
"""A follow-up that puts one thing for another ("换成财政局")."""
_GRAND = re.compile(r"(?<=收入|支出)总(?:量|盘子)")
_BELOW = re.compile(r"(?:下属|所属|直属)(?:里面?|里头|当中|中)的?(?=(?:事业|行政|参公)单位)")
_MONEY_FOR = re.compile(r"财政拨款项目支出")
_RETIRED = re.compile(r"(事业|行政)单位退休(?:人员|职工|干部)?(?=[那这]?一?[项块笔]|的?(?:支出|经费|费|花|多少钱))")
_RETIRED_MONEY = re.compile(
    r"(?<![员位人给、和与])退休的(?:那?(?:块|些|点))?(?:钱|费用|经费|支出)(?![^,，。?？]{0,4}(?:几|多少)[个名位]?人)"
)
_RETIRED_OF_BOTH = re.compile(
    r"行政(?:(?:单位)?[和与及跟、](?:参公)?事业(?:单位)?|事业单位(?=的?离?退休[^,，。?？]{0,4}(?:两|加|合|一共|总共)))的?离?退休(?:人员|职工|干部|老人)?(?:的)?(?:支出|经费|费用?|钱)?(?!人数|[^,，。?？]{0,6}(?:多少|几)[个名位]?人)"
)
_HEAD = r"(?:每一?|一)(?:个|名|位)?人(?!次|员|民|家|均|数|事|防|社|大|工|才|力|口)(?:头)?(?:上|身上|头上)?"
_SHARED = r"(?:平均|均摊|平摊|分摊|摊分|摊派|摊|均分)"
_ITS_SHARE = r"(?:能|会|得|要|可|大概|大约|约|一年|每年)?(?:平均|均摊到?|平摊到?|分摊到?|摊到?|分到|合|折合|划)(?:下来)?(?:是|有|得|着)?(?=[^,，。?？]{0,10}(?:多少|几|[?？]|$)|[\u4e00-\u9fff])"
_PER_HEAD = re.compile(
    rf"(?<!接待)(?:{_SHARED}(?:下来|算下来|一下|一年|每年)?(?:能|会|得|要)?(?:到|给|在|算到)?{_HEAD}(?:头)?(?:{_ITS_SHARE})?"
    rf"|{_SHARED}(?:下来)?(?:到|在|给)(?:每)?(?:个|名|位)?人头(?:上)?(?:[,，]?(?:每|一)个?人)?"
    rf"|{_HEAD}{_ITS_SHARE}|(?<![按照])(?:每|一)(?:个)?人头(?:上)?)"
)
"""How people say 人均: 平均一个人, 摊到每个人头上, 一人合, 一个人头."""
_ONE_OF_THEM = re.compile(
    r"平均(?:下来|一年|每年)?一(?=(?:个|名|位)(?:学生|孩子|幼儿|老师|教师|职工|员工|干部|居民|村民))"
)
_CAME_IN = re.compile(r"(?P<year>本年|当年|全年|今年|一年)?(?:收|挣|进)(?:进来|回来|上来|到手)的(?:钱)?(?!人)")
_WENT_OUT = re.compile(
    r"(?P<year>本年|当年|全年|今年|一年)?(?:花|用|支)出去的(?:钱)?(?=[^,，。?？]{0,8}(?:多少|几|多|少|大|高|低|比|和|与|跟|[,，?？]|$))"
)
"""Income and expenditure by their verbs ("收进来的比花出去的少多少")."""
_OVER_THE_TERM = re.compile(
    r"(?:的)?(?:项目)?(?:全|整个)(?:个)?(?:实施期(?!限)|实施周期|项目周期|项目期|周期|工期|项目做完|过程)(?:内|里|下来)?(?:的)?(?:项目)?(?:资金|经费|预算)?(?:总额|总量|总共|一共|合计)?"
    r"(?=[^,，。?？]{0,8}(?:多少|几[百千万亿块元]))"
    r"|(?:从头到尾|自始至终|前前后后|全程)(?:总共|一共|合计)?(?=[^,，。?？]{0,6}(?:多少|几[百千万亿块元]))"
)
"""All the money of a project over the years it runs."""
_OFFICES = re.compile(
    r"(?<!哪)(?P<many>几|多少)个(?:科|处|股)(?=[?？,，。]|$|都|分别|各|叫|呢)|(?P<inside>(?:里面?|里头|内部|内)(?:一共|总共|共)?(?:有|分|设|分成|设有)?(?:了)?)(?<!哪)(?P<number>几|多少)个(?:部门|科|处)(?!目|研|长|级)"
)
"""The offices within a body, counted."""
_CLASSES = {
    "住房": "住房保障支出", "看病": "卫生健康支出", "医疗": "卫生健康支出", "医保": "卫生健康支出", "卫生": "卫生健康支出",
    "健康": "卫生健康支出", "社保": "社会保障和就业支出", "养老": "社会保障和就业支出", "社会保障": "社会保障和就业支出",
    "教育": "教育支出", "科技": "科学技术支出", "环保": "节能环保支出", "农业": "农林水支出", "农林水": "农林水支出",
    "交通": "交通运输支出", "公共安全": "公共安全支出", "文化": "文化旅游体育与传媒支出", "文旅": "文化旅游体育与传媒支出",
    "城乡社区": "城乡社区支出", "一般公共服务": "一般公共服务支出", "公共服务": "一般公共服务支出",
}  # fmt: skip
_WHOLE_CLASS = re.compile(
    rf"(?:{'|'.join(sorted(_CLASSES, key=len, reverse=True))})(?:(?:和|与)?(?:就业|{'|'.join(_CLASSES)}))?(?:支出)?的?(?:[那这]一?个?大?类|一?个?大类)的?(?:总?支出)?(?!型|似|同|科|别|补|人)"
)
"""A class of the highest rank by its matter ("住房那一类", "医保的大类")."""
_RUNNING_MONEY = re.compile(
    r"(?<=[比和与跟、,，])公用(?=[多少高低大小,，。?？]|一共|加|合|各|$)|公用(?=[比和与跟、](?:人员|项目|专项))"
)
"""公用经费 beside other money ("人员经费比公用多多少")."""
_PEOPLE_RETIRED = re.compile(
    r"(?<![\u4e00-\u9fff]费)(?P<who>离?退休|离休)(?:了|的|掉|下来)*(?=(?:现|目前|现在|一共|总共|共)?(?:有|是)?"
    r"(?:多少(?:[个位名](?!月|项|科)人?|人)|几(?:[个位名](?!月|项|科)人?|人)?)(?:呢|啊|呀)?(?:[,，;；。?？、]|$))"
)
"""Those who have retired, where they are counted ("退休几个"): no expense."""
_PAPERS = re.compile(r"(?<!征)订(?:阅|购)?(?:报纸杂志|报刊杂志|报刊|报纸|杂志)")
_LET = re.compile(r"租(?:用)?那?个?[^,，。;；?？]{0,6}的(?=场地|场子)")
_CODE = re.compile(r"(?:科目)?(?:编码|代码|编号)(?:为|是|叫|:|：)?\s*[\"“]?(?=\d{3,9}(?!\d))")
"""That a number is a code ("科目编码2010301"), which its account is known by without being told."""
_SUPPLIER = re.compile(
    r"(?P<who>供应商|承包商|服务商|运维商|承建商|中标(?:单位|方|人|公司|商))(?:到底|究竟)?是谁|谁是(?P<whose>[^,，。?？]{0,12}?)的?(?:供应商|承包商|服务商|运维商|承建商|中标(?:单位|方|人|公司|商))"
)
_ONE_BODY = re.compile(r"(?<!是)一套(?:人马|班子|牌子)|(?:是|同)一套(?:人马|班子|牌子)")
"""Two names of one body ("和哪个科是一套班子")."""
_NEXT_YEAR = re.compile(
    r"(?:结转|转|滚|结|留)(?:存)?(?:到|入|至|给)了?(?:下一年度?|下年度?|明年|来年|次年)(?:使用|用|去)?"
)
_OUTSIDE = re.compile(r"外包业务(?!费)")
_WHOSE_OFFICE = re.compile(
    r"^(?:在)?(?P<place>[\u4e00-\u9fff]{1,6}[市区县])[,，]?(?P<thing>[^,，。?？]{2,16}?)归(?P<body>[\u4e00-\u9fff]{2,8}?)(?P<asks>哪(?:一)?个?(?:科|处|股)[^,，。?？]{0,4})"
)
"""What is done, before the body whose office is asked for ("普陀区粮食储备归商务委哪个科管")."""
_KINDS = "人员|公用|专项|项目|基本|日常公用|业务|运转"
_SHARED_ENDING = re.compile(
    rf"(?P<names>(?:{_KINDS})(?:[、,和与跟及](?:{_KINDS}))+)(?:这)?(?:[两二三四]|\d)?(?:大)?(?:块|项|类|部分|种)?(?:的)?(?P<ending>经费|支出)"
)

_EXPENSES = {
    "水": "水费", "电": "电费", "暖": "取暖费", "取暖": "取暖费", "暖气": "取暖费", "供暖": "取暖费", "邮电": "邮电费", "差旅": "差旅费",
    "出差": "差旅费", "会议": "会议费", "开会": "会议费", "培训": "培训费", "办公": "办公费", "印刷": "印刷费", "咨询": "咨询费",
    "租赁": "租赁费", "劳务": "劳务费", "福利": "福利费", "物业": "物业管理费", "接待": "公务接待费", "手续": "手续费",
}  # fmt: skip
_EXPENSE = "|".join(sorted(_EXPENSES, key=len, reverse=True))
_ENDS = r"(?:这|那)?(?:[两二三四五六几\d]|一共|总共|合计|加|各|都|分别|哪|谁|多少|花|用了|要|预算|呢|的?(?:钱|费用|开支|支出)|[,?]|$)"
_SEVERAL_EXPENSES = re.compile(
    rf"(?<![供排污饮热源节用])(?<!网上)(?P<names>(?:{_EXPENSE})费?(?:[、,和与跟及加](?:{_EXPENSE})费?)+)(?P<same>费用?)?(?={_ENDS})"
    rf"|(?<![供排污饮热源节用])水电(?:暖气?|取暖)(?P<together>费用?)?(?={_ENDS})"
)
"""Expenses named by their matter alone, in a row ("水、电、暖三样", "差旅、会议和培训")."""


def _expenses(found: re.Match[str]) -> str:
    """Each expense of a row by its whole name."""
    parts = re.split(r"([、,和与跟及加])", found["names"] or "水、电、暖")
    return "".join(part if at % 2 else _EXPENSES[part.removesuffix("费")] for at, part in enumerate(parts))


def spelt_out(text: str) -> str:
    """The folded question with such words in full.

    >>> spelt_out("比调整后的预算多多少"), spelt_out("公用、专项、人员三块经费加起来多少")
    ('比调整预算多多少', '公用经费、专项经费、人员经费加起来多少')
    >>> spelt_out("基本支出里的公务接待费和三公经费表里的一样吗")
    '公务接待费在基本支出表和三公经费表里一样吗'
    >>> spelt_out("换成财政局")
    '那财政局呢?'
    >>> spelt_out("事业编有几个")
    '事业编制有几个'
    >>> spelt_out("平均一个人多少基本工资"), spelt_out("办公费摊到每个人头上是多少"), spelt_out("人员经费一人平均多少万")
    ('人均多少基本工资', '办公费人均是多少', '人员经费人均多少万')
    >>> spelt_out("今年收进来的比花出去的少多少"), spelt_out("里面分了几个部门")
    ('今年收入比支出少多少', '里面分了几个科室')
    >>> spelt_out("在职多少人,退休几个?"), spelt_out("退休费多少")
    ('在职多少人,退休人员几个?', '退休费多少')
    >>> spelt_out("收入总量是多少"), spelt_out("财政拨款收、支总计是多少")
    ('收入总计是多少', '财政拨款收支总计是多少')
    >>> spelt_out("水、电、暖三样加起来"), spelt_out("差旅和会议哪个多"), spelt_out("供水、电力设施多少")
    ('水费、电费、取暖费三样加起来', '差旅费和会议费哪个多', '供水、电力设施多少')
    """
    text = text.replace("啥子", "什么").replace("啥", "什么").replace("咋", "怎么")
    text = _RETIRED_MONEY.sub("离退休支出", text)
    text = _INSTEAD.sub(r"那\g<what>呢?", text)
    text = _IN_TWO_TABLES.sub(r"\g<account>在\g<one>表和\g<two>表里", text)
    text = _POSTS.sub(r"\g<kind>编制", _BOTH_SIDES.sub("收", text))
    text = _GRAND.sub("总计", _ADJUSTED.sub("调整", text))
    text = _BELOW.sub("", text)
    text = _RETIRED_OF_BOTH.sub("行政单位离退休和事业单位离退休", text)
    text = _WENT_OUT.sub(r"\g<year>支出", _CAME_IN.sub(r"\g<year>收入", text))
    text = _PEOPLE_RETIRED.sub(r"\g<who>人员", text)
    text = _RETIRED.sub(r"\1单位离退休", _PAPERS.sub("报刊订阅", _LET.sub("租", text)))
    text = _SUPPLIER.sub(lambda found: f"{found['whose'] or ''}{found['who'] or '供应商'}是哪家公司", text)
    text = _NEXT_YEAR.sub("结转下年", text)
    text = _ONE_BODY.sub("合署", re.sub(r"并[到进](?!来)", "并入", text))
    text = _CODE.sub("科目", _OUTSIDE.sub("委托业务费", text))
    text = _MONEY_FOR.sub("财政拨款的项目支出", text)
    text = _PER_HEAD.sub("人均", _ONE_OF_THEM.sub("平均每", text))
    text = _RUNNING_MONEY.sub("公用经费", text)
    text = _WHOLE_CLASS.sub(lambda m: next(name for stem, name in _CLASSES.items() if stem in m.group()), text)
    text = _OFFICES.sub(lambda m: f"{m['inside'] or ''}{m['many'] or m['number']}个科室", text)
    text = _OVER_THE_TERM.sub("整个实施期的资金总额", text)
    text = _WHOSE_OFFICE.sub(_body_first, _SEVERAL_EXPENSES.sub(_expenses, text))
    return _SHARED_ENDING.sub(_each_named, text)


def _body_first(found: re.Match[str]) -> str:
    """The body right behind its place, what it does at the end."""
    body = found["body"].removeprefix(found["place"][-1])
    return f"{found['place']}{body}{found['asks']},{found['thing']}"


def _each_named(found: re.Match[str]) -> str:
    parts = re.split(r"([、,和与跟及])", found["names"])
    return "".join(part if at % 2 else f"{part}{found['ending']}" for at, part in enumerate(parts))
