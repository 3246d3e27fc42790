/**
 * docs/MATCHES.md: every match and target of a sample, put through the readers, and what they made of it. A reader that
 * changes makes this fail; `npm run make:matches` writes the page anew.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseIpsets } from '../../../../src/core/firewalls/netfilter/ipset.ts';
import { split } from '../../../../src/core/firewalls/netfilter/iptables-save.ts';
import { readRule } from '../../../../src/core/firewalls/netfilter/iptables-rule.ts';
import { has } from '../../../../src/core/intervals.ts';
import type { Effect, Field, Rule } from '../../../../src/core/firewalls/netfilter/model.ts';
import type { Json, NftSet } from '../../../../src/core/firewalls/netfilter/nft-json.ts';
import { readNftRule } from '../../../../src/core/firewalls/netfilter/nft-rule.ts';
import { SAMPLES } from './matches-samples.ts';

// Captured from nft 1.0.6 in the lab; those that need another table or a kernel's module are synthetic.
const NFT = JSON.parse(readFileSync(new URL('nft-expressions.json', import.meta.url), 'utf8')) as Record<
  string,
  Json[]
>;

const sets = {
  sets: parseIpsets('create named hash:ip family inet\nadd named 10.0.0.1\ncreate growing hash:ip family inet\n'),
  added: new Set(['growing']),
  removed: new Set<string>(),
};
const reader = { family: 4, chainKey: () => undefined, sets } as const;

const named: NftSet = { elements: ['10.0.0.1'], grows: null, full: false };
const known: Readonly<Record<string, NftSet>> = {
  named,
  growing: { ...named, grows: 'adds' },
  am: { elements: [[80, '10.66.0.10']], grows: null, full: false },
  apm: { elements: [[80, { concat: ['10.66.0.10', 3000] }]], grows: null, full: false },
};
const context = {
  families: [4],
  chainKey: (name: string) => `nft/ip/t/${name}`,
  setNamed: (name: string) => known[name],
} as const;

const GROUPS = {
  exact: 'Known: matched or carried out exactly',
  rate: 'Known to let a part through: those who get in by it are *limited*',
  over: 'Passed over: it decides nothing',
  never: 'Known never to hold for the first packet of a connection from outside',
  partly: 'Known in part: every way that it may go is followed, and where all of them end alike, that is the answer',
  unknown: 'Cannot be told: both ways are followed, and where they differ the verdict is *unknown* and names the rule',
} as const;
type Group = keyof typeof GROUPS;

const flat = (field: Field): readonly Field[] =>
  field.on === 'any' ? field.rows.flat().flatMap((one) => flat(one.field)) : [field];

/** Of protocols that nothing here is asked about. */
const isForeign = (field: Field): boolean =>
  field.on === 'protocol' && !has(field.protocols, 6) && !has(field.protocols, 17);

const isSpread = (effect: Effect): boolean =>
  (effect.do === 'redirect' || effect.do === 'dnat') &&
  [effect.ports, effect.do === 'dnat' ? effect.set : null].some((set) => set !== null && set[0]?.[0] !== set[0]?.[1]);

function groupOf({ statements }: Rule): Group {
  const fields: Field[] = [];
  const done: string[] = [];
  for (const statement of statements) {
    if (statement.kind === 'test') {
      const { field, negate } = statement.test;
      const never = (field.on === 'always' && negate) || (field.on === 'any' && field.rows.length === 0 && !negate);
      if (never) return 'never';
      fields.push(...flat(field));
    } else if (statement.kind === 'effect') {
      if (isSpread(statement.effect)) return 'partly';
      done.push(statement.effect.do);
    } else {
      fields.push(...statement.cases.flatMap(({ tests }) => tests.flatMap((one) => flat(one.field))));
      done.push(...statement.cases.map(({ effect }) => effect?.do ?? 'continue'));
    }
  }
  const doubts = fields.filter(({ on }) => on === 'unknown').length;
  if (fields.some(isForeign)) return 'never';
  if (done.includes('unknown') || done.includes('forget-mark')) return 'unknown';
  if (doubts > 0) return fields.some(({ on }) => on === 'source') ? 'partly' : 'unknown';
  if (fields.some(({ on }) => on === 'rate')) return 'rate';
  return fields.length === 0 && done.length === 0 ? 'over' : 'exact';
}

const target = (words: string): Group => groupOf(readRule(split(words) ?? [], words, reader));

/** With a target, without which nothing becomes of a match. */
const match = (words: string): Group => {
  const { statements, text } = readRule(split(`${words} -j ACCEPT`) ?? [], words, reader);
  return groupOf({ text, statements: statements.slice(0, -1) });
};

function section(title: string, samples: readonly (readonly [words: string, group: Group])[]): string {
  const lines = [`## ${title}`, ''];
  for (const [group, heading] of Object.entries(GROUPS)) {
    const own = samples.filter(([, of]) => of === group).map(([words]) => `\`${words}\``);
    if (own.length > 0) lines.push(`**${heading}:**`, '', ...own.map((words) => `- ${words}`), '');
  }
  return lines.join('\n');
}

test('the page tells what the readers make of each', async () => {
  const nft = Object.entries(NFT).map(([words, json]) => [words, groupOf(readNftRule(json, null, context))] as const);
  const matches = SAMPLES.matches.map((words) => [words, match(words)] as const);
  const targets = SAMPLES.targets.map((words) => [words, target(`-j ${words}`)] as const);
  for (const list of [nft, matches, targets]) expect(new Set(list.map(([words]) => words)).size).toBe(list.length);
  const page = `# What the engine knows of matches and targets

Made by \`npm run make:matches\` from the readers themselves: each line below is put through them, and stands where they
put it. Do not edit it by hand. A match that is not listed is treated as one that cannot be told: its rule may match and
may not, and where that makes a difference the verdict is *unknown* and names the rule.

What is known is proved with packets: \`docs/ACCURACY.md\` counts on how many probes each kind decided.

${section('Matches of iptables', matches)}
${section('Targets of iptables', targets)}
${section('Expressions and statements of nftables', nft)}`;
  await expect(`${page.trimEnd()}\n`).toMatchFileSnapshot('../../../../docs/MATCHES.md');
});

test('what no sample shows is not known either', () => {
  expect(match('-m madeup --option x')).toBe('unknown');
  expect(match('-m tcp --madeup x')).toBe('unknown');
  expect(target('-j MADEUP')).toBe('unknown');
});
