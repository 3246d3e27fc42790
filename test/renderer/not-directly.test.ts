/** “From the internet: not directly” is said where the internet is known to be shut out, by both faces alike. */
import { describe, expect, test } from 'vitest';
import type { Interface, ListenerReach, Report, Route } from '../../src/core/model.ts';
import { sentence } from '../../src/main/faces/cli/words.ts';
import { words } from '../../src/renderer/text/words.ts';
import { judgeOf, listener, socket } from '../core/reach/world.ts';
import * as reports from '../e2e/fixtures/reports.ts';

const address = (text: string, prefix: number): Interface['addresses'][number] => ({
  family: text.includes(':') ? 6 : 4,
  address: text,
  prefix,
  scope: text.startsWith('fe80') ? 'link' : 'global',
});
const wifi = (...addresses: Interface['addresses']): Interface => ({
  name: 'wlan0',
  index: 2,
  kind: 'wifi',
  up: true,
  addresses,
});
const lo: Interface = { ...wifi(address('203.0.113.80', 32)), name: 'lo', kind: 'loopback' };
const routes: readonly Route[] = [
  { family: 4, destination: '0.0.0.0/0', interface: 'wlan0', gateway: '192.168.77.1' },
  { family: 6, destination: '::/0', interface: 'wlan0', gateway: 'fe80::1' },
];
const filter = (...rules: string[]): string =>
  `*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
const dual = listener(socket({ family: 6, address: '::', v6only: false }));

/** What the terminal and the window say. */
function saidOf(reach: ListenerReach, interfaces: readonly Interface[]): readonly string[] {
  const seen: Report['interfaces'] = interfaces.map(({ name, kind, addresses }) => ({
    name,
    kind,
    addresses: addresses.map((one) => `${one.address}/${one.prefix}`),
  }));
  const report = { ...reports.advice, interfaces: seen };
  return [sentence(reach, seen), words.whoLong({ ...reports.advice.listeners[0], ...reach }, report)];
}

describe('not directly', () => {
  const home = [wifi(address('192.168.77.10', 24), address('2001:db8:77::10', 64), address('fe80::10', 64))];

  test('is said where a private address takes everybody, and the internet does not come in', () => {
    const reach = judgeOf({ v4: filter('-A INPUT -j ACCEPT'), v6: filter() }, { interfaces: home, routes }).reachOf(
      dual,
    );
    for (const said of saidOf(reach, home)) expect(said).toContain('From the internet: not directly.');
  });

  test('is not said where it cannot be told whether the internet comes in', () => {
    const interfaces = [lo, wifi(address('192.168.77.10', 24))];
    const reach = judgeOf({}, { interfaces, routes: [] }).reachOf(dual);
    expect(reach.places).toContainEqual({ kind: 'internet', interface: null, verdict: 'unknown' });
    for (const said of saidOf(reach, interfaces)) {
      expect(said).toContain('Whether others can, too, cannot be told.');
      expect(said).not.toContain('not directly');
    }
  });

  test('is not said where neighbours alone are let in, though their network has public addresses', () => {
    const v6 = filter('-A INPUT -s 2001:db8:77::/64 -j ACCEPT', '-A INPUT -s fe80::/64 -j ACCEPT');
    const reach = judgeOf({ v4: filter(), v6 }, { interfaces: home, routes }).reachOf(dual);
    expect(reach.exposure).not.toBe('internet');
    for (const said of saidOf(reach, home)) expect(said).not.toContain('not directly');
  });
});
