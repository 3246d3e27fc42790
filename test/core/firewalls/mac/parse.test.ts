/** What pfctl and socketfilterfw print, read strictly: what is not understood is never nothing. */
import { describe, expect, test } from 'vitest';
import { alfState, readAlf } from '../../../../src/core/firewalls/alf/index.ts';
import { parsePf } from '../../../../src/core/firewalls/pf/parse.ts';
import { pfState } from '../../../../src/core/firewalls/pf/index.ts';
import { readFacts } from '../../../../src/core/facts.ts';
import { failed, macSnapshot } from './machine.ts';

const kinds = (text: string) => parsePf(text).lines.map(({ kind }) => kind);

describe('pf', () => {
  /** Lines that were printed by pfctl of macOS, OpenBSD's forebear of it, or stand in the manual. */
  test.each([
    'anchor "com.apple/*" all',
    'pass in quick on lo0 reply-to lo0 inet proto udp from any to 127.0.0.1 port = 5354',
    'block drop quick on lo0 inet6 proto tcp all user = 502',
    'block return in log quick on en0 inet from any to (en0:network) label "a b"',
    'block return-icmp(port-unr) in proto udp from ! <good:3> port 1024:65535 to any port != domain',
    'pass out route-to { (en0 192.168.1.1), (en1 10.0.0.1) } round-robin inet proto tcp all flags S/SA keep state',
    'pass in inet proto icmp all icmp-type echoreq keep state',
    'pass in proto tcp from any to any port = 22 flags S/SA keep state (max-src-conn 10, max-src-conn-rate 3/10, overload <bad> flush global, src.track 10)',
    'pass in all flags any keep state allow-opts tag X queue q',
    'nat on en0 inet from 192.168.64.0/24 to any -> (en0:0) static-port',
    'no nat on en0 all',
    'rdr pass log (all, to pflog1) on ! lo0 inet proto tcp from any to any port 80:90 -> 127.0.0.1 port 8080:8090',
    'binat on en0 inet from 10.0.0.5 to any -> 203.0.113.5',
    'rdr-anchor "com.apple/*" all',
  ])('is understood: %s', (line) => {
    const expected = [/anchor/.test(line) ? 'anchor' : /nat|rdr/.test(line) ? 'translation' : 'filter'];
    expect(kinds(`${line}\n`)).toEqual(expected);
    // As with -vv and its numbers.
    expect(kinds(`@12 ${line}\n`)).toEqual(expected);
  });

  test.each([
    'pass',
    'block all',
    'block drop in on all',
    'pass in from any',
    'pass in proto tcp from any port to any',
    'pass in proto tcp from any to any port = ',
    'pass in inet from 10.0.0.300 to any',
    'pass in inet from 10.0.0.0/40 to any',
    'pass in all flags S',
    'pass in all keep',
    'pass in all "x',
    'pass in (all',
    'anchor "x',
    'rdr on en0 inet from any to any -> ',
    'rdr on en0 inet from any to any',
    'no rdr on en0 inet from any to any -> 1.2.3.4',
    'pass in all }',
    '}',
    '{',
  ])('may do anything: %s', (line) => {
    expect(kinds(`${line}\n`)).toEqual(['unread']);
  });

  test('what neither passes nor blocks is left out, and half a line is not', () => {
    expect(
      kinds('scrub in all fragment reassemble\nscrub-anchor "com.apple/*" all\ndummynet-anchor "x" all\n\n'),
    ).toEqual([]);
    expect(parsePf('pass in all flags S/SA keep state\nblock dr').cut).toBe(true);
    expect(kinds('pass in all flags S/SA keep state\nblock dr')).toEqual(['filter', 'unread']);
  });

  test('its state', () => {
    const state = (said: Parameters<typeof macSnapshot>[0]) => pfState(macSnapshot({ uid: 0, ...said })).value[0];
    expect(state({ pf: { enabled: false } })).toMatchObject({ active: false, defaults: { inbound: 'allow' } });
    expect(state({ pf: { rules: ['block drop all', 'pass in proto tcp all keep state'] } })).toMatchObject({
      active: true,
      defaults: { inbound: 'deny' },
      rules: 2,
    });
    expect(state({ pf: { rules: ['block return all', 'pass all keep state'] } })).toMatchObject({
      defaults: { inbound: 'allow' },
    });
    expect(state({})).toMatchObject({ active: null, defaults: { inbound: 'unknown' }, rules: null });
  });
});

describe('the application firewall', () => {
  const settings = (said: Parameters<typeof macSnapshot>[0]) => readAlf(macSnapshot(said));

  test('words of older versions and of newer ones', () => {
    const older = settings({
      changed: {
        'alf.state': { stdout: 'Firewall is enabled. (State = 1)\n' },
        'alf.blockall': { stdout: 'Block all DISABLED! \n' },
        'alf.signed': {
          stdout:
            'Automatically allow signed built-in software DISABLED\nAutomatically allow downloaded signed software ENABLED\n',
        },
        'alf.stealth': { stdout: 'Stealth mode enabled \n' },
        'alf.apps': {
          stdout: 'ALF: total number of apps = 1 \n\n1 :  /opt/a b \n \t ( Block incoming connections ) \n\n',
        },
      },
    });
    expect(older).toEqual({
      value: {
        on: true,
        blockAll: false,
        builtIn: false,
        signed: true,
        stealth: true,
        apps: [{ path: '/opt/a b', allow: false }],
      },
      gaps: [],
    });
    expect(settings({ alf: { state: 2 } }).value).toMatchObject({
      on: true,
      blockAll: true,
      builtIn: true,
      stealth: false,
    });
  });

  test.each([
    'ALF: total number of apps = 2 \n\n1 : /opt/a \n ( Allow incoming connections ) \n',
    'ALF: total number of apps = 1 \n\n1 : /opt/a \n',
    'ALF: total number of apps = 1 \n\n1 : /opt/a \n ( Perhaps incoming connections ) \n',
    'ALF: total number of apps = 1 \n\n ( Allow incoming connections ) \n',
    '1 : /opt/a \n ( Allow incoming connections ) \n',
    '',
  ])('a list that is not whole is none: %j', (stdout) => {
    const { value, gaps } = settings({ alf: { state: 1 }, changed: { 'alf.apps': { stdout } } });
    expect(value.apps).toBeNull();
    expect(gaps.map(({ what }) => what)).toEqual(["the application firewall's list of programs"]);
  });

  test('what was not read is told, once and for all', () => {
    const { gaps } = settings({ changed: { 'alf.state': failed('refused') } });
    expect(gaps.map(({ what, why }) => [what, why])).toEqual([
      ['the settings of the application firewall', 'needs administrator rights'],
    ]);
    expect(alfState(macSnapshot({ changed: { 'alf.state': failed('refused') } })).value[0]?.active).toBeNull();
  });
});

test('what is told of a Mac whose pf is on', () => {
  const { mac } = readFacts(
    macSnapshot({
      uid: 0,
      alf: { state: 1, stealth: true, signed: false },
      pf: { anchors: { a: { rules: ['block drop all'] }, b: {} }, references: ['Some VPN', 'x'] },
    }),
  );
  expect(mac).toEqual({ alf: true, stealth: true, signed: false, pf: { anchors: ['a'], askers: ['Some VPN', 'x'] } });
});
