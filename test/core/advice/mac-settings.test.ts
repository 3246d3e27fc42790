import { expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import { commandsOf } from '../../../src/core/advice/commands.ts';
import type { FirewallState } from '../../../src/core/model.ts';
import { facts, listener, place, unknown } from './build.ts';
import { listenersOf } from '../../../src/core/advice/remedy.ts';

const saidOf = (found: ReturnType<typeof advise>) =>
  found.filter(({ says }) => says.kind === 'mac-setting').map(({ listener: id, title }) => [id, title]);

test('a setting is told of once, with all ports that it opens, though one of them is known to do little harm', () => {
  const some = [
    listener('tcp/5000', 'ControlCenter'),
    listener('tcp/22', 'launchd'),
    listener('tcp/7000', 'ControlCenter'),
  ];
  const found = advise(facts({ platform: 'darwin', listeners: some }));
  expect(new Set(saidOf(found).map(([id]) => id))).toEqual(new Set(['tcp/22', 'tcp/5000']));
  const airplay = found.find(({ listener: id }) => id === 'tcp/5000');
  expect(airplay?.title).toBe(
    'AirPlay receiver (ControlCenter) on ports 5000 and 7000 is opened by a setting of macOS',
  );
  expect(airplay?.advice).toBe('close');
  expect(airplay === undefined ? [] : listenersOf(airplay)).toEqual(['tcp/5000', 'tcp/7000']);
  // And nothing else is said of them.
  expect(found.filter(({ listener: id }) => some.some((one) => one.id === id))).toHaveLength(2);
  expect(saidOf(advise(facts({ platform: 'linux', listeners: some })))).toEqual([]);
});

test('what different people reach is told apart, and what is kept is not told', () => {
  const wide = listener('tcp/5000', 'ControlCenter', { exposure: 'internet', places: [place('internet')] });
  const near = listener('tcp/7000', 'ControlCenter');
  const of = (listeners: readonly (typeof wide)[]) => saidOf(advise(facts({ platform: 'darwin', listeners })));
  expect(of([wide, near]).map(([id]) => id)).toEqual(['tcp/5000', 'tcp/7000']);
  expect(of([{ ...wide, kept: true }, near]).map(([id]) => id)).toEqual(['tcp/7000']);
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
  expect(said.find(([id]) => id === 'tcp/5000')?.[1]).toMatch(/ on ports 5000 and 7000 is opened by a setting/);
});

test('the application firewall, turned on, is not said to close what it lets in by default', () => {
  const alf: FirewallState = { id: 'alf', active: false, defaults: { inbound: 'allow', outbound: 'allow' }, rules: 0 };
  const off = advise(facts({ platform: 'darwin', firewalls: [alf] })).find(({ says }) => says.kind === 'firewall-off');
  expect(off?.ifClosed).toContain('those of Apple and signed ones still are');
  expect(off?.why).toContain('System Settings, Network, Firewall');
});

test('the commands of the Hyper-V firewall show its rules and its default', () => {
  const commands = commandsOf({
    kind: 'windows-guests',
    adapters: [],
    programs: [],
    wsl: { networking: null, filter: null, openings: { first: [], more: 0 } },
  });
  expect(commands.join('\n')).toMatch(
    /^Get-NetFirewallHyperVRule\nGet-NetFirewallHyperVVMSetting -PolicyStore ActiveStore -Name '\{[0-9A-F-]{36}\}'$/,
  );
});
