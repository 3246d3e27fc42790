/** Every match that docs/MATCHES.md calls known, with the kinds that probes are counted by. */
import { readFileSync } from 'node:fs';
import type { Json } from '../../src/core/firewalls/netfilter/nft-json.ts';
import { readNftRule } from '../../src/core/firewalls/netfilter/nft-rule.ts';
import { matchKinds } from './match-kinds.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** What the page promises, and what no packet of this lab can show, with the reason. */
export const NOT_BY_PACKETS: Readonly<Record<string, string>> = {
  '-m owner':
    'the kernel takes it only in chains that see what this machine itself sends, which no packet to it passes',
  '-j SNAT': 'it says who sent the packet; on the way in, what asks for that afterwards is unknown',
  '-j MASQUERADE': 'the kernel takes it only where packets leave, which is not judged',
  snat: 'it says who sent the packet; on the way in, what asks for that afterwards is unknown',
  masquerade: 'the kernel takes it only where packets leave, which is not judged',
  'flow add': 'it stands in chains for what is passed on, and this kernel has no flow tables',
};

/** So many probes must a kind decide. */
export const ENOUGH_OF_A_KIND = 200;

const CLAIMS = /^\*\*Known/;

/** Lines of the page that claim to be known, as rules are printed. */
export function claimed(): readonly { readonly words: string; readonly kinds: readonly string[] }[] {
  const expressions = JSON.parse(read('../core/firewalls/netfilter/nft-expressions.json')) as Record<string, Json[]>;
  const context = { families: [4], chainKey: (name: string) => name, setNamed: () => undefined } as const;
  let known = false;
  let targets = false;
  return read('../../docs/MATCHES.md')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('**')) known = CLAIMS.test(line);
      if (line.startsWith('## ')) targets = line.includes('Targets');
      const words = /^- `(.*)`$/.exec(line)?.[1];
      if (words === undefined || !known) return [];
      const json = expressions[words];
      const rule = json === undefined ? `-A X ${targets ? '-j ' : ''}${words}` : readNftRule(json, null, context).text;
      return [{ words, kinds: matchKinds(rule) }];
    });
}

/** Probes that a kind decided, said plainly or negated. */
export function decidedBy(kind: string, counts: ReadonlyMap<string, number>): number {
  const plain = kind.replace(/ !=$/, '');
  // nft prints `th sport` by the name of the protocol that the rule has asked for before: it is the same expression.
  const names = plain.startsWith('th ') ? [plain, plain.replace('th', 'tcp'), plain.replace('th', 'udp')] : [plain];
  return names
    .flatMap((name) => [name, `! ${name}`, `${name} !=`])
    .reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
}

/** Claims of which too few probes, or none, were decided. */
export const unproved = (counts: ReadonlyMap<string, number>, enough: number): readonly string[] =>
  claimed().flatMap(({ words, kinds }) =>
    kinds
      .filter((kind) => NOT_BY_PACKETS[kind] === undefined && decidedBy(kind, counts) < enough)
      .map((kind) => `${words}: ${kind} decided ${decidedBy(kind, counts)} probes`),
  );
