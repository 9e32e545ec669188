"""Closed classes of Chinese words that the checker needs: no phrase of any report stands here.

All words are in simplified characters and half-width punctuation, as `folding.fold` leaves them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Direction = Literal["up", "down"]

# Words that carry no content of their own: they neither support a statement nor speak against it.
_FUNCTION_WORDS = (
    "截至目前", "截止目前", "今年以来", "一年来", "以来", "全年", "年度", "目前", "截至",
    "截止", "同时", "此外", "另外", "其中", "分别", "累计", "合计", "总计", "共计", "一共",
    "不低于", "不高于", "不少于", "不多于", "不超过", "总共", "共有", "依次", "达到", "超过",
    "突破", "不足", "不到", "接近", "将近", "左右", "以上",
    "以下", "以内", "大约", "约为", "约占", "分别为", "全市", "全区", "全县", "全镇", "我市",
    "我区", "我县", "我省", "该市", "该区", "该县", "该省", "本市", "本区", "本县", "报告指出",
    "报告显示", "报告提出", "方面", "以及", "并且", "进行", "有关", "相关", "各类",
    "各级", "包括", "主要", "均已", "全部", "今年", "本年", "年内", "去年", "情况", "工作",
    "已经", "现有", "上年", "位列", "位居", "名列", "跃居", "稳居",
)  # fmt: skip
_FUNCTION_CHARACTERS = (
    "的了和与及等在对为将是有共达约近超余已并其于由从到至把被以也还均都而又或之该各个"
)
# Adverbs between the words that belong together: 同比 in 能耗同比下降, 共 in 共办理案件.
ADVERB = re.compile(
    "同比|环比|[比较](?:上年|去年)(?:同期)?|分别|累计|共计|总计|合计|一共|总共|共|均|都|也|已经|已|达到?|了|的|约"
)
# Where it opens or closes what is said of a figure, 通过 is what was done: 通过3917人.
_THROUGH = "(?<=[^|,])通过(?=[^|,])"
FUNCTION = re.compile("|".join([*sorted(_FUNCTION_WORDS, key=len, reverse=True), _THROUGH]))
# 从 of 从轻处罚 tells it from 减轻处罚.
FUNCTION_CHARACTER = re.compile(f"(?!从(?:轻|重处|严|业[人者务]))[{_FUNCTION_CHARACTERS}]")

# What a memo says of anything, whatever its source's words: praise and blame, how, how far.
_MEMO_WORDS = (
    "成效 成果 效果 显著 明显 良好 较好 优异 突出 稳步 扎实 深入 有序 有力 有效 持续 不断 "
    "积极 大力 着力 全面 推进 推动 开展 落实 实施 加强 强化 提升 提高 完善 健全 优化 深化 "
    "加快 促进 保障 确保 建立 构建 形成 取得 实现 达到 保持 继续 进一步 切实 严格 规范 重点 "
    "关键 基本 整体 总体 较为 十分 高度 充分 显现 凸显 问题 不足 短板 差距 存在 仍然 需要 "
    "有待 亟待 缺乏 薄弱 欠缺 不够 不高 不强 不到位 力度 水平 能力 质量 作用 意识 建设 发展 "
    "提供 安排 部署 要求 措施 举措 做法 机制 体系 最大 最小 最高 最低 最多 最少 首次 近年 "
    "期间 范围 领域 环节 层面 程度 数量 规模 总量 比例 降幅 增幅 涨幅 总计 总数 其余 剩余 "
    "尚未 未能 没有 改善 改进 增强 运行 顺利 圆满 涉及 针对 围绕 结合 报告 落款 署名 发布 "
    "公布 日期 时间 提出 指出 强调 表示 介绍 记录 仍未 仍 消除 尚 所列 列明 梳理 承认 坦言 "
    "认为 提到 看到 据此 由此 推算 测算 计算 估算 扣除 剔除 除去 相当于 折合 当年 顺差 逆差 "
    "结余 相抵 倒推 增量 减量 差额 每 表现 列入 计划 则 原有 目前 现有 他们 来自 名次 位次 "
    "上一年 上年 上次 同期 方式 处理 实际 增速 加起来 告别 跨过 跨越 迈过 迈上 门槛 "
    "台阶 大关 关口 帮助 协助 支持 另外 另有 更好 更 "
    "过程 大幅 小幅 略有 这一 这个 比率 就此 前进 前移 如今 只需 此前 无一例外 来年 下年 次年 "
    "明年 不容忽视 摘得 斩获 夺得 下一年 始终 组成 绝大多数 绝大部分 大多数 多数 坦承 受益 "
    "受惠 前者 后者 打算 双双 刷新 纪录 迈入 行列"
)
MEMO_WORDS = re.compile("|".join(sorted(_MEMO_WORDS.split(), key=len, reverse=True)))

_UP = (
    "上升", "增长", "增加", "提升", "提高", "升至", "增至", "升到", "增到", "上涨", "涨至", "攀升",
    "扩大", "增多", "提速", "增幅", "涨幅", "升幅", "净增", "上调", "扩增", "翻番", "新增",
    "扩充", "延长", "扩至", "扩容", "回升", "跃升", "增为", "升为", "提至", "增设", "走高", "前移",
    "前进",
)  # fmt: skip
_DOWN = (
    "下降", "降低", "减少", "降至", "降到", "减至", "减到", "下滑", "回落", "精简", "压减", "缩减",
    "缩短", "压缩", "减幅", "降幅", "跌幅", "下跌", "下调", "缩小", "减轻", "收窄", "削减", "递减",
    "缩至", "压至", "收缩", "精减", "裁减", "减为", "降为", "萎缩", "走低", "减退", "后退", "后移",
)  # fmt: skip
MOVEMENTS = frozenset(_UP + _DOWN)
_DIRECTION_WORD = re.compile("|".join(_UP + _DOWN))
_TAKES_TIME = re.compile(r"日|天|小时|时限|用时|时间|周期")
# 提升行动 and 提升工程 are names, and 提升至 a movement.
_NAMED_MOVEMENT = re.compile(r"^(?:行动|工程|年|计划|培训|班|专项|项目|能力|水平)")


def directions(text: str) -> list[tuple[int, str, Direction]]:
    """Return every word of movement in folded text: its place, itself and where it points."""
    return [
        (found.start(), found.group(), _pointing(found, text))
        for found in _DIRECTION_WORD.finditer(text)
        if not _NAMED_MOVEMENT.match(text[found.end() : found.end() + 4])
    ]


def _pointing(found: re.Match[str], text: str) -> Direction:
    ends = text.startswith(("到", "至"), found.end())
    if found.group() == "提速" and ends and _TAKES_TIME.search(text):
        return "down"  # 从5个工作日提速到1.5个: the time grows shorter
    return "up" if found.group() in _UP else "down"


_PAIRS = 4096  # measure words compared, whose answer is remembered
# Measure words (量词) which a careful writer may exchange without changing what is counted.
_MEASURE_KIN = (
    frozenset({"名", "人", "位"}),
    frozenset({"位", "个位次", "位次", "名次", "个名次"}),
    frozenset({"件", "宗", "起", "例", "桩"}),
    frozenset({"家", "户"}),
    frozenset({"头", "只", "头只", "头(只)"}),
    frozenset({"场", "场次", "场(次)", "次"}),
    frozenset({"人次", "人(次)"}),
    frozenset({"册", "份", "册(份)"}),
    frozenset({"项", "条", "件"}),
    frozenset({"工作日", "个工作日"}),
    frozenset({"小时", "个小时"}),
    frozenset({"月", "个月"}),
    frozenset({"村", "个"}),
    frozenset({"批", "批次", "个批次"}),
    frozenset({"类", "大类", "个类", "种"}),
    frozenset({"期", "次"}),
)
_GENERIC_MEASURES = frozenset({"", "个"})
# These say more than how many things there are, so 个 cannot stand for them.
_FIRM_MEASURES = frozenset(
    [
        "人次",
        "场次",
        "家次",
        "件次",
        "批次",
        "辆次",
        "元",
        "天",
        "日",
        "小时",
        "个小时",
        "个工作日",
        "工作日",
        "个月",
        "年",
        "分钟",
        "倍",
        "亩",
        "公里",
        "吨",
        "千瓦",
        "平方米",
        "公顷",
        "米",
        "千米",
        "斤",
        "公斤",
        "立方米",
        "％",
        "%",
        "个百分点",
        "百分点",
        "千瓦时",
        "平方公里",
        "级",
    ]
)


@lru_cache(maxsize=_PAIRS)
def kindred_measures(ours: str, theirs: str) -> bool:
    """Whether two measure words count things that may be added up."""
    return ours == theirs or any(ours in kin and theirs in kin for kin in _MEASURE_KIN)


@lru_cache(maxsize=_PAIRS)
def same_measure(ours: str, theirs: str) -> bool:
    """Whether two measure words may stand for one another before the same thing."""
    ours, theirs = ours.replace(" ", ""), theirs.replace(" ", "")
    if kindred_measures(ours, theirs):
        return True
    pair = {ours, theirs}
    if not pair & _GENERIC_MEASURES:
        return False
    return "" in pair or not pair & _FIRM_MEASURES


_PROVINCE_NAMES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 "
    "湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门"
)
PROVINCES = tuple(_PROVINCE_NAMES.split())
# The organs of the State Council (国务院组成部门).
MINISTRY = re.compile(
    r"(?:外交|教育|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|农业农村|商务|退役军人事务|应急管理"
    r"|交通运输|水利|住房和?城乡建设|文化和旅游|国防|审计)部(?!门|分|署|队|长)"
)
# Words of one field that exclude each other: where the source has one, another is an error.
CONTRASTS = tuple(
    tuple(frozenset(group.split("/")) for group in row.split())
    for row in (
        "人大 政协",
        "检察院 法院",
        "检察官 法官 律师 民警",
        "检察机关 审判机关/法院 公安机关",
        "受理/收案/新收/收到 审结/办结/结案/已结",
        "受理率 办结率/审结率 调解率/调解成功率 满意率",
        "一审 二审 再审",
        "存款 贷款",
        "直接 间接",
        "书面 口头",
        "城镇 农村",
        "公办 民办",
        "小学 中学 大学",
        "上级 下级",
        "原告 被告",
        *(f"{level}委 {level}政府 {level}政协 {level}人大" for level in "省市区县"),
        *(
            " ".join(level + organ for level in "省市区县镇")
            for organ in ("委", "政府", "政协", "人大", "法院", "检察院", "司法局", "公安局")
        ),
        "人民调解 行政调解 司法调解",
        "行政许可 行政处罚 行政强制 行政裁决",
        "乡镇 村/村(社区)",
        "男 女",
        "东部 中部 西部",
        "新增 减少",
        "固定 流动",
        "年均 同比/比上年/较上年/上年 环比",
        "高于 低于",
        "快于 慢于",
        "多于 少于",
        "优于/好于 劣于/差于",
        "顺差 逆差",
        "流入 流出",
        "盈利 亏损",
        "增强 减弱",
        "外贸 进口 出口",
        "牵头 配合",
        "首次 再次",
        "最长 最短",
        "最高 最低",
        "最大 最小",
        "最多 最少",
        "户籍 常住",
        "元旦 春节 清明 五一 端午 中秋 国庆",
        "首位/第一位/榜首 前列",
        "第一产业 第二产业 第三产业",
        "财政部 司法部 公安部 教育部 民政部 商务部 农业农村部 生态环境部 发展改革委/发改委",
        _PROVINCE_NAMES,
    )
)

# What a case goes through: another word where the source itself tells the two apart.
STAGES = (("收到", "受理", "立案"), ("抽查", "检查"), ("排查", "整改"), ("收案", "受理"))
# Grades of which a thing has one.
GRADES = (
    ("特等奖", "一等奖", "二等奖", "三等奖"),
    ("金奖", "银奖", "铜奖"),
    ("一审", "二审", "再审"),
    ("第一产业", "第二产业", "第三产业"),
)

# Ways to say that a place is the first.
FIRST_PLACES = ("首位", "第一", "榜首", "第一位")

# Levels of government and reach (层级).
LEVEL = re.compile(
    r"全球|世界|国际|全国|国家级?|全省|(?<!副)省级|全市|市级|全区|区级|全县|县级|全州|全盟|全镇|全乡|省市|中央|部级|镇级|村级"
)

# Among whom a place is held, where it is not a level.
AREA = re.compile(r"[东中西]部|副省级城市|省会城市|计划单列市|同类|长三角|珠三角|京津冀|中心城区")

# Cues for a figure that was worked out (推算): without one of them nothing is derived.
SHARE_CUE = re.compile(r"占|率|比例|比重|之比")
SUM_CUE = re.compile(
    r"合计|共|总计|累计|加起来|加在一起|总数|之和|两者|二者|三者|两项|组成|总量|总额|另"
)
DIFFERENCE_CUE = re.compile(
    r"据此|推算|可知|倒推|[以之]外|非(?=[^,;。]{1,6}的有?)|扣除|减去|剔除|除去|减少|增加|相差|尚有|还有|尚未|剩|未|没有|其余|余下|仍有|多出?|少于?|下降|上升|提高|提升|降低|高于|低于|高出|其他|净增|顺差|逆差|[尚还]?缺|缺口|还差|原有|缩短|压缩|延长|结余|节余|相抵|盈余|赤字"
)
GROWTH_CUE = re.compile(
    r"增长|下降|增幅|降幅|涨幅|减幅|提高|上升|减少|增加|精简|压减|提升|降低|同比|缩减|缩短|压缩|延长"
)
AVERAGE_CUE = re.compile(r"平均|人均|户均|每|均")

# A plan (计划) speaks of what is to come; a deed (成效) of what was done.
PLAN_CUE = re.compile(
    r"(?<!已)将(?!.{0,12}(?:纳入|列入|作为))|下一步|下一年|下年|明年|来年|今后|计划|拟|要(?![求素件点])(?=[\u4e00-\u9fff]{2})"
    r"|下阶段|未来|打算|力争|目标|预期|继续|进一步|持续"
)
DONE_CUE = re.compile(
    r"已(?!成)|了|完成|全年|今年以来|一年[间中来内]|年内|当年|建成|实现|取得|成功|顺利|圆满|落地|达到?(?=\d)"
)
ORIGIN = re.compile(
    r"(?:由(?![于此])|从(?!轻|重处|严|业[人者务]|事|属|众|快|紧|而|此|来|政(?!府|务|策)|警|简|宽))[^,;。0-9]{0,12}$|原(?:来|先|有|定|计划)?的?$"
)
# One word for the things of a list, in their order.
TWO_IN_ONE = {
    "城乡": "城镇、农村",
    "存贷款": "存款、贷款",
    "存、贷款": "存款、贷款",
    "牛羊": "牛、羊",
    "一二三产": "一产、二产、三产",
}
# What stands between the names of a list, and is no part of 涉及, 参与, 和解.
NAMES_SIGN = re.compile(
    r"、|(?<=[”》])(?=[“《])|以及|和(?![解谐睦气]|平区|平(?![\u4e00-\u9fff]{0,2}[省市区县州镇乡]))|(?<![参赠])与(?![会否])"
    r"|(?<![涉普提顾遍波危触以惠兼企累言殃述])及(?![时早其格])"
)
# A list of names, then a list of figures in the same order.
RESPECTIVELY = re.compile("分别|依次")
# Last year's figure (上年为45家), and not a comparison with it (比上年增加).
LAST_YEAR = re.compile(
    r"(?<![比较同与于])(?:上年|去年|上一年)(?!回落|回升|下降|提[高升]|上升|增[长加]|减少)|(?:上年|去年|上一年)[^,;。0-9]{0,6}的$"
    r"|[比较与](?:上年|去年|上一年)$"  # 较上年7.9%的增速
)
GOAL = re.compile(r"(?:到|至|为|成)(?:了|约|近|超)?(?:\|+的)?$")  # 增长到2025年的
