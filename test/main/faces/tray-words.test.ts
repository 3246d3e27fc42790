import { expect, test } from 'vitest';
import type { LiveEvent } from '../../../src/core/live/index.ts';
import type { TrayState } from '../../../src/core/live/tray.ts';
import type { Report } from '../../../src/core/model.ts';
import { words } from '../../../src/main/faces/electron/words.ts';

const state = (more: Partial<TrayState>): TrayState => ({
  gate: 'down',
  ports: 0,
  firewallOff: false,
  advice: [],
  ...more,
});

const opened = (port: number, program = 'python3'): LiveEvent => ({
  kind: 'opened',
  subject: { id: `tcp/${port}`, protocol: 'tcp', port, name: 'x', program, kept: false },
  places: [{ kind: 'lan', interface: 'wlan0', verdict: 'open' }],
});
const report = { interfaces: [{ name: 'wlan0', kind: 'wifi', addresses: [] }] } as unknown as Report;

test('the state is one sentence, and the tip has its time', () => {
  const says = [
    state({}),
    state({ firewallOff: true }),
    state({ gate: 'up', ports: 1 }),
    state({ gate: 'up', ports: 2 }),
    state({ gate: 'doubt', ports: 1 }),
    state({ gate: 'doubt', ports: 3 }),
    state({ gate: 'doubt' }),
    state({ gate: 'doubt', ports: null }),
  ].map(words.tray.state);
  expect(says).toEqual([
    'Nothing to close.',
    'Nothing needs closing now, but the firewall is off.',
    'One port is open to others that you probably don’t need.',
    '2 ports are open to others that you probably don’t need.',
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
