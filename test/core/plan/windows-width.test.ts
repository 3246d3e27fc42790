/** Which of several rules of somebody's is turned on: the narrowest. synthetic: no Windows printed any of it. */
import { expect, test } from 'vitest';
import type { Choice } from '../../../src/core/model.ts';
import { propose } from '../../../src/core/plan/index.ts';
import { makeReport } from '../../../src/core/report.ts';
import { sha256 } from '../../../src/main/sha256.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from '../firewalls/windows/machine.ts';

const rule = (name: string, fields: string) => ({
  name,
  value: `v2.31|Action=Allow|Active=FALSE|Dir=In|${fields}Name=${name}|`,
});
const RULES = {
  everything: rule('everything', ''),
  program: rule('program', 'App=C:\\dev\\node.exe|'),
  range: rule('range', 'Protocol=6|LPort2_10=3000-3388|'),
  port: rule('port', 'Protocol=6|LPort=3000|'),
  both: rule('both', 'Protocol=6|LPort=3000|App=C:\\dev\\node.exe|'),
};

/** The rules that a plan turns on, or why there is none. */
function turnedOn(
  choice: Choice,
  names: readonly (keyof typeof RULES)[],
  more: MachineSaid,
): readonly string[] | string {
  const snapshot = windowsSnapshot({
    adapters: [HOME],
    sockets: [{ at: 'tcp 0.0.0.0:3000', pid: 5512 }],
    processes: [{ pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 }],
    rules: names.map((name) => RULES[name]),
    ...more,
  });
  const judge = (of: typeof snapshot) => makeReport(of, { kept: new Set() });
  const asked = {
    snapshot,
    choice,
    changes: [],
    report: judge(snapshot),
    judge,
    sha256,
    now: '2026-11-28T09:00:03.000Z',
  };
  try {
    return propose(asked).steps.flatMap(({ operation }) => ('id' in operation ? [operation.id] : []));
  } catch (error) {
    return (error as Error).message;
  }
}

const target = { protocol: 'tcp', port: 3000 } as const;
const CASES = [
  [
    'opening',
    { kind: 'reopen', targets: [target], audience: 'everyone', way: 'firewall' },
    { effective: profilesPrinted() },
  ],
  [
    'turning the firewall on',
    { kind: 'enable-firewall', keep: [target] },
    { local: { private: { EnableFirewall: 0 } } },
  ],
] as const satisfies readonly (readonly [string, Choice, MachineSaid])[];

test.each(CASES)('%s takes the narrowest rule that does, whatever the order', (_, choice, more) => {
  expect(turnedOn(choice, ['everything', 'program', 'range', 'port', 'both'], more)).toEqual(['both']);
  expect(turnedOn(choice, ['everything', 'program', 'range', 'port'], more)).toEqual(['port']);
  expect(turnedOn(choice, ['program', 'range', 'everything'], more)).toEqual(['range']);
  expect(turnedOn(choice, ['everything', 'program'], more)).toEqual(['program']);
});

test.each([
  ['windows-stays-shut', ...CASES[0]],
  ['windows-not-kept', ...CASES[1]],
] as const)('%s: a rule that lets in everything is never turned on', (why, _, choice, more) => {
  expect(turnedOn(choice, ['everything'], more)).toContain(why);
});
