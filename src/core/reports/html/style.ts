/**
 * The one style of the page. Its colours are the window's (`renderer/tokens.css`; a test compares them), in light and dark
 * as the reader's system has it; on paper always light. There is nothing in it that is loaded: no font, no picture.
 */

/** Name, light, dark. */
export const COLOURS = {
  sunken: ['#eae8e0', '#0d1112'],
  paper: ['#f4f3ee', '#12171a'],
  surface: ['#fdfcf9', '#192023'],
  raised: ['#ffffff', '#212a2e'],
  line: ['#dfdcd2', '#2a3338'],
  edge: ['#85827a', '#6d7b82'],
  ink: ['#1a2123', '#e8ecea'],
  soft: ['#4a5355', '#b6c0c0'],
  faint: ['#616764', '#93a0a2'],
  shut: ['#0e6656', '#63cbb3'],
  'shut-ground': ['#deece6', '#163029'],
  open: ['#a23f17', '#f2a07a'],
  'open-ground': ['#f8e6db', '#3a2319'],
  doubt: ['#6d5710', '#dcc26c'],
  'doubt-ground': ['#f4ebcd', '#332b12'],
} as const;

const colours = (at: 0 | 1): string =>
  Object.entries(COLOURS)
    .map(([name, pair]) => `--${name}:${pair[at]}`)
    .join(';');

const RULES = `
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:14px/1.55 "Inter Variable",Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums lining-nums;-webkit-text-size-adjust:100%}
body{margin:0}
.page{max-width:68rem;margin:0 auto;padding:2.5rem 2rem 3rem}
h1,h2,h3,p,ul,ol,dl,dd,figure{margin:0;padding:0}
h2{font-size:1.25rem;line-height:1.75rem;font-weight:650;letter-spacing:-.01em;margin-bottom:.25rem}
h3{font-size:1rem;line-height:1.5rem;font-weight:620}
code,.mono{font-family:ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono","DejaVu Sans Mono",monospace;font-size:.8125rem;overflow-wrap:anywhere}
a{color:var(--shut);text-underline-offset:2px}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--shut);outline-offset:2px;border-radius:4px}
section{margin-top:2.5rem;scroll-margin-top:1rem}
.lead{color:var(--soft);max-width:46rem}
.mark{display:flex;align-items:center;gap:.6rem;color:var(--shut);font-weight:620}
.mark svg{width:1.5rem;height:1.5rem;flex:none}
.mark span{color:var(--soft)}
header h1{font-size:1.625rem;line-height:2.1rem;font-weight:650;letter-spacing:-.015em;margin-top:1.25rem;max-width:44rem;text-wrap:balance}
header .lead{margin-top:.35rem;font-size:1rem}
.state{border-inline-start:4px solid var(--edge);padding-inline-start:1.1rem;margin-top:1.25rem}
.state h1{margin-top:0}
.state.open{border-color:var(--open)}
.state.shut{border-color:var(--shut)}
.state.doubt{border-color:var(--doubt)}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:1.25rem;list-style:none}
.counts li,.tag{display:inline-block;border-radius:999px;padding:.15rem .7rem;font-size:.8125rem;line-height:1.25rem;font-weight:560;background:var(--sunken);color:var(--soft)}
.others{background:var(--open-ground)!important;color:var(--open)!important}
.unknown{background:var(--doubt-ground)!important;color:var(--doubt)!important}
.self{background:var(--shut-ground)!important;color:var(--shut)!important}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem 1.25rem;margin-top:1.5rem;padding:1rem 1.25rem;border:1px solid var(--line);border-radius:10px;background:var(--surface)}
dt{color:var(--faint);font-size:.75rem;line-height:1.125rem}
dd{overflow-wrap:anywhere}
nav ol{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;margin-top:.35rem}
nav{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}
nav h2{font-size:.75rem;line-height:1.125rem;font-weight:560;color:var(--faint);letter-spacing:0;margin:0}
.cards{list-style:none;display:grid;gap:.75rem;margin-top:1rem}
.card{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:1rem 1.25rem;overflow-wrap:anywhere}
.cards>.high{border-inline-start:4px solid var(--open)}
.cards>.medium{border-inline-start:4px solid var(--doubt)}
.cards>.low{border-inline-start:4px solid var(--edge)}
.card-head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:.25rem 1rem}
.card-head h3{min-width:0;flex:1 1 20rem}
.high .tag{background:var(--open-ground);color:var(--open)}
.medium .tag{background:var(--doubt-ground);color:var(--doubt)}
.said{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.4rem 1rem;margin-top:.6rem}
.said dt{font-size:.8125rem;line-height:1.35rem}
.said ul{list-style:none;display:grid;gap:.3rem}
.said strong{font-weight:600}
.said ul span{color:var(--soft)}
.type{display:block;width:fit-content;max-width:100%;background:var(--sunken);color:var(--ink);border-radius:6px;padding:.2rem .6rem;margin:.25rem 0;white-space:pre-wrap;user-select:all}
.rows{width:100%;border-collapse:collapse;margin-top:1rem;table-layout:fixed;background:var(--surface);border:1px solid var(--line);border-radius:10px;border-spacing:0;overflow:hidden}
.rows thead th{text-align:start;font-size:.75rem;line-height:1.125rem;font-weight:560;color:var(--faint);padding:.5rem .85rem;border-bottom:1px solid var(--line);background:var(--surface)}
.rows td,.rows tbody th{vertical-align:top;padding:.65rem .85rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
.rows tbody th{text-align:start;font-size:.875rem;line-height:1.375rem;font-weight:620;color:var(--ink)}
.rows .trace td{border-top:0;padding-block:0}
.trace details{padding-bottom:.65rem}
.rows .c-port{width:13%}.rows .c-what{width:25%}.rows .c-who{width:27%}
.rows .name{font-weight:560}
.note{color:var(--soft);font-size:.8125rem;line-height:1.25rem}
.kept{display:block;color:var(--shut);font-size:.75rem;line-height:1.125rem;font-weight:560}
.dot::before{content:"";display:inline-block;width:.55rem;height:.55rem;border-radius:50%;margin-inline-end:.45rem;background:var(--edge)}
.t-others::before{background:var(--open)}
.t-unknown::before{background:var(--doubt);border-radius:2px}
.t-self::before{background:var(--shut)}
summary{color:var(--soft);font-size:.8125rem;line-height:1.25rem;cursor:pointer;width:fit-content}
.ways{list-style:none;display:grid;gap:.6rem;margin-top:.4rem;font-size:.8125rem;line-height:1.25rem}
.ways>li{border-inline-start:2px solid var(--line);padding-inline-start:.65rem}
.way{font-weight:600}
.w-open{color:var(--open)}.w-unknown{color:var(--doubt)}.w-shut{color:var(--shut)}
.steps{list-style:none;margin-top:.15rem;display:grid;gap:.2rem;color:var(--soft)}
.steps code{color:var(--ink)}
.decides{font-weight:600;color:var(--ink)}
.plain{list-style:none;display:grid;gap:.6rem;margin-top:1rem}
.small{width:100%;border-collapse:collapse;margin-top:.75rem;font-size:.8125rem}
.small th,.small td{text-align:start;padding:.3rem .75rem .3rem 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.small thead th{border-top:0;color:var(--faint);font-weight:560;font-size:.75rem}
.small caption{text-align:start;color:var(--faint);font-size:.75rem;padding-bottom:.15rem}
.inline{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem;margin-top:.6rem}
.inline div{min-width:0}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--faint);font-size:.8125rem;max-width:none}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media screen and (max-width:44rem){
.page{padding:1.5rem 1rem 2rem}
header h1{font-size:1.375rem;line-height:1.8rem}
.said{grid-template-columns:minmax(0,1fr);gap:.1rem}
.said dd{margin-bottom:.5rem}
.rows,.rows tbody,.rows tr,.rows td,.rows tbody th{display:block;width:100%}
.rows{background:none;border:0;border-radius:0;overflow:visible}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tbody{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:.5rem 0;margin-top:.75rem}
.rows td,.rows tbody th{border:0;padding:.2rem 1rem}
.rows tbody th{font-size:1rem}
}
@media print{
@page{margin:16mm 14mm 18mm}
html{font-size:10pt;background:#fff}
body{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.page{max-width:none;padding:0}
nav,details:not([open]){display:none}
section{margin-top:1.4rem}
h2,h3{break-after:avoid}
.card,.rows tbody,.facts,.plain>li{break-inside:avoid}
.rows{overflow:visible}
.rows thead{display:table-header-group}
.card,.rows,.facts{background:#fff}
a[href^="https:"]::after{content:" (" attr(href) ")";font-size:.75rem;color:var(--faint);overflow-wrap:anywhere}
}
`;

/** Without line breaks, so that a file system or mail that changes them does not change its hash. */
export const STYLE = [
  `:root{color-scheme:light dark;${colours(0)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${colours(1)}}}`,
  ...RULES.split('\n').filter((line) => line !== ''),
].join('');
