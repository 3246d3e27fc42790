/** Why somebody gets in or does not, where a part of the rules was not read. */
import { expect, test } from 'vitest';
import { whoReaches } from '../../../src/core/advice/audience.ts';
import { audience } from '../../../src/core/advice/english/parts.ts';
import type { Reach } from '../../../src/core/model.ts';
import { decidingRules } from '../../../src/core/reach/summary.ts';
import { makeReport } from '../../../src/core/report.ts';
import { because, firewallLine, whoCan } from '../../../src/main/faces/cli/words.ts';
import { type MacSaid, macSnapshot } from '../../core/firewalls/mac/machine.ts';

const SPOTIFY = '/Applications/Spotify.app';

/** The application firewall blocks one program, and pf may not be read. */
const said: MacSaid = {
  processes: [
    { pid: 900, path: `${SPOTIFY}/Contents/MacOS/Spotify` },
    { pid: 910, path: '/opt/homebrew/bin/node' },
  ],
  sockets: [
    { at: 'tcp4 *.57621', pid: 900 },
    { at: 'tcp4 127.0.0.1.32401', pid: 910 },
  ],
  alf: { state: 1, apps: [`block ${SPOTIFY}`] },
};

const listenerOf = (port: number) => {
  const { listeners } = makeReport(macSnapshot(said), { kept: new Set() });
  const found = listeners.find((one) => one.port === port);
  if (found === undefined) throw new Error(`nothing listens on ${port}`);
  return found;
};

test('who turns everyone away for certain is named, and not what may have done so before', () => {
  const blocked = listenerOf(57621);
  expect(blocked).toMatchObject({ exposure: 'self', exposureComplete: true });
  expect(decidingRules(blocked)).toEqual({ letIn: false, rules: [{ firewall: 'alf', rule: `block ${SPOTIFY}` }] });
  expect(because(blocked, blocked.addresses)).toBe(`Turned away by application firewall: block ${SPOTIFY}.`);
});

test('what ends the way of all that comes to it does not only perhaps do so', () => {
  for (const { trace } of listenerOf(57621).reach) {
    const drops = trace.filter(({ effect }) => effect === 'drop').map(({ firewall, when }) => [firewall, when]);
    expect(drops).toEqual([
      ['pf', 'perhaps'],
      ['alf', 'always'],
    ]);
  }
});

test('loopback is not said to be out of reach where rules that were not read may lead there', () => {
  const own = listenerOf(32401);
  expect(own.exposure).toBe('unknown');
  expect(because(own, own.addresses)).toContain('unless rules that were not read');
  expect(because({ ...own, exposure: 'self', exposureComplete: true }, own.addresses)).toContain('no network leads to');
});

test('what a firewall does by default is not said where whether it is on is not known', () => {
  const state = { id: 'windows', defaults: { inbound: 'deny', outbound: 'allow' }, rules: null } as const;
  expect(firewallLine({ ...state, active: null })).not.toContain('by default');
  expect(firewallLine({ ...state, active: true })).toContain('inbound denied by default');
});

test('one address is called by its address, a network by its length', () => {
  const way = { ...listenerOf(57621).reach[0] } as Reach;
  const only = (...open: readonly string[]): string =>
    whoCan({ exposure: 'some', exposureComplete: true, places: [], reach: [{ ...way, open }] }, []);
  expect(only('192.168.1.50/32', '2001:db8::1/128')).toBe('only 192.168.1.50, 2001:db8::1');
  expect(only('192.168.1.0/24', '2001:db8::/32')).toBe('only 192.168.1.0/24, 2001:db8::/32');
});

test('who gets in is one address where it is a single one', () => {
  const { reach } = listenerOf(57621);
  const place = { kind: 'lan', interface: null, verdict: 'some' } as const;
  const words = (...open: readonly string[]): string => {
    const ways = reach.slice(0, 1).map((way) => ({ ...way, open }));
    const seen = { exposure: 'some', exposureComplete: true, places: [place], reach: ways } as const;
    return audience(whoReaches(seen, { interfaces: [] }));
  };
  expect(words('192.168.1.50/32')).toMatch(/^one address /);
  expect(words('192.168.1.0/24')).toMatch(/^some addresses /);
  expect(words('192.168.1.50/32', '192.168.1.51/32')).toMatch(/^some addresses /);
});
