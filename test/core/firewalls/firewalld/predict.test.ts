/** What firewalld and nft will print, on what a real host printed; that it is what they do print is proved in the lab. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inWords } from '../../in-words.ts';
import {
  type OwnRule,
  predictFirewalld,
  printRule,
  readFirewalld,
} from '../../../../src/core/firewalls/firewalld/index.ts';
import type { Snapshot } from '../../../../src/core/model.ts';
import { find, withOutput } from '../../../../src/core/transcripts.ts';

const host = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../main/cli/snapshots/firewalld.json'), 'utf8'),
) as Snapshot;

const drop: OwnRule = { action: 'drop', protocol: 'tcp', port: 3000, source: 'any' };
const accept: OwnRule = { ...drop, action: 'accept', source: '192.168.77.0/24' };
const add = (snapshot: Snapshot, rule: OwnRule, zone = 'home') =>
  predictFirewalld(snapshot, { kind: 'firewalld-add', zone, ...rule });
const remove = (snapshot: Snapshot, rule: OwnRule, zone = 'home') =>
  predictFirewalld(snapshot, { kind: 'firewalld-remove', zone, ...rule });

const rules = (snapshot: Snapshot, zone = 'home') => {
  const { value } = readFirewalld(snapshot);
  return { now: value?.zones.get(zone)?.richRules, kept: value?.keptZones.get(zone)?.richRules };
};
type Listed = { readonly rule?: { readonly chain: string; readonly expr: unknown } };
const kernel = (snapshot: Snapshot, zone = 'home'): readonly string[] =>
  (JSON.parse(find(snapshot, 'nft')?.stdout ?? '') as { nftables: readonly Listed[] }).nftables.flatMap(({ rule }) =>
    rule?.chain === `filter_IN_${zone}_pre` ? [JSON.stringify(rule.expr)] : [],
  );
const DROP = '[{"match":{"op":"==","left":{"payload":{"protocol":"tcp","field":"dport"}},"right":3000}},{"drop":null}]';

describe('a rule is put into a zone', () => {
  test('in both forms, and as the first of the kernel’s chain', () => {
    const after = add(host, drop);
    const before = rules(host);
    expect(rules(after)).toEqual({
      now: [...(before.now ?? []), printRule(drop)],
      kept: [...(before.kept ?? []), printRule(drop)],
    });
    expect(kernel(after)).toEqual([DROP, ...kernel(host)]);
    expect(kernel(after, 'trusted')).toEqual(kernel(host, 'trusted'));
  });

  test('who is let in stands ahead of who is not, whichever came first; later ones of a kind come later', () => {
    const one = add(add(add(host, drop), accept), { ...drop, port: 22 });
    const other = add(add(add(host, accept), drop), { ...drop, port: 22 });
    expect(kernel(one)).toEqual(kernel(other));
    expect(kernel(one)[0]).toContain('192.168.77.0');
    expect(kernel(one)[2]).toContain('22');
  });

  test('taken out again: as before', () => {
    const after = remove(remove(add(add(host, drop), accept), drop), accept);
    expect(kernel(after)).toEqual(kernel(host));
    expect(rules(after)).toEqual(rules(host));
    expect(find(after, 'firewalld.zone:trusted')).toEqual(find(host, 'firewalld.zone:trusted'));
  });

  test('one that is kept and does not act is put in where it is missing', () => {
    const kept = find(add(host, drop), 'firewalld.kept-zone:home')?.stdout ?? '';
    const half = withOutput(host, 'firewalld.kept-zone:home', [], kept);
    expect(rules(add(half, drop))).toEqual(rules(add(host, drop)));
    expect(kernel(add(half, drop))).toEqual(kernel(add(host, drop)));
  });
});

describe('what cannot be foreseen', () => {
  const told = (snapshot: Snapshot, kind: string, more: readonly string[]): Snapshot => {
    const id = `firewalld.${kind}:home`;
    const text = find(snapshot, id)?.stdout ?? '';
    return withOutput(
      snapshot,
      id,
      [],
      text.replace('"data":["rule', `"data":${JSON.stringify(more).slice(0, -1)},"rule`),
    );
  };
  test.each<[string, () => Snapshot]>([
    ['a zone that is not there', () => add(host, drop, 'nowhere')],
    ['what stands there already', () => add(add(host, drop), drop)],
    ['what does not stand there', () => remove(host, drop)],
    [
      'somebody’s rule of that priority',
      () => add(told(host, 'zone', ['rule priority="-32768" service name="http" accept']), drop),
    ],
    ['a kernel that does not have what firewalld says', () => add(told(host, 'zone', [printRule(accept)]), drop)],
    [
      'a zone that was not read',
      () =>
        add(
          {
            ...host,
            transcripts: host.transcripts.map((one) =>
              one.id === 'firewalld.kept-zone:home' ? { ...one, failure: 'failed' as const } : one,
            ),
          },
          drop,
        ),
    ],
    ['no nftables', () => add(withOutput(host, 'nft', [], '{"nftables":[]}'), drop)],
  ])('%s', (_, work) => expect(() => inWords(work)).toThrow(/cannot be foreseen/));
});
