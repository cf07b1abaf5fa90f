"""The look of our own HTML (样式): quiet, dense enough for 1366×768, one accent, three lamps."""

from __future__ import annotations

STYLE = """<style>
.stMainBlockContainer{padding:1.1rem 1.6rem 1rem;max-width:1500px}
.stMainBlockContainer>.stVerticalBlock{gap:.7rem}
[data-testid="stSidebarHeader"]{height:2.4rem;min-height:0;padding:.2rem 1rem;margin:0}
.stAppHeader{height:2.2rem;min-height:2.2rem;background:transparent}
h1.zj-title{font-size:1.3rem;padding:0 0 .3rem;margin:0}.stHtml h2{font-size:1.1rem;padding:0;margin:.1rem 0}.stHtml h3{font-size:.95rem;padding:0;margin:.2rem 0 .1rem}
[data-testid="stSidebarContent"] .zj-brand{font-size:1.35rem;font-weight:700;color:#1f4e79}
.zj-brand span{font-size:.78rem;font-weight:400;color:#667;margin-left:.5rem}
.zj-tag{display:inline-block;font-size:.75rem;border:1px solid #c5ccd6;border-radius:3px;padding:0 .4rem;margin:0 .3rem .2rem 0;color:#445}
.zj-next{border-left:3px solid #1f4e79;background:#eef3f8;padding:.35rem .7rem;font-size:.9rem;color:#223;border-radius:0 4px 4px 0}
.zj-next b{color:#1f4e79}
.zj-box{border:1px solid #d5dae1;border-radius:4px;padding:.45rem .7rem;font-size:.9rem;margin-bottom:.35rem}
.zj-fault{border-color:#c0392b;background:#fdf0ee}.zj-ok{border-color:#2e7d4f;background:#eef7f1}.zj-warn{border-color:#c48a00;background:#fdf7e6}
.zj-remedy{color:#556;font-size:.83rem;margin-top:.15rem}
.zj-finding{border-left:4px solid #888;padding:.2rem .55rem;margin-bottom:.4rem;font-size:.86rem;background:#fafbfc}
.zj-finding.error{border-color:#c0392b}.zj-finding.warning{border-color:#d9a400}.zj-finding.info{border-color:#3b82c4}
.zj-finding .rule{color:#778;font-size:.75rem;margin-right:.4rem}.zj-finding q{background:#fff3c4;quotes:none;padding:0 .15rem}
.zj-lamp{display:inline-block;width:.62rem;height:.62rem;border-radius:50%;margin-right:.3rem}
.zj-lamp.error{background:#c0392b}.zj-lamp.warning{background:#d9a400}.zj-lamp.info{background:#3b82c4}.zj-lamp.good{background:#2e7d4f}
.zj-table{border-collapse:collapse;width:100%;font-size:.84rem}.zj-table th,.zj-table td{border:1px solid #dfe3e8;padding:.22rem .45rem;text-align:left;vertical-align:top}
.zj-table th{background:#f2f5f8;font-weight:600;white-space:nowrap}.zj-table tr.lost td{background:#fff8ec}.zj-table td.num,.zj-table th.num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.zj-table tr.older td{color:#7a828c}.zj-table tr.group td{background:#f8fafc;font-weight:600}
.zj-years{table-layout:fixed}.zj-years td{line-height:1.65}.zj-years p{margin:0 0 .35rem}.zj-card{border:1px solid #d9dee5;border-radius:5px;padding:.55rem .8rem;height:100%}.zj-card .name{font-size:.8rem;color:#667}.zj-card .value{font-size:1.35rem;font-weight:600;color:#1b2733;line-height:1.5}.zj-card .more{font-size:.78rem;color:#667}
.zj-cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.6rem}
.zj-paper{background:#fff;border:1px solid #d9dee5;padding:1.2rem 1.6rem;font-family:"Noto Serif CJK SC","FangSong","STFangsong","SimSun",serif;font-size:1rem;line-height:1.9;color:#1a1a1a}
.zj-paper h4{font-size:1.3rem;text-align:center;margin:.2rem 0 1rem;padding:0;font-family:inherit}
.zj-paper p{text-indent:2em;margin:0 0 .3rem;text-align:justify}.zj-paper p.h1{font-family:"Noto Sans CJK SC","SimHei",sans-serif;font-weight:700}.zj-paper p.h2{font-weight:700}.zj-paper p.h3,.zj-paper p.h4{font-weight:600}
.zj-paper.zj-reviewed{font-family:inherit;font-size:.92rem;line-height:1.75;padding:.8rem 1.1rem}.zj-reviewed p{text-indent:0}.zj-reviewed p.row{font-size:.82rem;line-height:1.5;border-bottom:1px solid #e5e9ee;text-align:left}
.zj-reviewed span:target{outline:2px solid #1f4e79;outline-offset:2px}a.zj-jump{display:block;color:inherit;text-decoration:none}a.zj-jump:hover .zj-finding,a.zj-jump:focus-visible .zj-finding{background:#e8f0f8}
.zj-paper p.sign{text-align:right;text-indent:0;margin-right:3em}
.zj-fact{border-bottom:1.5px solid #3b82c4;cursor:help}.zj-error{background:#fbd5d0}.zj-warning{background:#fdf0b8}.zj-info{background:#dcecfa}
.zj-model{box-shadow:inset 0 -.5em 0 #f0e6fa}.zj-human{box-shadow:inset 0 -.5em 0 #e3f4e6}
.zj-paper sup{font-size:.7rem;color:#1f4e79;line-height:0;cursor:help}.zj-wait{color:#b06a00;background:#fff4df}
:has(>.st-key-paper){height:max(22rem,calc(100vh - 17.5rem))!important}.st-key-paper{height:100%!important}:has(>.st-key-findings){height:max(20rem,calc(100vh - 21rem))!important}.st-key-findings{height:100%!important}:has(>.st-key-talk){height:max(20rem,calc(100vh - 20rem))!important}.st-key-talk{height:100%!important}
.zj-stale{border-color:#c48a00;background:#fdf0b8;color:#7a5500;cursor:help;text-indent:0}.zj-paper .zj-tag{font-family:"Noto Sans CJK SC",sans-serif;text-indent:0;line-height:1.5}.zj-paper.part{padding:.15rem .9rem;border-color:transparent}.zj-paper.part p{margin:0}
.zj-diff{font-size:.88rem;line-height:1.7;border-left:3px solid #c5ccd6;padding:.1rem .6rem;margin:.3rem 0}.zj-diff del{background:#fbd5d0;color:#7a1f14}.zj-diff ins{background:#d9f0df;color:#14532d;text-decoration:none}
.zj-legend{font-size:.78rem;color:#667}.zj-legend span{margin-right:.7rem}
.zj-hit{background:#fff0a8}.zj-source{font-size:.78rem;color:#667;margin:.1rem 0}.zj-passage{font-size:.9rem;line-height:1.65}
.zj-near{color:#667;font-size:.86rem;line-height:1.6;border-left:2px solid #dfe3e8;padding-left:.6rem;margin:.2rem 0}.zj-near.here{color:#111;border-color:#1f4e79;background:#f4f8fc}
.zj-pair{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;font-size:.86rem;border-bottom:1px solid #e5e9ee;padding:.4rem 0}.zj-pair b{color:#1f4e79}
.zj-said{font-size:.92rem;line-height:1.7}
[data-testid="stFileUploaderDropzone"] button{font-size:0}[data-testid="stFileUploaderDropzone"] button *{font-size:0}
[data-testid="stFileUploaderDropzone"] button::after{content:"选择文件";font-size:.875rem}
[data-testid="stFileUploaderDropzoneInstructions"]{display:none}
</style>"""
