/** Rules that are found by program, protocol and port: the same answers as when each is asked. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import type { Snapshot } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { windowsMachine } from '../../../bench/windows.ts';
import { HOME, windowsSnapshot } from './machine.ts';
import { share } from '../../../share.ts';

const RUNS = share(150);

/** Fresh facts for each, so that nothing that was found for one serves the other. */
function expectAlike(snapshot: Snapshot, ports: readonly number[]): ReadonlySet<string> {
  const [facts, others] = [readFacts(snapshot), readFacts(snapshot)];
  const [judge, plain] = [createJudge(worldOf(facts)), createJudge(worldOf(others), { index: false })];
  const seen = new Set<string>();
  for (const listener of facts.listeners) {
    const reach = judge.reachOf(listener);
    seen.add(reach.exposure);
    expect(plain.reachOf(listener)).toEqual(reach);
  }
  for (const port of ports)
    for (const protocol of ['tcp', 'udp'] as const) {
      const question = { protocol, interface: 'Wi-Fi', source: '192.168.1.50', destination: '192.168.1.20', port };
      expect(plain.ask(question)).toEqual(judge.ask(question));
    }
  return seen;
}

test('many programs under many rules', () => {
  let state = 3;
  const pick = (below: number): number => (state = (state * 48271) % 2147483647) % below;
  const seen = expectAlike(windowsMachine(60, 200, pick), [1000, 1002, 9]);
  expect([...seen].sort()).toEqual(['internet', 'network', 'self', 'some']);
});

/** Paths that are one file in several spellings, may be one, are none, or cannot be told. */
const PATHS = [
  'C:\\Apps\\server.exe',
  'c:\\apps\\SERVER.EXE',
  'C:/Apps//server.exe',
  '"C:\\Apps\\server.exe"',
  '%SystemRoot%\\System32\\svchost.exe',
  '%ProgramFiles%\\Vendor\\server.exe',
  '%Unknown%\\server.exe',
  'C:\\Progra~1\\Vendor\\server.exe',
  'C:\\Progra~1\\Vendor\\SERVER~1.EXE',
  'C:\\Users\\anna\\server.exe',
  'D:\\tools\\current\\server.exe',
  '\\\\share\\tools\\server.exe',
  'C:\\Apps\\..\\Apps\\server.exe',
  'C:\\Windows\\SysWOW64\\svchost.exe',
  'server.exe',
  'System',
  '%name%',
  '*',
];
const HELD = [
  null,
  null,
  null,
  null,
  null,
  'C:\\Windows\\System32\\svchost.exe',
  'C:\\Program Files\\Vendor\\server.exe',
  ...PATHS,
];

const rarely = (usual: readonly string[], odd: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const field = (name: string, one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 2, arbitrary: one.map((text) => `${name}=${text}|`) });

const rule = fc
  .tuple(
    rarely(['Allow', 'Block'], ['ByPass', 'Later']),
    field('Protocol', rarely(['6', '17'], ['1', 'x'])),
    field('LPort', rarely(['3000', '3001', '3002'], ['RPC'])),
    field('LPort2_10', fc.constantFrom('3000-3001', '2000-2999')),
    field('App', fc.constantFrom(...PATHS)),
    field('Svc', fc.constantFrom('*', 'Dnscache', 'RpcSs')),
    field('Profile', fc.constantFrom('Private', 'Public')),
    field('AppPkgId', fc.constantFrom('S-1-15-2-1')),
    rarely(['Dir=In|'], ['Dir=Out|', '']),
    rarely(['Active=TRUE|'], ['Active=FALSE|', 'x']),
  )
  .map(([action, ...fields]) => `v2.31|Action=${action}|${fields.join('')}`);

const machine = fc
  .tuple(
    fc
      .tuple(fc.array(rule, { maxLength: 9 }), fc.constantFrom([], ['Allow|Protocol=6|']))
      .map(([some, more]) => [...some, ...more]),
    fc.array(
      fc.record({ path: fc.constantFrom(...HELD), services: fc.subarray(['Dnscache', 'RpcSs']), named: fc.boolean() }),
      { minLength: 1, maxLength: 4 },
    ),
    fc.constantFrom('Private', 'Public', null),
  )
  .map(([rules, holders, category]) =>
    windowsSnapshot({
      rules,
      adapters: [{ ...HOME, category }],
      processes: holders.map(({ path, named }, at) => ({
        pid: 100 + at,
        path: path === 'System' ? null : path,
        ...(path === null && named ? { name: 'server.exe' } : {}),
      })),
      services: holders.flatMap(({ services }, at) => services.map((name) => ({ pid: 100 + at, name }))),
      sockets: [
        ...holders.map((_, at) => ({ at: `${at === 3 ? 'udp' : 'tcp'} 0.0.0.0:${3000 + at}`, pid: 100 + at })),
        { at: 'tcp 0.0.0.0:3001', pid: 4 },
      ],
    }),
  );

test('whatever programs are called', () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(machine, (snapshot) => {
      for (const exposure of expectAlike(snapshot, [3000, 3001, 3009])) seen[exposure] = (seen[exposure] ?? 0) + 1;
    }),
    { numRuns: RUNS },
  );
  // A comparison of closed ports alone would prove nothing.
  for (const exposure of ['network', 'self', 'unknown']) expect(seen[exposure]).toBeGreaterThan(RUNS / 20);
});
