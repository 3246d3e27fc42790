import { expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import { commandsOf } from '../../../src/core/advice/commands.ts';
import type { FirewallState } from '../../../src/core/model.ts';
import { facts, listener, unknown } from './build.ts';

const saidOf = (found: ReturnType<typeof advise>) =>
  found.filter(({ says }) => says.kind === 'mac-setting').map(({ listener: id, title }) => [id, title]);

test('both ports of AirPlay are told of, though one is known to do little harm', () => {
  const both = [listener('tcp/5000', 'ControlCenter'), listener('tcp/7000', 'ControlCenter')];
  expect(saidOf(advise(facts({ platform: 'darwin', listeners: both }))).map(([id]) => id)).toEqual([
    'tcp/5000',
    'tcp/7000',
  ]);
  expect(saidOf(advise(facts({ platform: 'linux', listeners: both })))).toEqual([]);
});

test('where it is not known who reaches them, a setting is told of once', () => {
  const some = [
    unknown('tcp/5000', 'ControlCenter'),
    unknown('tcp/22', 'launchd'),
    unknown('tcp/7000', 'ControlCenter'),
  ];
  const said = saidOf(advise(facts({ platform: 'darwin', listeners: some })));
  expect(new Set(said.map(([id]) => id))).toEqual(new Set(['tcp/22', 'tcp/5000']));
  expect(said).toHaveLength(2);
  expect(said.find(([id]) => id === 'tcp/5000')?.[1]).toMatch(/ on port 5000 and port 7000 are opened by a setting/);
});

test('the application firewall, turned on, is not said to close what it lets in by default', () => {
  const alf: FirewallState = { id: 'alf', active: false, defaults: { inbound: 'allow', outbound: 'allow' }, rules: 0 };
  const off = advise(facts({ platform: 'darwin', firewalls: [alf] })).find(({ says }) => says.kind === 'firewall-off');
  expect(off?.ifClosed).toContain('those of Apple and signed ones still are');
  expect(off?.why).toContain('System Settings, Network, Firewall');
});

test('the commands of the Hyper-V firewall show its rules and its default', () => {
  const commands = commandsOf({ kind: 'windows-guests', adapters: [], programs: [] });
  expect(commands.join('\n')).toMatch(
    /^Get-NetFirewallHyperVRule\nGet-NetFirewallHyperVVMSetting -PolicyStore ActiveStore -Name '\{[0-9A-F-]{36}\}'$/,
  );
});
