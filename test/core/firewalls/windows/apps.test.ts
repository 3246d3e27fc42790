/** Rules for app containers, which Windows keeps apart and nobody has documented. synthetic: no Windows printed any of it. */
import { expect, test } from 'vitest';
import type { ReportListener } from '../../../../src/core/model.ts';
import { rulesDigest } from '../../../../src/core/plan/index.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { sha256 } from '../../../../src/main/sha256.ts';
import { HOME, profilesPrinted, windowsSnapshot } from './machine.ts';

const APP = 'C:\\Program Files\\WindowsApps\\Some.App_1.0.0.0_x64__8wekyb3d8bbwe\\App.exe';
const some = {
  ok: [{ name: '{a}', value: 'v2.31|Action=Allow|Active=TRUE|Dir=In|AppPkgId=S-1-15-2-1|Name=Some.App|' }],
};

const computer = (parts: Record<string, unknown>, contained?: boolean) =>
  windowsSnapshot({
    adapters: [HOME],
    effective: profilesPrinted(),
    sockets: [
      { at: 'tcp 0.0.0.0:7777', pid: 300 },
      { at: 'tcp 0.0.0.0:3000', pid: 5512 },
    ],
    processes: [
      { pid: 300, path: APP, name: 'App.exe', session: 1, ...(contained === undefined ? {} : { contained }) },
      { pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 },
    ],
    parts,
  });

const at = (id: string, snapshot: ReturnType<typeof computer>): ReportListener => {
  const found = makeReport(snapshot, { kept: new Set() }).listeners.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing at ${id}`);
  return found;
};

test.each([
  ['there are some', { appRules: some }],
  ['they were not read', { appRules: { error: { kind: 'refused', said: '' } } }],
  ['they were not gathered', { appRules: undefined }],
])('what is or may be in a container is not called closed where %s', (_, parts) => {
  for (const contained of [undefined, true]) {
    const { exposure, exposureComplete } = at('tcp/7777', computer(parts, contained));
    expect([exposure, exposureComplete]).not.toEqual(['self', true]);
  }
  // It is in none.
  for (const one of [at('tcp/7777', computer(parts, false)), at('tcp/3000', computer(parts))])
    expect([one.exposure, one.exposureComplete]).toEqual(['self', true]);
});

test('it is closed where there are none', () => {
  const { exposure, exposureComplete } = at('tcp/7777', computer({}));
  expect([exposure, exposureComplete]).toEqual(['self', true]);
});

test('they are part of what a plan was made from, and no rules that are counted', () => {
  const plain = computer({});
  for (const parts of [{ appRules: some }, { serviceRules: some }])
    expect(rulesDigest(computer(parts), sha256)).not.toBe(rulesDigest(plain, sha256));
  const counted = (of: typeof plain) => makeReport(of, { kept: new Set() }).firewalls.map(({ rules }) => rules);
  expect(counted(computer({ appRules: some }))).toEqual(counted(plain));
});
