"""How the status page looks: calm, readable on a phone, in light and dark."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = """
:root{color-scheme:light dark;--ground:#f5f6f4;--card:#fff;--ink:#23282d;--soft:#6a737b;--line:#e4e6e2;
--good:#3f7d58;--bad:#b0503c;--wait:#a98136;--work:#3b6ea5;--same:#8a929a}
@media(prefers-color-scheme:dark){:root{--ground:#17191b;--card:#202326;--ink:#e6e8ea;--soft:#98a1a9;--line:#31363a;
--good:#76b890;--bad:#dd8a76;--wait:#d3b06c;--work:#7eaede;--same:#7f8890}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}
header{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .9rem;margin-bottom:1.25rem}
h1{font-size:1.35rem;margin:0;font-weight:650}
p{margin:0}
.state{font-size:.85rem;padding:.05rem .7rem;border-radius:1rem;border:1px solid currentColor}
.on{color:var(--good)}.off{color:var(--soft)}
.at{width:100%;color:var(--soft);font-size:.85rem}
h2{font-size:.95rem;font-weight:600;color:var(--soft);margin:1.6rem 0 .5rem}
.count{margin-left:.5rem;font-weight:400}
.cases{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:.7rem;
overflow:hidden}
.cases li{padding:.7rem 1rem .75rem;border-left:.25rem solid var(--mark)}
.cases li+li{border-top:1px solid var(--line)}
.good{--mark:var(--good)}.bad{--mark:var(--bad)}.wait{--mark:var(--wait)}.work{--mark:var(--work)}
.same{--mark:var(--same)}
strong{font-weight:600;overflow-wrap:anywhere}
.cases p{color:var(--soft);font-size:.92rem;overflow-wrap:anywhere}
.links{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin-top:.25rem}
.way{color:var(--mark)}
a{color:var(--work);text-decoration:none}a:hover,a:focus{text-decoration:underline}
.main{font-weight:600}
time{margin-left:auto;color:var(--soft);font-variant-numeric:tabular-nums}
progress{width:100%;height:.4rem;margin-top:.4rem;accent-color:var(--work)}
.calm{background:var(--card);border:1px dashed var(--line);border-radius:.7rem;padding:1.6rem 1rem;text-align:center;
color:var(--soft)}
details{margin-top:2rem;color:var(--soft);font-size:.92rem}
summary{cursor:pointer}
details ul{padding-left:1.2rem}
""".replace("\n", "")
