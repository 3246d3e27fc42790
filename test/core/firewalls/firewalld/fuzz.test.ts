/** Whatever firewalld, or somebody in its place, answers: no crash, and no name that the rules do not bear out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameRules, notesOf, readFirewalld, stateOf } from '../../../../src/core/firewalls/firewalld/index.ts';
import { parseRich } from '../../../../src/core/firewalls/firewalld/rich.ts';
import type { Netfilter, Rule } from '../../../../src/core/firewalls/netfilter/model.ts';
import type { Snapshot, Transcript } from '../../../../src/core/model.ts';
import { share } from '../../../share.ts';

const IDS = [
  'running',
  'default-zone',
  'active-zones',
  'panic',
  'policies',
  'zone:home',
  'kept-zone:home',
  'policy:in',
  'service:ssh',
].map((name) => `firewalld.${name}`);

const word = fc.constantFrom(
  'services',
  'ports',
  'rules_str',
  'target',
  'sources',
  'includes',
  'destination',
  'ipv4',
  'data',
  'type',
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('ssh', 'home', 'tcp', '3000', '1025-65535', 'ACCEPT', 'rule accept', 'a{sv}'),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(word, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const answer = fc.oneof(
  value.map((data) => JSON.stringify({ type: 'v', data: [data] })),
  value.map((data) => JSON.stringify({ type: 'a{sv}', data: [{ services: { type: 'as', data } }] })),
  fc.string({ unit: 'binary' }),
);
const transcript = fc.record({ id: fc.constantFrom(...IDS), stdout: answer, failed: fc.boolean() }).map(
  ({ id, stdout, failed }): Transcript => ({
    id,
    kind: 'command',
    argv: [],
    exit: failed ? 1 : 0,
    signal: null,
    stdout,
    stderr: '',
    startedAt: '2026-01-01T00:00:00Z',
    ms: 0,
    failure: failed ? 'failed' : null,
  }),
);
const running = { id: 'firewalld.running', stdout: '{"type":"b","data":[true]}', failure: null, exit: 0 };

const rule = (text: string, ...statements: Rule['statements']): Rule => ({ text, statements });
const chain = (name: string, rules: readonly Rule[]) => ({
  key: `nft/inet/firewalld/${name}`,
  backend: 'nftables' as const,
  families: [4, 6] as const,
  table: 'inet firewalld',
  name,
  base: null,
  rules,
});
const goes = (to: string): Rule =>
  rule(`goto ${to}`, { kind: 'effect', effect: { do: 'goto', chain: `nft/inet/firewalld/${to}` } });
const netfilter: Netfilter = {
  unread: { 4: [], 6: [] },
  beside: [],
  chains: [
    chain('filter_INPUT_ZONES', [goes('filter_IN_home')]),
    chain('filter_IN_home', [goes('filter_IN_home_allow')]),
    chain('filter_IN_home_allow', [
      rule(
        'tcp dport 3000 accept',
        { kind: 'test', test: { field: { on: 'protocol', protocols: [[6, 6]] }, negate: false } },
        { kind: 'test', test: { field: { on: 'destination-port', ports: [[3000, 3000]] }, negate: false } },
        { kind: 'effect', effect: { do: 'accept' } },
      ),
    ]),
  ],
};

test('answers of any kind', () => {
  fc.assert(
    fc.property(fc.array(transcript, { maxLength: 12 }), fc.boolean(), (transcripts, on) => {
      const snapshot = {
        transcripts: [...transcripts, ...(on ? [{ ...transcripts[0], ...running }] : [])],
      } as unknown as Snapshot;
      const { value: state, gaps } = readFirewalld(snapshot);
      for (const gap of gaps) expect(gap.what).not.toBe('');
      if (state === null) return;
      stateOf(state, snapshot);
      notesOf(state);
      const named = nameRules(netfilter, state).chains.at(-1)?.named?.get('tcp dport 3000 accept');
      expect(named?.firewall).toBe('firewalld');
      expect(named?.rule.startsWith('zone home: ')).toBe(true);
    }),
    { numRuns: share(2000) },
  );
});

test('rich rules of any kind', () => {
  const part = fc.oneof(
    fc.constantFrom(
      'rule',
      'family="ipv4"',
      'source',
      'NOT',
      'address="10.0.0.0/8"',
      'port',
      'port="3000"',
      'accept',
      'drop',
      'limit',
      'value="1/m"',
      'mark',
      'set=0x1',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const text = parts.join(' ');
      expect(parseRich(text).text).toBe(text);
    }),
    { numRuns: share(5000) },
  );
});
