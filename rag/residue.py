"""What is left of a question once units, years, accounts and question words are taken out: what it says beyond them.

A word left over right before an account narrows it to something the figures may not have ("话务员的工资"); a question in
which much is left over is about something else than the accounts it happens to name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_COMMON = sorted(
    ["请问", "请教", "请你", "请", "麻烦", "帮忙", "帮我", "帮", "问一下", "问下", "问", "查一下", "查查", "查询", "查", "看一下", "看看", "看", "找一下", "找", "告诉我", "告诉", "我想知道", "想知道", "想了解", "我想", "想", "知道", "了解", "一下", "下", "我们", "咱们", "你们", "他们", "它们", "大家", "我", "你", "您", "他", "她", "它", "谁", "这个", "那个", "这份", "那份", "这", "那么", "那", "该", "本", "贵", "其", "各自", "各个", "各", "每个", "每", "某", "单位", "部门", "机关", "机构", "中心", "学校", "大学", "街道", "办事处", "局里", "局", "委里", "地方", "政府", "财政", "年度", "年份", "年", "月", "日", "期间", "当年", "同年", "全年", "整年", "年初", "年底", "年末", "是多少", "有多少", "多少钱", "多少元", "多少万元", "多少万", "多少亿元", "多少亿", "多少", "几多", "几", "啥", "什么", "哪些", "哪个", "哪几个", "哪里", "哪", "怎么样", "怎么", "怎样", "如何", "咋样", "咋", "为什么", "为何", "为啥", "吗", "呢", "吧", "啊", "呀", "哦", "嘛", "哈", "的话", "预算安排", "安排", "编列", "编制数", "预算", "决算", "执行数", "执行", "金额", "数额", "总额", "额度", "数字", "数据", "情况", "具体", "大概", "大约", "左右", "约", "差不多", "到底", "究竟", "一共", "总共", "合计", "共计", "总计", "共", "总", "全部", "所有", "整个", "花费了", "花费", "花掉", "花了", "花", "用了", "用掉", "用于", "用", "支出", "支付", "开支", "开销", "收入", "拨款", "经费", "费用", "资金", "钱", "款", "费", "项目", "科目", "类", "款", "项", "名目", "口径", "包含", "包括", "矛盾", "一致", "合理", "披露", "是不是", "是否", "是", "有没有", "有", "没有", "没", "为", "在", "于", "对", "从", "由", "到", "给", "把", "被", "让", "向", "往", "与", "和", "跟", "同", "及", "以及", "或者", "或", "还是", "并且", "而且", "而", "但是", "但", "还有", "还", "也", "都", "就", "又", "再", "才", "只", "已经", "已", "将", "会", "能", "可以", "可", "要", "需要", "应该", "其中", "里面", "里头", "里", "中间", "当中", "中", "内", "上", "下", "前", "后", "之", "所", "得", "地", "了", "着", "过", "的", "比", "较", "占", "来", "去", "出", "增加", "增长", "减少", "下降", "上升", "变化", "变动", "持平", "增减", "涨", "跌", "降", "升", "增", "减", "多", "少", "高", "低", "大", "小", "百分之", "百分比", "百分点", "比例", "比重", "占比", "%", "幅度", "率", "差额", "相差", "差", "主要", "原因", "理由", "因为", "由于", "公布", "公开", "披露", "显示", "说明", "写明", "写的", "写", "列出", "列", "提到", "文件", "文档", "报告", "报表", "表格", "表里", "表", "材料", "资料", "网上", "这边", "那边", "目前", "现在", "现有", "现", "如今", "最近", "今年", "去年", "上年", "第一", "名称", "名字", "分别", "各是", "各多少", "各", "计算", "算算", "算", "换算", "换成", "折合", "单位是", "以", "按", "元", "万元", "亿元", "万", "亿", "块钱", "块", "人民币", "个", "台", "辆", "套", "名", "人", "家", "次", "件", "条", "份", "处", "平方米", "你好", "您好", "谢谢", "多谢", "老师", "同志", "领导", "听说", "据说", "顺便", "快", "急", "在线等", "哎", "嗯", "那边", "呃", "话说", "我是", "记者", "市民", "网友", "百姓", "老百姓", "纳税人", "想写", "篇", "报道", "新闻", "稿子", "稿", "写", "简单", "直接", "准确", "精确", "一句话", "回答", "即可", "就行", "就好", "最好", "政府部门", "机关单位", "事业单位", "实有", "共有", "拥有", "存在", "涉及", "涉", "属于", "作为", "通过", "进行", "实行", "实施", "实际", "真实", "真正", "本身", "自己", "官方", "公家", "公共", "年的", "度", "时", "时候", "后来", "以来", "起", "止", "截至", "截止", "what", "is", "was", "were", "are", "the", "of", "in", "on", "for", "and", "to", "how", "much", "many", "does", "did", "do", "has", "have", "a", "an", "s", "by", "at", "from", "please", "tell", "me", "about", "show", "give", "it", "its", "their", "this", "that", "which", "who"],
    key=len,
    reverse=True,
)
_COMMON_RE = re.compile("|".join(map(re.escape, _COMMON)), re.IGNORECASE)
_BREAK = re.compile(r"[\s,，。;；:：?？!！、()（）\[\]\x00-\x1f]")


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches blanked, the same length."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def content(text: str) -> list[str]:
    """The words left when everyday question words are taken out: runs of two or more Chinese characters, Latin words."""
    rest = _COMMON_RE.sub(" ", text)
    return [word for word in re.findall(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}", rest.lower())]


def qualifier(text: str, start: int, taken: Sequence[tuple[int, int]]) -> str:
    """The unknown word right before the account at `start` that narrows it, "" for none."""
    blank = masked(text, [span for span in taken if span[1] <= start])
    before = _BREAK.split(blank[:start])[-1]
    before = re.sub(r"(?:花在|用于|用在|安排|支付|投入|关于|列支|列)?的?$", "", before)
    left = re.sub(_COMMON_RE.pattern, " ", before, flags=re.IGNORECASE).rstrip()
    if before and _COMMON_RE.fullmatch(before[-1:]) and not left.endswith(before[-1]):
        tail = re.search(r"[\u4e00-\u9fff]{2,}$", left) if before.endswith(("的", "里", "中")) else None
        return tail.group() if tail else ""
    tail = re.search(r"[\u4e00-\u9fff]{2,}$", left)
    return tail.group() if tail else ""
