/** The page on which all pictures are shown: plain HTML, its style within, and no script. Pure. */

interface Picture {
  /** Beside the page. */
  readonly file: string;
  readonly theme: string;
  readonly width: number;
  readonly language: string;
}

export interface Shown {
  readonly name: string;
  readonly of: string;
  readonly state: string | null;
  readonly pictures: readonly Picture[];
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
/** Of letters and digits alone, for ids and file names. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** What can be chosen: each box hides, unticked, what bears its mark. */
interface Choice {
  readonly title: string;
  readonly mark: string;
  readonly values: readonly string[];
}

export function galleryPage(all: readonly Shown[]): string {
  const pictures = all.flatMap((one) => one.pictures);
  const places = unique(all.map(({ of }) => of));
  const choices: readonly Choice[] = [
    { title: 'View', mark: 'of', values: places },
    { title: 'Theme', mark: 'theme', values: unique(pictures.map(({ theme }) => theme)) },
    {
      title: 'Width',
      mark: 'width',
      values: unique(pictures.map(({ width }) => width))
        .toSorted((a, b) => a - b)
        .map(String),
    },
    { title: 'Language', mark: 'language', values: unique(pictures.map(({ language }) => language)) },
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Portcullis: every view and state</title>
<style>
${STYLE}
${choices.flatMap(({ mark, values }) => values.map((value) => hides(mark, value))).join('\n')}
</style>
<header>
<h1>Every view and state</h1>
<p>${all.length} states, ${pictures.length} pictures. Each opens in full.</p>
<form>
${choices.map(boxes).join('\n')}
</form>
</header>
<main>
${places
  .map(
    (place) => `<section data-of="${slug(place)}">
<h2>${escaped(place)}</h2>
${all
  .filter(({ of }) => of === place)
  .map(stateOf)
  .join('\n')}
</section>`,
  )
  .join('\n')}
</main>
</html>
`;
}

const hides = (mark: string, value: string): string =>
  `body:has(#${mark}-${slug(value)}:not(:checked)) [data-${mark}="${slug(value)}"] { display: none; }`;

const boxes = ({ title, mark, values }: Choice): string =>
  `<fieldset><legend>${title}</legend>${values
    .map(
      (value) =>
        `<label><input type="checkbox" id="${mark}-${slug(value)}" autocomplete="off" checked> ${escaped(value)}</label>`,
    )
    .join('')}</fieldset>`;

const stateOf = ({ name, state, pictures }: Shown): string =>
  `<article id="${slug(name)}">
<h3>${escaped(name)}${state === null ? '' : ` <small>${escaped(state)}</small>`}</h3>
<div>
${pictures.map((picture) => pictureOf(name, picture)).join('\n')}
</div>
</article>`;

const pictureOf = (name: string, { file, theme, width, language }: Picture): string =>
  `<a href="${escaped(file)}" data-theme="${slug(theme)}" data-width="${width}" data-language="${slug(language)}" style="--wide: ${width}">` +
  `<img src="${escaped(file)}" loading="lazy" decoding="async" alt="${escaped(`${name}, ${theme}, ${width} px, ${language}`)}">` +
  `<span>${escaped(`${theme} · ${width} px · ${language}`)}</span></a>`;

const STYLE = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
header { position: sticky; top: 0; z-index: 1; padding: 0.75rem 1.5rem; background: Canvas; border-bottom: 1px solid GrayText; }
h1 { margin: 0; font-size: 1.25rem; }
header p { margin: 0; }
form { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
fieldset { border: 0; margin: 0; padding: 0; }
legend { float: left; padding: 0; margin-right: 0.75rem; font-weight: 600; }
label { margin-right: 0.75rem; white-space: nowrap; }
main { padding: 0 1.5rem 3rem; }
h2 { margin: 2rem 0 0; font-size: 1.25rem; text-transform: capitalize; }
h3 { margin: 1.25rem 0 0.5rem; font-size: 1rem; scroll-margin-top: 7rem; }
small { font-weight: 400; border: 1px solid GrayText; border-radius: 1rem; padding: 0.1rem 0.6rem; }
article > div { display: flex; flex-wrap: wrap; align-items: start; gap: 1rem; }
a { width: calc(var(--wide) * 0.32px); color: inherit; text-decoration: none; }
a:focus-visible { outline: 3px solid Highlight; outline-offset: 3px; }
img { display: block; width: 100%; max-height: 40rem; object-fit: cover; object-position: top; border: 1px solid GrayText; }
a span { font-size: 0.8rem; }`;
