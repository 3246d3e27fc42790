import { describe, expect, test } from 'vitest';
import { UNKNOWN_PROGRAM } from '../../../src/core/catalog/unknown.ts';
import type { OpenCount } from '../../../src/core/advice/headline.ts';
import { compare, type LiveEvent, seenIn } from '../../../src/core/live/index.ts';
import type { TrayState } from '../../../src/core/live/tray.ts';
import type { Report, ReportListener } from '../../../src/core/model.ts';
import { visible } from '../../../src/core/visible.ts';
import { english as words } from '../../../src/main/faces/electron/words.ts';
import { german } from '../../../src/main/faces/electron/words-de.ts';
import { de } from '../../../src/renderer/text/de/index.ts';

const openPorts = (count: number): OpenCount => ({
  needless: { count, internet: 0, whom: 'network' },
  asked: { count: 0, internet: 0, whom: 'some' },
});

const state = (more: Partial<TrayState>): TrayState => ({
  gate: 'down',
  open: openPorts(0),
  untold: 0,
  firewallOff: false,
  advice: [],
  ...more,
});

const opened = (port: number, program = 'python3'): LiveEvent => ({
  kind: 'opened',
  subject: { id: `tcp/${port}`, protocol: 'tcp', port, name: 'x', service: null, unknown: false, program, kept: false },
  places: [{ kind: 'lan', interface: 'wlan0', verdict: 'open' }],
});
const report = { interfaces: [{ name: 'wlan0', kind: 'wifi', addresses: [] }] } as unknown as Report;

test('the state is one sentence, and the tip has its time', () => {
  const says = [
    state({}),
    state({ firewallOff: true }),
    state({ gate: 'up', open: openPorts(1) }),
    state({ gate: 'up', open: openPorts(2) }),
    state({ gate: 'doubt', untold: 1 }),
    state({ gate: 'doubt', untold: 3 }),
    state({ gate: 'doubt' }),
    state({ gate: 'doubt', open: null }),
  ].map(words.tray.state);
  expect(says).toEqual([
    'Nothing to close.',
    'Nothing needs closing now, but the firewall is off.',
    'One port is open to your network that you probably don’t need.',
    '2 ports are open to your network that you probably don’t need.',
    'Who can reach one port can’t be told yet.',
    'Who can reach 3 ports can’t be told yet.',
    'Not everything that listens could be read.',
    'Looking at who can reach this computer…',
  ]);
  expect(words.tray.tip(state({}), null)).toBe('Portcullis\nNothing to close.');
  expect(words.tray.tip(state({}), '2026-11-29T10:42:00.000Z')).toMatch(/^Portcullis\nNothing to close\.\nAs of .*42/);
});

test('advice names the port and whose it is; what is hidden in a name shows', () => {
  const target = { protocol: 'tcp', port: 3000 } as const;
  const says = words.tray.advice;
  expect(says({ finding: '', does: 'close', target, program: 'http\u202eserver' })).toBe(
    'Close port 3000 (http\\u{202e}server)…',
  );
  expect(says({ finding: '', does: 'close', target: { protocol: 'udp', port: 53 }, program: null })).toBe(
    'Close port 53 (UDP)…',
  );
  expect(says({ finding: '', does: 'remove-opening', target, program: null })).toBe(
    'Remove the opening for port 3000…',
  );
  expect(says({ finding: '', does: 'turn-on-firewall', target: null, program: null })).toBe('Turn the firewall on…');
});

test('a notification says what watch says; of many, the first and how many more', () => {
  expect(words.notice.title([opened(3000)])).toBe('Others can reach port 3000');
  expect(words.notice.body([opened(3000)], report)).toBe(
    '3000/tcp, python3: anyone on your Wi-Fi (wlan0) can connect now.',
  );
  const five = [1, 2, 3, 4, 5].map((port) => opened(port));
  expect(words.notice.title(five)).toBe('Others can reach 5 more ports');
  expect(words.notice.body(five, report).split('\n')).toHaveLength(4);
  expect(words.notice.body(five, report)).toMatch(/And 2 more\.$/);
});

describe('German', () => {
  const target = { protocol: 'tcp', port: 3000 } as const;
  const nasty = 'http\u202e\nserver';

  test('says the same, with the same numbers', () => {
    const states = [
      state({}),
      state({ firewallOff: true }),
      ...[1, 2].map((count) => state({ gate: 'up', open: openPorts(count) })),
      ...[1, 3, 0].map((untold) => state({ gate: 'doubt', untold })),
      state({ gate: 'doubt', open: null }),
    ];
    const said = states.map(german.tray.state);
    expect(said.slice(0, 5)).toEqual([
      'Nichts zu schließen.',
      'Gerade ist nichts zu schließen, aber die Firewall ist aus.',
      'Ein Port ist für dein Netzwerk offen, den du wahrscheinlich nicht brauchst.',
      '2 Ports sind für dein Netzwerk offen, die du wahrscheinlich nicht brauchst.',
      'Wer einen Port erreicht, ist noch unklar.',
    ]);
    expect(new Set(said).size).toBe(states.length);
    const numbers = (texts: readonly string[]) => texts.map((text) => text.match(/\d+/g));
    expect(numbers(said)).toEqual(numbers(states.map(words.tray.state)));
    expect(german.tray.tip(state({}), '2026-11-29T10:42:00.000Z')).toMatch(
      /^Portcullis\nNichts zu schließen\.\nStand .*42/,
    );
  });

  test('gives the same advice', () => {
    const says = german.tray.advice;
    expect(says({ finding: '', does: 'close', target, program: nasty })).toBe(
      'Port 3000 (http\\u{202e}\\u{a}server) schließen…',
    );
    expect(says({ finding: '', does: 'close', target: { protocol: 'udp', port: 53 }, program: null })).toBe(
      'Port 53 (UDP) schließen…',
    );
    expect(says({ finding: '', does: 'remove-opening', target, program: null })).toBe(
      'Die Freigabe für Port 3000 entfernen…',
    );
    expect(says({ finding: '', does: 'turn-on-firewall', target: null, program: null })).toBe(
      'Die Firewall einschalten…',
    );
  });

  test('tells of somebody new', () => {
    expect(german.notice.title([opened(3000)])).toBe('Andere erreichen Port 3000');
    expect(german.notice.body([opened(3000)], report)).toBe(
      '3000/tcp, python3: Alle in deinem WLAN (wlan0) können sich jetzt verbinden.',
    );
    const five = [1, 2, 3, 4, 5].map((port) => opened(port));
    expect(german.notice.title(five)).toBe('Andere erreichen 5 weitere Ports');
    expect(german.notice.body(five, report).split('\n')).toHaveLength(4);
    expect(german.notice.body(five, report)).toMatch(/Und 2 weitere\.$/);
    expect(german.notice.body(five.slice(1), report)).toMatch(/Und 1 weiterer\.$/);
    for (const kind of ['opened', 'closed', 'unknown'] as const)
      for (const place of ['lan', 'vpn', 'tailnet', 'container', 'internet'] as const) {
        const event = { ...opened(1, nasty), kind, places: [{ kind: place, interface: 'wlan0', verdict: 'some' }] };
        const text = german.notice.body([event as LiveEvent], report);
        expect(text).toBe(visible(text));
        expect(text).not.toMatch(/\b(the|your|can|on|anyone|nobody|some)\b|undefined/);
      }
  });

  test('calls what listens as the window does, where its program is not to be seen', () => {
    const owner = { program: null, path: null } as ReportListener['owner'];
    const named = (name: string, id: string | null): string => {
      const service = id === null ? null : { id, name };
      const identity = { service, by: 'port', name, registered: null } as ReportListener['identity'];
      const one = { protocol: 'tcp', port: 631, identity, owner, kept: false } as ReportListener;
      const reach = {
        places: [{ kind: 'lan', interface: 'wlan0', verdict: 'open' }],
        reach: [],
        exposureComplete: true,
      };
      const none = { ...report, listeners: [], forwards: [], unread: [] };
      const some = { ...none, listeners: [{ ...one, ...reach }] } as unknown as Report;
      const text = german.notice.body(compare(seenIn(none), some).events, some);
      expect(text).toMatch(/: Alle in deinem WLAN \(wlan0\) können sich jetzt verbinden\.$/);
      const who = text.slice('631/tcp, '.length, text.indexOf(': Alle'));
      expect(who.replace(/^u/, 'U')).toBe(de.identityName({ identity, owner }));
      return who;
    };
    expect(named('Printing (CUPS)', 'cups')).toBe('Drucken (CUPS)');
    expect(named('PostgreSQL', 'postgresql')).toBe('PostgreSQL');
    expect(named(UNKNOWN_PROGRAM, null)).toBe('unbekanntes Programm');
    // Whose name that really is, and a service that this version does not have, speak for themselves.
    expect(named('Xyz', 'constructor')).toBe('Xyz');
    expect(named('ipp', null)).toBe('ipp');
  });

  test('says why a choice cannot be kept as the window would', () => {
    for (const kind of ['login-unwritten', 'login-unremoved', 'preference-unsaved'] as const) {
      const means = { kind, path: '/home/a/x', said: 'EROFS: mkdir' };
      const [message, hint] = words.problem(means);
      expect(german.problem(means)).toEqual(
        de.problem({ code: 'failed', message, hint, means }, { report: { listeners: [], forwards: [] }, history: [] }),
      );
    }
  });
});
