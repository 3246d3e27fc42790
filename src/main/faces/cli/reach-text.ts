/** Who gets through, way by way, with the rule that decides. */
import type { Answer, ListenerReach, Reach, Report } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import type { Terminal } from './terminal.ts';
import { PLAIN, paragraph, table } from './text.ts';
import { decided, kindName } from './words.ts';

type Layout = Pick<Terminal, 'style' | 'columns'>;

/** How many addresses are written out; the rest is counted. */
const SHOWN = 6;

const few = (list: readonly string[]): string =>
  list.length <= SHOWN ? list.join(', ') : `${list.slice(0, SHOWN).join(', ')} and ${list.length - SHOWN} more`;

const everyone = (list: readonly string[]): boolean =>
  list.length === 1 && (list[0] === '0.0.0.0/0' || list[0] === '::/0');

/** `open to everyone`, `open to 192.168.1.0/24; slowed for …`. */
function outcome({ open, limited, unknown }: Reach, style: Layout['style']): string {
  const part = (list: readonly string[], paint: (text: string) => string, word: string): readonly string[] =>
    list.length === 0 ? [] : [`${paint(word)} ${everyone(list) ? 'everyone' : few(list)}`];
  const parts = [
    ...part(open, style.yellow, 'open to'),
    ...part(limited, style.yellow, 'open, but slowed after some tries, to'),
    ...part(unknown, style.blue, 'cannot tell for'),
  ];
  return parts.length === 0 ? style.green('blocked') : parts.join('; ');
}

/**
 * A block for each interface and outcome: the addresses that are spoken to, what gets through, by which rule. Why
 * something is unknown is told once.
 */
export function reachText(
  { reach }: Pick<ListenerReach, 'reach'>,
  interfaces: Report['interfaces'],
  { style, columns }: Layout,
): string {
  const blocks = new Map<string, Reach[]>();
  for (const way of reach) {
    const { interface: name, port, open, limited, unknown, decidedBy, reasons } = way;
    const key = JSON.stringify([name, port, outcome(way, PLAIN), open, limited, unknown, decidedBy, reasons]);
    blocks.set(key, [...(blocks.get(key) ?? []), way]);
  }
  // A rule that redirects makes a second way in, through another port.
  const doors = new Set(reach.map(({ port }) => port)).size > 1;
  const told = new Set<string>();
  return [...blocks.values()]
    .flatMap(([way, ...others]) => {
      if (way === undefined) return [];
      const kind = interfaces.find(({ name }) => name === way.interface)?.kind ?? 'other';
      const where = style.bold(`${visible(way.interface)} (${kindName(kind)})`);
      const addresses = [way, ...others].map(({ address }) => visible(address)).join(', ');
      const door = doors ? ` port ${way.port}` : '';
      const news = way.reasons.filter((reason) => !told.has(reason));
      for (const reason of news) told.add(reason);
      return [
        paragraph(`${where} to ${addresses}${door}: ${outcome(way, style)}`, 2, columns),
        ...way.decidedBy.map((deciding) => style.dim(paragraph(decided(deciding), 4, columns))),
        ...news.map((reason) => paragraph(visible(reason), 4, columns)),
      ];
    })
    .join('\n');
}

const VERDICT = {
  open: 'gets through',
  limited: 'gets through, slowed after some tries',
  blocked: 'is blocked',
  unknown: 'cannot be told',
} as const;

export const verdictText = ({ verdict }: Pick<Answer, 'verdict'>): string => VERDICT[verdict];

/** The way of the packet: hook, chain, rule, what it did. */
export function traceText({ trace, decidedBy, reasons }: Answer, { style, columns }: Layout): string {
  const rows = trace.map(({ hook, chain, rule, effect }) => {
    // The chain has a column of its own.
    const own = `-A ${chain} `;
    return [hook, chain, rule.startsWith(own) ? rule.slice(own.length) : rule, effect].map(visible);
  });
  return [
    ...(decidedBy.length === 0 ? [] : [`  decided by ${decidedBy.map(decided).join('; ')}`]),
    ...reasons.map((reason) => paragraph(visible(reason), 2, columns)),
    ...(rows.length === 0
      ? []
      : [table([['HOOK', 'CHAIN', 'RULE', 'DOES'], ...rows], columns - 2, style.dim).replace(/^/gm, '  ')]),
  ].join('\n');
}
