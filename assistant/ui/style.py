"""The look of our own HTML (样式): quiet, dense enough for 1366×768, one accent, three lamps; light and dark.

Colours are named once, for light and for dark; every rule below speaks of the names.
"""

from __future__ import annotations

_LIGHT = {
    "ink": "#1b2733",
    "soft": "#5d6875",
    "line": "#d9dee5",
    "accent": "#1f4e79",
    "wash": "#eef3f8",
    "plain": "#fafbfc",
    "head": "#f2f5f8",
    "paper": "#ffffff",
    "red": "#c0392b",
    "yellow": "#c48a00",
    "blue": "#3b82c4",
    "green": "#2e7d4f",
    "red-wash": "#fbd5d0",
    "yellow-wash": "#fdf0b8",
    "blue-wash": "#dcecfa",
    "green-wash": "#e3f4e6",
    "violet-wash": "#f0e6fa",
    "fault": "#fdf0ee",
    "good": "#eef7f1",
    "warn": "#fdf7e6",
}
_DARK = {
    "ink": "#e4e9ef",
    "soft": "#a3adb9",
    "line": "#3a4350",
    "accent": "#7fb2e5",
    "wash": "#1c2836",
    "plain": "#161c25",
    "head": "#1f2833",
    "paper": "#141a22",
    "red": "#e5695c",
    "yellow": "#e0b040",
    "blue": "#6aa9e0",
    "green": "#5cb684",
    "red-wash": "#5a2420",
    "yellow-wash": "#54450f",
    "blue-wash": "#1d3a56",
    "green-wash": "#1d4029",
    "violet-wash": "#3b2a52",
    "fault": "#3a1d1a",
    "good": "#16301f",
    "warn": "#3a3012",
}

_FRAME = """
.stMainBlockContainer{padding:1.1rem 1.6rem 1rem;max-width:1500px}
.stMainBlockContainer>.stVerticalBlock{gap:.7rem}
.stAppHeader{height:2.2rem;min-height:2.2rem;background:transparent}
[data-testid="stSidebarHeader"]{height:3.2rem;min-height:0;padding:.9rem 1rem .2rem .7rem;margin:0 0 .5rem;align-items:baseline}
[data-testid="stSidebarHeader"]::before{content:"知绩";font-size:1.35rem;font-weight:700;color:var(--zj-accent)}
[data-testid="stSidebarHeader"]::after{content:"绩效自评报告助手";font-size:.78rem;color:var(--zj-soft);margin-left:.5rem;order:1;flex:1}
[data-testid="stSidebarCollapseButton"]{order:2}
h1.zj-title{font-size:1.3rem;padding:0 0 .3rem;margin:0}
.stHtml h2{font-size:1.1rem;padding:0;margin:.1rem 0}.stHtml h3{font-size:.95rem;padding:0;margin:.2rem 0 .1rem}
[data-testid="stFileUploaderDropzone"] button,[data-testid="stFileUploaderDropzone"] button *{font-size:0}
[data-testid="stFileUploaderDropzone"] button svg,[data-testid="stFileUploaderDropzone"] button [data-testid="stIconMaterial"]{display:none}
[data-testid="stFileUploaderDropzone"] button::after{content:"选择文件";font-size:.875rem}
[data-testid="stFileUploaderDropzone"]::after{content:"也可以把文件拖到这里";font-size:.8rem;color:var(--zj-soft);margin-left:.8rem;align-self:center}
[data-testid="stFileUploaderDropzoneInstructions"]{display:none}
"""
#: The scrolling parts take what height the window has left.
_HEIGHTS = {"paper": "17.5rem", "reviewed": "16.8rem", "findings": "18.6rem", "talk": "20rem"}

_PIECES = """
.zj-tag{display:inline-block;font-size:.75rem;border:1px solid var(--zj-line);border-radius:3px;padding:0 .4rem;margin:0 .3rem .2rem 0;color:var(--zj-soft)}
.zj-next{border-left:3px solid var(--zj-accent);background:var(--zj-wash);padding:.35rem .7rem;font-size:.9rem;color:var(--zj-ink);border-radius:0 4px 4px 0}
.zj-next b{color:var(--zj-accent)}
.zj-box{border:1px solid var(--zj-line);border-radius:4px;padding:.45rem .7rem;font-size:.9rem;margin-bottom:.35rem;overflow-wrap:anywhere}
.zj-fault{border-color:var(--zj-red);background:var(--zj-fault)}
.zj-ok{border-color:var(--zj-green);background:var(--zj-good)}
.zj-warn{border-color:var(--zj-yellow);background:var(--zj-warn)}
.zj-remedy{color:var(--zj-soft);font-size:.83rem;margin-top:.15rem}
.zj-finding{border-left:4px solid var(--zj-soft);padding:.2rem .55rem;margin-bottom:.4rem;font-size:.86rem;background:var(--zj-plain);overflow-wrap:anywhere}
.zj-finding.error{border-color:var(--zj-red)}.zj-finding.warning{border-color:var(--zj-yellow)}.zj-finding.info{border-color:var(--zj-blue)}
.zj-finding .rule{color:var(--zj-soft);font-size:.75rem;margin-right:.4rem}
.zj-finding q{background:var(--zj-yellow-wash);quotes:none;padding:0 .15rem}
.zj-lamp{display:inline-block;width:.62rem;height:.62rem;border-radius:50%;margin-right:.3rem}
.zj-lamp.error{background:var(--zj-red)}.zj-lamp.warning{background:var(--zj-yellow)}.zj-lamp.info{background:var(--zj-blue)}.zj-lamp.good{background:var(--zj-green)}
.zj-card{border:1px solid var(--zj-line);border-radius:5px;padding:.5rem .8rem;height:100%;overflow-wrap:anywhere}
.zj-card .name,.zj-card .more{font-size:.8rem;color:var(--zj-soft)}
.zj-card .more{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.zj-card .value{font-size:1.35rem;font-weight:600;color:var(--zj-ink);line-height:1.5}
.zj-cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.6rem}
.zj-legend{font-size:.78rem;color:var(--zj-soft)}.zj-legend span{margin-right:.7rem}
.zj-said{font-size:.92rem;line-height:1.7;overflow-wrap:anywhere}
.zj-hit{background:var(--zj-yellow-wash)}
.zj-source{font-size:.78rem;color:var(--zj-soft);margin:.1rem 0}
.zj-passage{font-size:.9rem;line-height:1.65}
.zj-near{color:var(--zj-soft);font-size:.86rem;line-height:1.6;border-left:2px solid var(--zj-line);padding-left:.6rem;margin:.2rem 0}
.zj-near.here{color:var(--zj-ink);border-color:var(--zj-accent);background:var(--zj-wash)}
.zj-pair{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;font-size:.86rem;border-bottom:1px solid var(--zj-line);padding:.4rem 0}.zj-pair b{color:var(--zj-accent)}
"""

_TABLES = """
.zj-table{border-collapse:collapse;width:100%;font-size:.84rem}
.zj-table th,.zj-table td{border:1px solid var(--zj-line);padding:.22rem .45rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
.zj-table th{background:var(--zj-head);font-weight:600;white-space:nowrap}
.zj-table tr.lost td{background:var(--zj-warn)}.zj-table tr.group td{background:var(--zj-plain);font-weight:600}
.zj-table tr.older td{color:var(--zj-soft)}
.zj-table td.num,.zj-table th.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.zj-years{table-layout:fixed}.zj-years td{line-height:1.65}.zj-years p{margin:0 0 .35rem}
"""

_PAPER = """
.zj-paper{background:var(--zj-paper);border:1px solid var(--zj-line);padding:1.2rem 1.6rem;font-family:"Noto Serif CJK SC","FangSong","STFangsong","SimSun",serif;font-size:1rem;line-height:1.9;color:var(--zj-ink);overflow-wrap:anywhere}
.zj-paper h4{font-size:1.3rem;text-align:center;margin:.2rem 0 1rem;padding:0;font-family:inherit}
.zj-paper p{text-indent:2em;margin:0 0 .3rem;text-align:justify}
.zj-paper p.h1{font-family:"Noto Sans CJK SC","SimHei",sans-serif;font-weight:700}.zj-paper p.h2{font-weight:700}.zj-paper p.h3,.zj-paper p.h4{font-weight:600}
.zj-paper p.sign{text-align:right;text-indent:0;margin-right:3em}
.zj-paper sup{font-size:.7rem;color:var(--zj-accent);line-height:0;cursor:help}
.zj-paper.part{padding:.15rem .9rem;border-color:transparent}.zj-paper.part p{margin:0}
.zj-paper .zj-tag{font-family:"Noto Sans CJK SC",sans-serif;text-indent:0;line-height:1.5}
.zj-fact{border-bottom:1.5px solid var(--zj-blue);cursor:help}
.zj-error{background:var(--zj-red-wash)}.zj-warning{background:var(--zj-yellow-wash)}.zj-info{background:var(--zj-blue-wash)}
.zj-wait{color:var(--zj-yellow);background:var(--zj-warn)}
.zj-model{box-shadow:inset 0 -.5em 0 var(--zj-violet-wash)}.zj-human{box-shadow:inset 0 -.5em 0 var(--zj-green-wash)}
.zj-stale{border-color:var(--zj-yellow);background:var(--zj-yellow-wash);color:var(--zj-ink);cursor:help;text-indent:0}
.zj-paper.zj-reviewed{font-family:inherit;font-size:.92rem;line-height:1.75;padding:.8rem 1.1rem}.zj-reviewed p{text-indent:0}
.zj-reviewed p.row{font-size:.82rem;line-height:1.5;border-bottom:1px solid var(--zj-line);text-align:left}
.zj-reviewed span{scroll-margin:3rem}.zj-reviewed span:target{outline:2px solid var(--zj-accent);outline-offset:2px}
a.zj-jump,a.zj-jump:hover{display:block;color:inherit;text-decoration:none}
a.zj-jump:hover .zj-finding,a.zj-jump:focus-visible .zj-finding{background:var(--zj-wash)}
.zj-diff{font-size:.88rem;line-height:1.7;border-left:3px solid var(--zj-line);padding:.1rem .6rem;margin:.3rem 0}
.zj-diff del{background:var(--zj-red-wash)}.zj-diff ins{background:var(--zj-green-wash);text-decoration:none}
"""


def style(*, dark: bool = False) -> str:
    """Return the style sheet for a light or a dark page."""
    names = "".join(f"--zj-{name}:{colour};" for name, colour in (_DARK if dark else _LIGHT).items())
    heights = "".join(_filling(name, rest) for name, rest in _HEIGHTS.items())
    return f"<style>:root{{{names}}}{_FRAME}{heights}{_PIECES}{_TABLES}{_PAPER}</style>"


def _filling(name: str, rest: str) -> str:
    """Return the rule for a scrolling part that fills the window but for `rest`."""
    height = f"max(20rem,calc(100vh - {rest}))"
    return (
        f":has(>.st-key-{name}){{height:{height}!important;flex:0 0 {height}!important}}"
        f".st-key-{name}{{height:100%!important}}"
    )
