/** The user's rules of ufw as its list shows them: each once, whether it stands in one family or in both. */
import type { Family, RuleInWords, UfwTuple } from '../../model.ts';
import { type Intervals, normalize } from '../../intervals.ts';
import { type Gist, gistFor, type WrittenRule } from '../gist.ts';
import { PROTOCOLS } from '../netfilter/model.ts';
import { COMMENT_HEX, ruleText } from './commands.ts';
import { ANYWHERE } from './tuple.ts';

const ACTIONS: Readonly<Record<string, RuleInWords['action']>> = {
  allow: 'allow',
  limit: 'limit',
  deny: 'deny',
  reject: 'reject',
};

/** `22`, `8000:8010`, `22,80`; null: any. */
const portsIn = (text: string): Intervals<number> | null =>
  text === 'any'
    ? null
    : normalize(
        text.split(',').map((part): [number, number] => {
          const [first = 0, last = first] = part.split(':').map(Number);
          return [first, last];
        }),
      );

function gistOf(tuple: UfwTuple): Gist {
  const { family, protocol, dport, src, dst, sport, interfaceIn, interfaceOut, direction } = tuple;
  const number = PROTOCOLS[protocol];
  const ports = portsIn(dport);
  const any: Intervals<number> | null =
    ports === null
      ? null
      : [
          [6, 6],
          [17, 17],
        ];
  return gistFor([family], {
    protocols: protocol === 'any' ? any : number === undefined ? [] : [[number, number]],
    ports,
    from: src === ANYWHERE[family] ? null : [src],
    on: [interfaceIn ?? []].flat(),
    more:
      dst !== ANYWHERE[family] || sport !== 'any' || interfaceOut !== null || (direction === 'out' && dport === 'any'),
  });
}

export function writtenTuples(tuples: readonly UfwTuple[]): readonly WrittenRule[] {
  const lines = new Map<string, WrittenRule>();
  for (const tuple of tuples) {
    const text = ruleText(tuple);
    const ours = tuple.comment === COMMENT_HEX;
    const key = `${ours} ${text}`;
    const known = lines.get(key);
    const families: readonly Family[] = [...new Set([...(known?.families ?? []), tuple.family])];
    lines.set(key, {
      firewall: 'ufw',
      place: null,
      text,
      action: ACTIONS[tuple.action] ?? 'depends',
      traffic: tuple.route ? 'through' : tuple.direction === 'out' ? 'out' : 'in',
      gists: [{ ...(known?.gists[0] ?? gistOf(tuple)), families }],
      families,
      owner: ours ? 'portcullis' : 'you',
      tool: null,
      kernel: null,
    });
  }
  return [...lines.values()];
}
