"""The measure words (量词) and units of Chinese reports, in simplified characters.

A unit is read by the longest match: 个百分点 before 个, 人次 before 人. Besides the listed
words there are rules: a second word in brackets (场(次), 册(份)), a ratio of any two (元/吨), and
个 parted from its noun (6个多月, 1个半小时).
"""

from __future__ import annotations

import re
from typing import Literal

UnitKind = Literal["count", "percent", "money", "duration", "ordinal", "label"]

_PERCENT = "% ‰ ‱ 个百分点 百分点 个基点 成"
_MONEY = (
    "元 美元 欧元 港元 港币 日元 英镑 韩元 卢布 澳元 加元 瑞士法郎 新加坡元 新台币 "
    "澳门元 人民币 美金 块钱"
)
_DURATION = (
    "年 周年 个月 天 日 周 个周 星期 个星期 小时 个小时 钟头 个钟头 分钟 秒 秒钟 毫秒 工作日 "
    "个工作日 自然日 个自然日 个交易日 个工作天 个季度 个年度 个学期 刻钟 个昼夜 个世纪 "
    "日历天 个日历天"
)
# Counted with a numeral in either script: 三个, 3个.
_CLASSIFIERS = (
    "个 名 位 户 家 项 件 条 宗 起 例 场 期 批 份 册 本 部 篇 幅 张 套 台 辆 架 艘 座 所 间 栋 "
    "幢 支 组 类 种 轮 次 倍 方面 部门 大类 大项 小类 小项 人次 场次 批次 家次 户次 件次 车次 "
    "班次 频次 个批次 个大类 个小类 个班次 个场次 个门类 宗地 亩 公里 吨 平方米 平方公里 人 番 "
    "道 层 级 大 处 块 部分 环节 阶段 步 代 章 门 首 枚 颗 棵 株 只 头 匹 桩 集 盏 扇 副 对 枝 "
    "根 把 片 样 款 岁"
)
# Counted with digits only: with Chinese numerals these begin or end words (四方, 三点, 五星, 三公).
_MEASURES = (
    "口 节 孔 眼 羽 尾 丛 面 级 档 栏 行 页 卷 字 段 句 点 分 度 步 遍 回 趟 顿 声 笔 单 票 粒 "
    "滴 瓶 箱 桶 袋 包 盒 筐 车 船 床 席 桌 餐 剂 针 剂次 针次 服 味 贴 具 站 班 队 团 股 伙 "
    "群 排 连 线 路 环 链 圈 点位 站点 网点 课时 学时 个学时 个课时 学分 课 份次 人份 人月 "
    "人年 人日 人天 台套 件套 辆次 台次 架次 艘次 列次 机次 头次 只次 天次 条次 例次 项次 单次 "
    "位次 个位次 名次 个名次 宗次 起次 篇次 处次 点次 批次人 床位 席位 标段 个标段 标准箱 "
    "个标准箱 标箱 部委 品种 列 封 人口 周岁 地 地块 折 星 星级 梯次 镇 乡 村 社区 街道 乡镇 "
    "镇街 省 市 县 省份 地市 州 公顷 公亩 平方千米 平方分米 平方厘米 平米 平方 方 立方米 立方 "
    "立方千米 立方厘米 米 延米 延长米 千米 里 华里 英里 海里 分米 厘米 毫米 微米 纳米 英寸 寸 "
    "尺 丈 公吨 千克 公斤 克 毫克 微克 纳克 斤 两 担 升 毫升 公升 微升 加仑 蒲式耳 千瓦 千瓦时 "
    "兆瓦 兆瓦时 吉瓦 吉瓦时 瓦 瓦时 千伏 伏 千伏安 兆伏安 安培 焦耳 吉焦 千焦 卡 千卡 大卡 "
    "赫兹 兆赫 帕 兆帕 摄氏度 分贝 兆 兆字节 字节 比特 吨标准煤 吨标煤 吨公里 人公里 车公里 "
    "人·公里 吨·公里 标准立方米 标方 蒸吨 载重吨 总吨 吨位 吨级 公里级 千粒 核心小时 机柜 机架 "
    "标准机架 人·次 算力 EFLOPS PFLOPS TFLOPS PF EF TF P km km2 km² km/h kV kW kWh kVA MVA MW "
    "MWh GW GWh TWh W V m m2 m² m3 m³ mm cm nm μm kg mg g t L ml mL GB TB PB MB KB Mbps Gbps "
    "hm² ha dB Hz MHz GHz ℃ ㎡ ㎞ ㎢ ㎏ ㎥ ㎜ ㎝ mg/L μg/m³ TEU Pa MPa"
)
_ORDINAL = "届 季度"
_LABEL = "号 版 版本 强"

KINDS: dict[str, UnitKind] = dict.fromkeys((_CLASSIFIERS + " " + _MEASURES).split(), "count")
KINDS |= dict.fromkeys(_PERCENT.split(), "percent")
KINDS |= dict.fromkeys(_MONEY.split(), "money")
KINDS |= dict.fromkeys(_DURATION.split(), "duration")
KINDS |= dict.fromkeys(_ORDINAL.split(), "ordinal")
KINDS |= dict.fromkeys(_LABEL.split(), "label")

CLASSIFIERS = frozenset(f"{_CLASSIFIERS} {_DURATION} {_PERCENT} {_MONEY} {_ORDINAL}".split())

# A word that begins like a unit and is another word, whatever number stands before it.
_OTHER_WORDS = re.compile(
    r"个(?:体(?:工商|经营|户|私|企)|人所得)"
    r"|人(?:民(?:币|政府|法院|检察|代表)|大(?:代表|常委|工作|会议))"
    r"|成(?:立|功|员|果|本|交|为|效|品|熟|长|年|人|都|绩|就|型|语|批|像|份|分|片|套|文)"
    r"|项目(?![标录的前])|分(?:别|为|析|类|局|支|布|享|解|散)|元(?:旦|素|宵|宇宙)"
    r"|点(?:击|名|亮|赞)|年(?:级|代|龄段)|里程"
    r"|列(?:入|为|支|举|席|出|全|第|级)|封(?:面|闭|控|存|顶|装|关|堵)|方(?:案|向|式|针|便)|行(?:动|业|政|为)|路径"
    r"|线[上下]|口(?:岸|径)|市(?:场|民|级|直|委|政)|县(?:级|委|直|域)|省(?:级|委|直)"
    r"|村(?:级|民|委|居)|镇(?:级|域)|强(?:化|调|国|省|市|县)|单(?:位|一|独)|车(?:间|位)|级别"
    r"|大(?:数据|力|型|批|量|幅|会|学|局)|度(?:假|电)|班子|队伍|团队|两[岸会]|站位"
)
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _word in sorted(KINDS, key=len, reverse=True):
    _BY_FIRST[_word[0]] = (*_BY_FIRST.get(_word[0], ()), _word)

_NEXT_AFTER = re.compile(r"之(?=[,，、;；。]|$)")
_BRACKETED = re.compile(r"\(([次份个件家户人条项类宗场期张名批起辆台只头])\)")
_SPLIT = re.compile(r"个[多余来半](月|小时|星期|钟头|工作日|百分点|学期)")
_PER = re.compile(r" ?/ ?(?:(?:百|千|万|亿|十万|百万)(?=[人户平元辆件车]))?")


def unit_at(folded: str, at: int, *, words: frozenset[str] | None = None) -> tuple[int, str]:
    """Where the unit that begins at `at` ends, and the word that decides its kind.

    `words` narrows the vocabulary. ``(at, "")`` where there is no unit.
    """
    split = _SPLIT.match(folded, at)
    if split:
        return split.end(), "个" + split[1]
    word = _word_at(folded, at, words)
    if not word:
        return at, ""
    end = at + len(word)
    if folded.startswith("(", end):
        bracketed = _BRACKETED.match(folded, end)
        if bracketed:
            return bracketed.end(), word
    if folded.startswith(("/", " /"), end):
        per = _PER.match(folded, end)
        other = _word_at(folded, per.end(), None) if per else ""
        if per and other:
            return per.end() + len(other), word
    return end, word


def _word_at(folded: str, at: int, words: frozenset[str] | None) -> str:
    candidates = _BY_FIRST.get(folded[at : at + 1])
    if candidates is None:
        return ""
    for word in candidates:
        if folded.startswith(word, at) and (words is None or word in words):
            if word[-1].isascii() and word[-1].isalnum() and _continues(folded, at + len(word)):
                continue
            if len(word) == 1 and _OTHER_WORDS.match(folded, at):
                return ""
            if word[1:].endswith("次") and _NEXT_AFTER.match(folded, at + len(word)):
                continue  # 64件次之: the next after the first
            return word
    return ""


def _continues(folded: str, at: int) -> bool:
    """Whether an ASCII word goes on: the G of 5GHz is no unit by itself."""
    after = folded[at : at + 1]
    return after.isascii() and after.isalnum()
