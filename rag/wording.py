"""What a question wants done, read from its wording: operation, direction, money unit, budget or final accounts."""

from __future__ import annotations

import re

from rag.plan import Operation

_RISE = r"(?:增加|增长|增多|增|上升|提高|上涨|涨|升|扩大)"
_FALL = r"(?<!增)(?:减少|下降|降低|减|降|缩减|压减|下滑|跌|砍掉?|压缩|缩水)"
_MOVE = rf"(?:{_RISE}|{_FALL}|变化|变动|变了?|持平|增减|调整(?!后?的?预算|数)|波动)"
_BASE = r"(?:上一?年度?|去年度?|前一?年|同期|往年|20\d\d年?度?)"

_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = tuple(
    (operation, re.compile(pattern))
    for operation, pattern in (
        (Operation.DOCUMENTS, (
            r"(?:文件|文档|库|资料|系统|你).{0,6}(?:有|收录|包含).{0,3}(?:哪些|"
            r"什么|几个|多少)(?:单位|部门|机构|文件|数据)|(?:有|收录了?|包含|"
            r"包括)(?:哪些|什么|几份|多少份?)(?:文件|文档|材料|年份|年度的?数据)|"
            r"哪些年(?:份|度)?的?(?:数据|文件|预算|决算)"
        )),
        (Operation.CONSISTENCY, (
            r"等于.{0,8}吗|是不是(?:正好)?等于|(?:写|说|列|填)[得的]都?一样|(?:说明|正文|文字)(?:里|中)?(?:的|写的)?(?:数字?|金额)?[和跟与同].{0,8}表(?:里|中|上)?.{0,10}(?:一样|相同|一致)|矛盾|一致|对不上|对得上|合理吗|合不合理|有没有(?:问题|错误|出入|"
            r"差错|疑点)|前后.{0,8}(?:一样|相同)|写的(?:到底|究竟)?是.{1,14}还是|(?:两处|几处|各处).{0,10}(?:一样|相同)|写的(?:数|数字|金额|数额)?.{0,4}(?:都|是否)?(?:一样|相同)|有(?:什么|啥)?(?:问题|错误|出入|差错|疑点)|冲突|打架|"
            r"勾稽|相符|错在哪|哪里不对|空表.{0,16}(?:有数|怎么回事|不是)|(?:究竟|到底)是[\d,.]+.{0,4}还是|哪个(?:数字?)?(?:是|才)?(?:对|准|正确)|以哪个为准|写对了?(?:吗|没)|有(?:什么)?毛病|一会儿.{0,16}一会儿|[几两三]个不同的?数|[几两三]种说法|差在哪|(?:是|不是)(?:同)?一个数|同一个数|合得拢|自相|写错|数据有误|有误|核对|(?:算|说|写|填|印)[得的]?对(?:不对|吗|么)|算错|是不是错"
        )),
        (Operation.DEFINE, (
            r"怎么解释|如何解释|解释一下|解释(?:了)?什么|什么叫|什么是|啥是|"
            r"是什么意思|啥意思|什么意思|指(?:的是)?(?:什么|哪)|指的?是?啥|含义|(?:的)?定义|"
            r"怎么理解|是什么概念|名词解释|概念|是个?(?:啥|什么)(?:东西|玩意儿?|"
            r"费用|经费|钱)?[?？。!！]?$"
        )),
        (Operation.REASON, (
            r"(?:给|写|交代)的?(?:是)?(?:什么|啥)?(?:说法|解释|理由)|什么(?:说法|讲究|名堂|情况|道理)$|(?:啥|什么)道理|怎么(?:会)?(?:比.{1,6})?(?:这么|那么|如此)?(?:高|多|贵|大|低|少)(?![少])|为什么|为何|为啥|原因|(?:是|就是)因为(?:什么|啥|哪)|怎么会|缘由|缘故|凭什么|咋回事|怎么回事|理由|"
            r"怎么.{0,14}?(?:多|少)(?:了|出来)|为啥.{0,6}多|怎么.{0,6}?(?:涨|增|减|降|掉|跌|变[多少]|冒出|多出|没了|不见了|突然(?:有|没)|(?:又|就|还)?有了)|怎么(?:突然)?(?:这么)?"
        ) + _MOVE + r"|咋" + _MOVE),
        (Operation.PER_HEAD, r"人均|[生师]均|批均|(?:每|平均每?)?接待一(?:位|个|名|人次|批次?)(?:客人|人)?|平均一[辆台]|一[辆台]平均|每(?:一)?(?:个|名)?(?:学生|孩子|幼儿|师生|居民|村民)(?:平均|能?摊|均摊|分摊)|每(?:一)?(?:批|人次|个?团组?|位?客人|名?客人|位?来宾)(?!都|多少人|几个?人|有)|(?:平均|均摊到?|摊到?)每(?:一)?[辆台](?:公务)?车|(?:平均|均摊到?|摊到?)每(?:一)?(?:个|名|位)(?!编报|[^,，。]{0,6}项目|月|季|单位|部门|多少|是|有|花|要|得|$|[?？,，])|每[名位](?!项目)|每(?:一)?(?:个|位|名)人?(?:员工|职工|干部)?的?□|除以.{0,4}(?:人|□)|平均每(?:个)?人|每个?人(?:平均)?(?:是|花|有)?多少|每名?职工"),
        (Operation.COMPLETION, (
            r"(?:全年|年初)预算(?:只|才|就)?(?:用|花|完成|执行)了?(?:百分之|几成|多少%)|(?:用掉|花掉|用了|花了|支出了?|执行了?)(?:了)?(?:年初|全年|调整)?预算的?(?:百分之|几成|多少%)|完成率|执行率|完成了?(?:年初|全年|调整)?预算的?(?:多少|百分之几|"
            r"几成)|完成(?:年初|全年|调整)?预算的?百分之|完成.{0,8}(?:百分之几|百分之多少|"
            r"多少%|比例)|预算完成情况"
        )),
        (Operation.SHARE, (
            r"占比|比重|占(?!地|用|有).{0,20}?(?:百分之|多少|比例|几成|几个点|"
            r"%|比率)|之比|比值|(?:相当于|是).{1,20}?(?:的百分之|的几成)|百分比|(?<!增长)(?<!变化)比例|占了?多少|份额|占$"
        )),
        (Operation.TREND, (
            r"近.{1,2}年|历年|变化趋势|趋势|走势|逐年|这几年|几年来|怎么变|如何变化|"
            r"变化情况.*年|\d+年?[到至-]\d+"
        )),
        (Operation.RATE, (
            rf"{_RISE}率|{_FALL}率|增幅|降幅|涨幅|跌幅|(?:增长|涨|增|降|下降|减少)得?最[快慢]|变化率|增减率|变动率|幅度|增速|"
            rf"同比|(?:多|少|高|低|涨|降)了?几个(?:百分)?点|{_MOVE}(?:了)?(?:百分之|多少%|几个百分点|几个点|多少个?百分|"
            "%|比例)|百分之几|百分之多少|多少个?百分点"
        )),
        (Operation.FILTER, (
            r"(?:哪些|哪几个|哪几家|哪一?家|有哪些|哪个|有没有|谁).{0,4}?(?:单位|部门|"
            r"机构|地方|家)?.{0,6}?(?:没有|没花|没安排|不花|为零|为0|是零|是0|"
            r"未安排|零)|(?:哪些|哪几个|哪几家)(?:单位|部门|机构)(?!构成|组成)\s*(?:都)?(?:□|"
            r"有|安排|花|编列|超过|大于|低于|少于)|哪家.{0,3}(?:有|安排了?|花了?|编了?)□|(?<!由)谁(?:家|还)?.{0,2}(?:有|养着?|买了?|花了?|安排了?)□"
        )),
        (Operation.RANK, (
            r"排(?:名|在|行)?第?[一二三四五六七八九十\d]|第[一二三四五六七八九十\d](?:名|大|高|多|少|位|低|小)|最高|最多|最大|最贵|最花钱|最低|最少|最小|排名|排行|排序|排个名|排一?下|排个序|"
            r"前[一二两三四五六七八九十\d](?!年)|从高到低|从低到高|从多到少|谁更|谁(?:的)?[^,，。;；]{0,"
            r"12}?(?:多(?!少)|高|少|低)|哪个.{0,14}?(?:更|比较)?(?:多|高|少|低|大|"
            r"小)|哪(?:个|家|一个)(?:单位|部门).{0,16}?(?:更|比较|较)?(?:多|"
            r"高|少|低)|花得?最|首位|最快|最慢|第一名|头名|大头"
        )),
        (Operation.TABLE, (
            r"比一比|对比|作比较|做个?比较|列个?表|做个?表|制表|(?:各|每个?|"
            r"所有|全部|几家|几个|各个|各家)(?:单位|部门)|比较一下|横向比较|"
            r"一览"
        )),
        (Operation.CHANGE, (
            rf"(?:比|较|与|同|跟|和)(?:上一?年度?|去年度?)(?:相?比)?(?:呢|怎么样|如何)?[?？]?$|(?:比|较|跟|和|与|同|相比){_BASE}.{{0,10}}?(?:{_MOVE}|差|相比|"
            rf"情况)|{_MOVE}(?:了)?(?:多少|几|什么|情况|额|不少)|(?:多|少|大|小|高|低)(?:了|"
            "花了?|安排了?|出)(?:多少|几)|新增(?:了)?(?:预算|支出|收入|资金)?(?:额|多少|几)|是(?:增|减|涨|降|多了|少了|多还是|"
            "变多|变少)|(?:增加|减少|增长|下降|涨|降|变化)(?:了没有|了没|没有|"
            "了吗|吗|没?[?？]|了?[?？]|了?$)|有(?:没有|无)?(?:增加|减少|变化|"
            rf"增长|下降)|有多大变化|变化大|变了多少|{_BASE}.{{0,4}}(?:{_MOVE})|"
            rf"(?:比|较|跟|和|与|同|相比){_BASE}.{{0,10}}?(?:多(?!少)|(?<!多)少)|(?:变|"
            "更)(?:多|少)了"
        )),
        (Operation.DIFFERENCE, (
            r"几倍|多少倍|差多少|相差|差额(?!拨款|事业|单位|预算|补助|管理|□)|差距|差了|差异|差几|之差|多多少|(?<![至最])少多少|"
            r"高多少|低多少|高几|高出|一样(?:多|高)?(?:吗|么|不|[?？]|$)|相同(?:吗|么)|相等|同不同|是否相同|"
            r"(?:比|较).{1,16}(?:多|少|高|低)(?:了)?(?:多少|几|"
            r"出)|省了|节约了|超支|□(?:减[去掉]?|扣[除掉去])□|□(?:超过|超出|高于)(?:了)?□(?:了)?(?:多少|几)|(?:大于|小于|超过|超出|高于|低于|多于|少于).{0,10}(?:吗|么)"
        )),
        (Operation.AVERAGE, r"平均(?!得分|分)|均值|平均值"),
        (Operation.SUM, (
            r"一共|合计(?:是)?(?:多少|花)|加起来|加在一起|总共|之和|总和|相加|"
            r"共计|加总|合起来|合在一起|加一起|共(?:花|有|是|多少)|总的|总价值|总值|合计(?:有|是|共)?□[?？]?$|□(?:两项|二者|两者|三项)?的?(?:合计|总计|总额|总数)(?:是|为)?[?？。]?$|□(?:\([^)]*\))?(?:加上?|\+|再加上?)□|加在?一块儿?|加一块儿?|总和"
        )),
        (Operation.TARGETS, (
            r"绩效目标|绩效指标|指标值|目标值|考核指标|预期目标|满意度(?:指标|"
            r"目标|要求)|(?:产出|数量|质量|时效|效益|成本)指标|总体目标|年度目标"
        )),
        (Operation.BREAKDOWN, (
            r"有哪些[?？]?$|都有哪些|(?:里|里面|中|里头)都?有些?(?:什么|啥)[?？]?$|都?(?:管|含|包)(?:着|括|含)?些(?:啥|什么)|怎么(?:花|用|分配|分)|花在了?(?:哪|什么)|花到哪|用在了?(?:哪|什么)|用到哪|"
            r"都花|花哪|拆[开分]|细分|分项|清单|逐项|列(?:出来|一下|一列)|构成|分别(?:是|为|有|花)?多少|各(?:是|为|有|占|花|多少|"
            r"类)|明细|细目|具体(?:包括|有哪些|构成)|由(?:哪些|什么)(?:组成|"
            r"构成)|分(?:成|为)?(?:了)?(?:哪|几|多少)[几些]?(?:块|项|部分|类|个方面)|包括(?:哪些|什么|啥|哪[一二三四五六几]项)|包含(?:哪些|什么)|有哪几(?:块|项|类|部分)|"
            r"哪些(?:方面|部分|科目|支出|开支|收入|来源)|从哪(?:里|儿)?来|来源"
        )),
        (Operation.LIST, (
            r"(?:有|是|包括|包含|安排了?|做了?|搞了?)?(?:哪些|什么|哪几个|哪几项|"
            r"几个|多少个)(?:具体|重点|主要|大)?(?:的)?项目|项目(?:有|都有|包括|"
            r"分别|清单|列表|名单|名称)|列出.{0,8}项目|几个项目|项目.{0,4}各"
        )),
    )
)  # fmt: skip

TOPICS: dict[str, re.Pattern[str]] = {
    "implementer": re.compile(r"实施主体|(?:由|让)?哪些(?:科室|处室|单位|部门).{0,4}实施|谁(?:来)?(?:实施|负责|执行)|由谁"),
    "duties": re.compile(
        r"职责|职能(?!科|处|股|部门|机构)|干(?:什么|啥|嘛)(?!用)|做什么的|是干嘛(?!用)|负责什么|负责哪些|管什么|[管干做](?:着)?(?:哪|些)些?(?:什么|啥)?(?:事|工作|业务)|"
        r"主要工作是什么|主要业务|主管什么"
    ),
    "tasks": re.compile(
        r"工作任务|主要任务|重点工作|工作重点|年度工作|工作计划|要做(?:什么|"
        r"哪些)|打算做|工作安排|重点抓"
    ),
    "units": re.compile(
        r"(?:包含|包括|包了|涵盖|覆盖|下属|下辖|所属|下设|纳入|由|有)(?:了)?(?:哪些|几个|几家|"
        r"多少个|什么|多少家|哪几个|哪几家|哪[两三四五]个?|哪[两三四五]家)?(?:下属|预算|决算|二级|所属|直属|事业|"
        r"编制范围的?)?(?:单位|机构(?!设置)|成员单位)|(?:纳入|列入|编入).{0,10}(?:预算|决算).{0,6}单位|单位(?:一共|总共|共)?(?:有|是)?(?:几|多少)(?:个|家)|"
        r"(?:预算|决算)(?:里|中|的?范围)?(?:都|一共)?(?:包括|包含|涵盖|覆盖)(?:了)?(?:哪几|哪些|几)(?:家|个)?[?？]?$|哪些(?:下属|二级|预算|所属|直属)?单位(?:构成|组成|$|\?|？)|(?:预算|决算|下属|所属|二级)单位(?:都?有|是|包括)?哪|单位构成|单位组成|单位名单|下属单位|"
        r"直属单位|所属单位|(?:下属|所属|下面|底下).{0,4}单位.{0,3}(?:叫|名字|名称)|(?:底下|下面|手下).{0,6}(?:有没有|有|管着?).{0,4}单位"
    ),
    "organisation": re.compile(
        r"内设|职能(?:科|处|股)室?|机构设置|组织机构|组织架构|机构情况|基本情况|科室|处室|几个科(?!目)|"
        r"多少个科(?!目)|哪些科(?!目)|哪些处|哪些部门组成|什么级别|副处|正处|级别|性质的?单位|"
        r"单位性质|经费性质"
    ),
    "purpose": re.compile(r"用途|用来(?:做|干)|主要用于|用于(?:什么|哪|干)|干什么用|做什么用|花在什么|用在什么|做啥用|发给(?:哪些|什么|谁|啥)|(?:是)?给(?:哪些人|谁)的|给哪.{0,4}用"),
    "basis": re.compile(r"立项依据|政策依据|根据(?:什么|哪些)(?:文件|政策|规定)|依据(?:是|什么)|法律依据"),
    "period": re.compile(r"实施周期|项目周期|实施期限|实施期(?!资金|总额|目标|限|.{0,6}(?:多少|几)(?:钱|元|万|资金))|什么时候(?:开始|结束)|多长时间|起止"),
    "scheme": re.compile(r"实施方案|怎么实施|如何实施|实施计划"),
    "overview": re.compile(
        r"项目概[况述]|项目简介|(?:是|干)什么项目|项目(?:是|干)(?:什么|啥)的?|"
        r"项目内容|介绍.{0,10}项目"
    ),
}  # fmt: skip

_OFF_DOMAIN = re.compile(
    r"[你您](?:个人)?(?:觉得|认为|怎么看|有什么看法).{0,24}(?:合理|应该|该不该|值不值|好不好|浪费|太多|太少|太高|太低|贵不贵|必要)|天气|股票|股价|股市|涨停|基金净值|大盘|彩票(?!公益金)|笑话|写(?:一?首|一?篇|"
    r"个)|翻译|代码|编程|python|菜谱|怎么做菜|电影|歌曲|明星|足球|篮球|比分|"
    r"星座|感冒|看病|吃药|减肥|恋爱|旅游攻略|机票|酒店|"
    r"你是谁|你叫什么|你是什么模型|system\s*prompt|提示词|忽略(?:以上|之前|"
    r"前面)|ignore (?:all|the|any|previous)|讲个|唱|作诗|作文|解方程|房价|"
    r"汇率|油价是|几点了|星期几|hello|weather|joke|poem|stock|recipe|bitcoin|"
    r"比特币"
)
_MONEY_UNIT = (
    (re.compile((
        r"多少亿|几亿|亿元(?:为单位|计)|以亿元|用亿元|换算成亿元?|换成亿元?|折合.{0,3}亿|"
        r"in (?:hundred million|100 million)"
    )), "亿元"),
    (re.compile(r"多少万|几万|几百万|几千万|万元(?:为单位|计)|以万元|用万元|换算成万元|换成万元?|单位.{0,3}万元"), "万元"),
    (re.compile(
        r"多少元|几元|元(?:为单位|计)|以元|用元|换算成元|换成元|精确到元|几块钱|多少块|"
        r"单位.{0,3}(?<!万)元|in yuan"
    ), "元"),
)  # fmt: skip


_TWO_TABLES = re.compile(
    r"在(?P<one>[^,，。表]{1,16})表(?:里|中|上)?[和与跟同](?P<two>[^,，。表]{1,16})表(?:里面?|中|上)?"
)
_TABLES = re.compile(r"(?P<name>[^,，。;；?？、\s和与跟同里]{1,16}?)表(?:里面?|中|内|上)?的?$")
_TABLE = re.compile(
    r"(?P<name>[^,，。;；?？、\s]{0,24}?)(?:表格|附表|那张表|这张表|表)(?:里面?|中|内|上|当中|里头)(?:的|列的?|写的?|填的?|印的?)?"
)


def table_named(text: str) -> tuple[str, tuple[int, int]] | None:
    """The words of the table that a question points into, and where they stand ("…表里的")."""
    found = _TABLE.search(text)
    return None if found is None else (found["name"], found.span())


_TABLES_BESIDE = re.compile(
    r"(?P<one>(?:三公|基本支出|项目支出|一般公共预算|功能分类|经济分类|财政拨款|收支|收入|支出|总)[^,，。表]{0,8}?)表(?:里面?|中|上)?的?[和与跟同]"
    r"(?P<two>[^,，。表]{1,16})表(?:里面?|中|上)?的?(?=[^,，。]{0,12}(?:一样|相同|一致|对得上|相符|差多少|相差))"
)


def two_tables(text: str) -> tuple[str, str, tuple[int, int]] | None:
    """Two tables in which one account is said to stand ("在三公经费表和基本支出表里"), with where they are named."""
    found = _TWO_TABLES.search(text) or _TABLES_BESIDE.search(text)
    return None if found is None else (found["one"], found["two"], found.span())


def table_before(text: str) -> str:
    """The table that an account right behind this text is said to stand in ("三公表里的"), "" for none."""
    found = _TABLES.search(text)
    return "" if found is None else found["name"]


SEVERAL_PROJECTS = re.compile(
    r"(?:(?P<count>[两二三四五六七八九十]|(?<!\d)\d{1,2}(?!\d))|几|这些|所有|全部|各)个?[^,，。年]{0,10}?(?:项目|专项)(?!支出|业务)"
)
"""Several projects spoken of together ("三个项目")."""


FROM_TO = re.compile(r"从(?:多少|几)[^,，。]{0,10}?(?:到|至|成)了?(?:多少|几)")
"""It is asked from what to what an amount moved."""


def operations(text: str) -> list[Operation]:
    """The operations a folded question may want, most definite first."""
    found = [operation for operation, pattern in _OPERATIONS if pattern.search(text)]
    return [*found, Operation.CHANGE] if FROM_TO.search(text) and Operation.CHANGE not in found else found


def topic(text: str) -> str:
    """The kind of prose asked for ("duties", "units", …), "" for none."""
    return next((name for name, pattern in TOPICS.items() if pattern.search(text)), "")


def off_domain(text: str) -> bool:
    """Whether the question is about something that budgets never speak of, or tries to give instructions."""
    return _OFF_DOMAIN.search(text.lower()) is not None


_NEVER_SAID = re.compile(
    r"[你您](?:个人)?(?:觉得|认为|怎么看).{0,30}(?:腐败|贪污|猫腻|合理|浪费|值不值)|起征点|税率|(?:怎么|如何|在哪)(?:交|缴|报|退)税"
    r"|(?:帮|给|替|请)(?:我|忙|你)?写(?:一?篇|一?首|个|封|份)[^,，。?？]{0,20}(?:文章|评论|诗|稿子?|作文|报道|信|段子)"
)


def no_disclosure_says(text: str) -> bool:
    """Whether a folded question is out of scope whatever account it names: an opinion, how to pay a tax, a text to be written."""
    return _NEVER_SAID.search(text) is not None


_COUNTED_IN_A_BODY = re.compile(
    r"(?:学校|小学|中学|幼儿园|医院|卫生院|卫生服务中心|街道|社区)[^,，。?？]{0,5}?(?:一共|总共|服务|现)?(?:有)?(?:多少|几)(?:个|名|位|所|张|万)?"
    r"(?:在校)?(?:学生|老师|教师|教职工|教学班|班级|班|床位|病床|人口|居民|幼儿|小朋友|行政村)"
)


def counted_in_a_body(text: str) -> bool:
    """Whether a folded question counts pupils, beds or inhabitants of a kind of body, and says not of which one.

    >>> counted_in_a_body("学校有多少学生?"), counted_in_a_body("全国有多少学生?")
    (True, False)
    """
    return _COUNTED_IN_A_BODY.search(text) is not None


def contact(text: str) -> bool:
    """Whether an address, a telephone number or opening hours are asked for: no disclosure is for that."""
    return (
        re.search(
            r"电话(?:号码)?(?:是)?(?:多少|几)(?!钱)|办公地[点址]|在哪条路|联系(?:电话|方式)|邮编|邮箱|上班时间",
            text,
        )
        is not None
        and "费" not in text
    )


def money_unit(text: str) -> str:
    """The money unit the answer is wanted in, "" for as printed."""
    return next((unit for pattern, unit in _MONEY_UNIT if pattern.search(text)), "")


def falls(text: str) -> bool:
    """Whether what is spoken of is a fall ("减少最多的", "哪个单位降了"), so that the lowest change comes first."""
    return re.search(_FALL, text) is not None and re.search(rf"{_RISE}|最小|最少", text) is None


def where(text: str) -> bool:
    """Whether the place in the document is asked for ("在第几页", "哪张表")."""
    return (
        re.search(
            r"第几页|哪一?页|哪(?:一?张|个|些|几张)表|什么表|哪个位置|在文件(?:的)?哪|出自哪|哪里(?:能|可以)?(?:看|查|找)到",
            text,
        )
        is not None
    )


def excepted(text: str) -> bool:
    """Whether the accounts named (□) are to be left out ("除了□以外", "扣除□")."""
    return (
        re.search(
            r"(?:除(?:了|去|开|掉)?|扣(?:除|掉|去)|刨去|去掉|(?<!含)不含|(?<!算)不算|(?<!包)不包括|抛开)□(?:(?:和|、|及|与)□)*",
            text,
        )
        is not None
    )


def absent(text: str) -> bool:
    """Whether a filter asks for those without."""
    return re.search(r"没有|没花|没安排|不花|为零|为0|是零|是0|未安排|零(?:安排|支出|预算)?|没", text) is not None


def meaning(text: str) -> bool:
    """Whether the meaning of a word is asked for in so many words."""
    return re.search(r"解释|定义|含义|什么意思|啥意思|名词|什么叫|指的?是?什么|怎么理解", text) is not None


def which_body(text: str) -> bool:
    """Whether one or several bodies of a place are asked for ("哪个部门花得最多")."""
    return re.search(r"哪(?:个|些|家|几家|几个)(?:部门|单位|局)", text) is not None


def everyone(text: str) -> bool:
    """Whether all units are meant."""
    if re.search(r"(?:科目|项目|经费|支出|收入|款项)(?:里|中|当中|里面|之中|里头)", text) and "单位" not in text:
        return False  # "六个科目里谁的增幅最高"
    if re.search(r"(?:下面|下属|所属|底下|下辖|其中)(?:的)?哪(?:些|个|家|几个|几家)(?:单位|部门|机构)", text):
        return False  # units of the one at hand
    if re.search(r"(?:主管|上级|归口?|隶属|从属|属于?|领导)[^,，。]{0,8}哪", text):
        return False  # "主管部门是哪个局": whom it is under
    return (
        re.search(
            (
                r"各(?:个|家)?(?:单位|部门|地|市)|每个?(?:单位|部门)|所有(?:的)?(?:单位|"
                r"部门)|全部(?:单位|部门)|哪(?:些|个|家|几个|几家|一个|一家)(?:的)?(?:单位|"
                r"部门|中心|局)(?!构成|组成)|"
                r"(?:[几各两二三四五六七八九十]|\d+)(?:个|家|所)■|(?:所有|全部|各)■|"
                r"(?<!由)谁(?:家|还)?.{0,2}(?:有|没有?|养着?|买了?|花了?|安排了?)(?!最|更)|谁(?:的)?.{0,12}?(?:最|更|多|高|少|低|没|降|涨|增|减)|(?<!单位)[两二三四五六七八九十]家(?!公司|机构|企业|供应商|下属|事业|预算)|是哪一?家(?:[,，。?？]|$)|"
                r"几个单位|几家单位|"
                r"单位(?:之)?间|排名|排行|(?:[两二三四五六七八九十]|\d+)(?:个|"
                r"家)(?:单位|部门|机构)|哪里.{0,8}最"
            ),
            text,
        )
        is not None
    )


def falling(text: str) -> bool:
    """Whether a decrease is asked for as such ("减少了多少"), so that its size is the answer."""
    return (
        re.search(
            rf"{_FALL}(?:率|幅|了|额|收|支)?(?:是)?(?:多少|几|百分之)|少了(?:多少|几)|降幅|跌幅|(?:省|节约|节省)(?:了|下)?(?:多少|几)",
            text,
        )
        is not None
    )


def follow_up(text: str) -> bool:
    """Whether the question leans on the one before ("那…呢？", "为什么？")."""
    return (
        re.search(r"^(?:那么?|还有|另外|然后|再|其中)|呢[?？。!！]*$|^(?:和|与|跟)", text) is not None or len(text) <= 6
    )
