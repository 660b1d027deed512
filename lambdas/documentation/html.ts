export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** The look of every page of the documentation. Lines of code are broken, so that nothing is wider than a phone. */
const style = `:root{color-scheme:light dark;--text:light-dark(#1b2430,#dfe6ee);--page:light-dark(#fff,#12161c);--soft:light-dark(#f4f6f9,#1b222c);
--line:light-dark(#dde3ea,#2a3340);--muted:light-dark(#4c5866,#a5b1be);--link:light-dark(#1d4f91,#9cc2ee)}
*{box-sizing:border-box}[hidden]{display:none!important}html{scroll-padding-top:1rem}
body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:0 auto;padding:1rem;color:var(--text);background:var(--page);overflow-wrap:anywhere}
a{color:var(--link)}small,.muted{color:var(--muted)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;padding:.5rem;background:var(--page)}
nav ul{list-style:none;margin:.2rem 0 .6rem;padding-left:1rem}nav li{padding:.15rem 0;font-size:.92rem}nav summary,h2{text-transform:capitalize}
label{display:block;font-weight:600}input{font:inherit;width:100%;padding:.5rem;color:inherit;background:var(--soft);border:1px solid var(--muted);border-radius:.4rem}
section{border-top:1px solid var(--line);padding:.6rem 0}h3{font-weight:500;margin:.4rem 0;font-size:1.05rem}h4{margin:.6rem 0 .2rem}
h3 b{display:inline-block;min-width:4.2rem;font-size:.8rem;padding:.1rem .4rem;border-radius:.3rem;color:#fff;background:#4a5866;text-align:center}
b.get{background:#22613f}b.post{background:#2457a0}b.patch,b.put{background:#7a5209}b.delete{background:#963030}
pre{background:var(--soft);padding:.7rem;margin:.3rem 0;font-size:.82rem;border-radius:.4rem;white-space:pre-wrap}
ul{padding-left:1.2rem}summary{cursor:pointer;padding:.2rem 0}
@media(min-width:64rem){.columns{display:grid;grid-template-columns:18rem minmax(0,1fr);gap:2rem}nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:1rem .3rem}}
@media print{nav,.skip{display:none}}`

/** A whole page. It loads nothing. */
export const pageOf = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body>${content}</body></html>`
