/**
 * Reads the pages that Portcullis writes, and nothing looser: every `<` begins a tag of a known element with quoted
 * attributes, every `&` a known reference, every element is closed in its place. What a browser would forgive is thrown.
 */
const VOID = new Set(['meta', 'br']);
const KNOWN = new Set(
  'html head meta title style body div header p svg path span h1 h2 h3 ul ol li dl dt dd nav a main section strong code table caption thead tbody tr th td details summary footer br'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class viewBox fill stroke stroke-width stroke-linecap aria-hidden d id aria-labelledby href rel scope colspan'.split(
    ' ',
  ),
);
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export interface ReadPage {
  /** The tags in order, with their attributes. */
  readonly tags: readonly string[];
  /** What a reader sees, in order. */
  readonly texts: readonly string[];
  readonly style: string;
  readonly policy: string;
}

const decode = (text: string): string => {
  if (text.includes('>')) throw new Error(`a bare ">" in: ${text.slice(0, 80)}`);
  return text.replace(/&(?:([a-z#0-9]+);)?/g, (whole, name: string | undefined) => {
    const character = REFERENCES[name ?? ''];
    if (character === undefined) throw new Error(`not a reference: ${whole}`);
    return character;
  });
};

export function readPage(html: string): ReadPage {
  const begin = '<!doctype html>\n';
  if (!html.startsWith(begin)) throw new Error('no doctype');
  const open: string[] = [];
  const tags: string[] = [];
  const texts: string[] = [];
  let style = '';
  let policy = '';
  const tag = /<(?<end>\/?)(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [a-zA-Z-]+="[^"<>]*")*)>/y;
  for (let at = begin.length; at < html.length; ) {
    const next = html.indexOf('<', at);
    const text = html.slice(at, next === -1 ? html.length : next);
    if (open.at(-1) === 'style') style += text;
    else if (text.trim() !== '') texts.push(decode(text));
    if (next === -1) break;
    tag.lastIndex = next;
    const found = tag.exec(html)?.groups;
    if (found === undefined) throw new Error(`not a tag: ${html.slice(next, next + 80)}`);
    const { name = '', attributes = '' } = found;
    if (!KNOWN.has(name)) throw new Error(`an element that no page has: ${name}`);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)) {
      if (!ATTRIBUTES.has(attribute)) throw new Error(`an attribute that no page has: ${attribute}`);
      const said = decode(value);
      if (attribute === 'href' && !/^(#[a-z]+|https:\/\/[^\s]+)$/.test(said)) throw new Error(`leads to ${said}`);
      if (attribute === 'content' && said.startsWith('default-src')) policy = said;
    }
    if (found['end'] === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
    } else if (!VOID.has(name)) {
      open.push(name);
    }
    tags.push(`${found['end'] ?? ''}${name}${attributes}`);
    at = tag.lastIndex;
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  return { tags, texts, style, policy };
}
