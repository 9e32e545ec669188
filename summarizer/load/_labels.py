"""What a government site says about a document: 索引号, 发布机构, 发文日期 and their like.

The labels are those of the information tables that the rules on government information
disclosure ask for; sites set them as a table, as a list, or as one line under the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPACE = r"[ \t\u00a0\u3000\u2002\u2003\u200b]*"
_KNOWN_LABELS = """
    索引号 索取号 信息索引号 信息索引 发布机构 发布机关 发布单位 发文机关 发文机构 发文单位
    公开机构 公开主体 制发机关 制发单位 信息提供单位 发文日期 成文日期 生成日期 制发日期 形成日期
    发布日期 发布时间 印发日期 公开日期 公开时间 生效日期 实施日期 失效日期 废止日期 更新时间 日期
    时间 文号 发文字号 发文文号 文件编号 标题 名称 信息名称 文件名称 公文种类 主题分类 分类 信息分类
    体裁分类 体裁 组配分类 服务对象 所属栏目 主题词 关键词 内容概述 内容概览 内容摘要 信息摘要 摘要
    时效 时效性 有效性 效力状态 公文时效 来源 信息来源 文章来源 稿件来源 作者 责任编辑 编辑
    公开方式 公开范围 公开类别 公开程序 公开时限 公开形式 语种 保存年限 载体类型 记录形式
"""
# Page furniture that has the form of a label but says nothing about the document.
_FURNITURE_LABELS = """
    阅读 阅读次数 阅读量 浏览次数 浏览量 浏览 点击数 点击 点击率 访问量 字体 字号 字体大小 打印
    分享 分享到 文件下载
"""
_IDLE = frozenset(_FURNITURE_LABELS.split())
LABELS = frozenset(_KNOWN_LABELS.split()) | _IDLE
_LONGEST_VALUE = 500
_BETWEEN = " \t\u00a0\u3000|｜[【(（"
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: +\d{1,2}:\d{2}(?::\d{2})?)?")
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s|｜\]】)）\[【(（]))"
    rf"({'|'.join(_SPACE.join(label) for label in sorted(LABELS, key=len, reverse=True))})"
    rf"{_SPACE}[】\]]?{_SPACE}[:：]"
)


def labelled_values(cells: Iterable[str]) -> dict[str, str] | None:
    """The label–value pairs of a line, or None if the line is not made of such pairs.

    `cells` are those of a table row, or the one text of a line. A label is written without the
    spaces that set it out to width (索 引 号 → 索引号). Furniture such as a page counter is
    recognised, so that the line counts as labels only, but gives no pair.
    """
    pairs: dict[str, str] = {}
    awaiting = ""
    for cell in cells:
        name = _name(cell)
        if name in LABELS:
            awaiting = name
        elif (inside := _pairs_inside(cell)) is not None:
            pairs.update(inside)
            awaiting = ""
        elif awaiting:
            pairs.setdefault(awaiting, cell)
            awaiting = ""
        elif cell.strip():
            return None
    if not pairs and not awaiting:
        return None
    return {
        name: value[:_LONGEST_VALUE] for name, value in pairs.items() if value and name not in _IDLE
    }


def label_alone(text: str) -> str:
    """The label that makes up the whole of `text`, or an empty str."""
    name = _name(text)
    return name if name in LABELS and name not in _IDLE else ""


def _pairs_inside(text: str) -> dict[str, str] | None:
    if ":" not in text and "：" not in text:
        return None
    matches = list(_LABELLED.finditer(text))
    if not matches:
        return None
    before = text[: matches[0].start()].strip(_BETWEEN)
    if before and not _DATE.fullmatch(before):
        return None
    ends = [match.start() for match in matches[1:]] + [len(text)]
    pairs = {"日期": before} if before else {}
    for match, end in zip(matches, ends, strict=True):
        pairs.setdefault(_name(match[1]), text[match.end() : end].strip(_BETWEEN))
    return pairs


def _name(text: str) -> str:
    return "".join(text.split()).strip("\u200b:：") if len(text) <= 40 else ""
