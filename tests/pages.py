"""Pages as government sites write them, made around the text of a report."""

from __future__ import annotations

from html import escape

HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<meta name="SiteName" content="某市人民政府">
<meta name="ColumnName" content="法治政府建设">
<meta name="ArticleTitle" content="{title}"/><meta name="PubDate" content="2024-03-15 10:21">
<meta name="ContentSource" content="某市司法局">
<title>{title}_某市人民政府门户网站</title>
<style>p {{ text-indent: 2em }}</style>
<script>var title = "脚本里的文字，不是正文，也不应出现在正文里。";</script>
</head><body>
"""
NAVIGATION = """
<div class="top"><a href="/">网站首页</a> | <a href="/wza">无障碍浏览</a> |
<a href="/m">移动端应用</a>
<form action="/s"><input name="q" value="请输入关键字"><button>搜索</button></form></div>
<ul class="menu"><li><a href="/zw">政务公开</a></li><li><a href="/fw">政务服务</a></li>
<li><a>互动交流</a></li></ul>
<div class="crumb">您现在所在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a>
&gt; 正文</div>
<div style="display:none">
本提示平时不显示。您即将离开本网站，访问外部链接，是否继续？请确认。</div>
"""
INDEX_TABLE = """
<table class="xxgk"><tr><td><b>索 引 号：</b></td><td>k12498411/2024-00020</td>
<td>主题分类：</td><td>综合政务\\其他</td></tr>
<tr><td>发布机构</td><td>某市司法局</td><td>发文日期</td><td>2024-03-15</td></tr>
<tr><td>文&#12288;&#12288;号</td><td>某政发〔2024〕14号</td><td>时&nbsp;&nbsp;效</td><td>有效</td></tr>
<tr><td>内容概述</td>
<td colspan="3">2023年，某市推进依法行政，办理案件4321件，现予公布。</td></tr></table>
"""
SHARE_BAR = """
<div class="info"><span>来源：某市司法局</span>&nbsp;&nbsp;
<span>发布时间：2024-03-15 10:21</span>
<span>浏览次数：<b>1024</b> 次</span> <span>字体：【<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div class="bdsharebuttonbox">分享到：<a>微信</a><a>新浪微博</a><a>QQ空间</a></div>
"""
FOOT = """
<div class="tools"><a>【打印本页】</a> <a>【关闭窗口】</a></div>
<div><p>上一篇：<a href="1.htm">某市2022年法治政府建设年度报告</a></p>
<p>下一篇：<a>没有了</a></p></div>
<div class="footer"><p>主办单位：某市人民政府办公室　承办单位：某市大数据局</p>
<p>地址：某市某路88号 邮编：100000 电话：0000-1234567</p>
<p>网站标识码：3207000001　<a>苏ICP备05000001号</a>　苏公网安备 32070502010001号</p>
<p>建议使用1920×1080分辨率，IE9.0及以上版本浏览器浏览本站，以获得更好的体验。</p></div>
</body></html>
"""


def government_page(
    lines: list[str], *, title: str = "", charset: str = "utf-8", body: str | None = None
) -> bytes:
    """A page with everything around the article; `body` in place of `lines` as paragraphs."""
    if body is None:
        body = "\n".join(f"<p>　　{escape(line)}</p>" for line in lines)
    page = (
        HEAD.format(title=escape(title), charset=charset)
        + NAVIGATION
        + f'<div class="main">{INDEX_TABLE}<h1>{escape(title)}</h1>{SHARE_BAR}'
        + f'<div class="TRS_Editor" id="zoom">{body}</div></div>'
        + FOOT
    )
    return page.encode(charset, "xmlcharrefreplace")
