/** An intent: made from a report, written to a file, read again, and carried out somewhere else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advisedPorts } from '../../../src/core/advice/remedy.ts';
import type { Intent } from '../../../src/core/firewalls/export.ts';
import { carried } from '../../../src/core/intent/carry.ts';
import { writeIntent } from '../../../src/core/intent/formats/index.ts';
import { leavesDoubt } from '../../../src/core/intent/imported.ts';
import { makeIntent } from '../../../src/core/intent/make.ts';
import { halvesOf, plainNetworks } from '../../../src/core/intent/parts.ts';
import { parseIntent } from '../../../src/core/intent/read.ts';
import type { Report, ReportListener, Snapshot } from '../../../src/core/model.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { makeReport } from '../../../src/core/report.ts';
import { laptop, leadingOn } from '../plan/machine.ts';
import { hostileText, intents } from './intents.ts';

const loadSnapshot = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../main/cli/snapshots/${name}.json`), 'utf8')) as Snapshot;
const on = loadSnapshot('on');
const off = loadSnapshot('off');
const report = (kept: readonly string[] = []): Report => makeReport(on, { kept: new Set(kept) });

describe('made from a report', () => {
  test('what is advised to be closed, for whom, and nothing kept', () => {
    const intent = makeIntent(on, report(), { targets: [], audience: 'everyone', posture: false, keep: [] });
    const advised = report().findings.filter(({ advice, listener }) => advice === 'close' && listener !== null);
    expect(intent.close.length).toBeGreaterThan(0);
    expect(intent.close.length).toBeLessThanOrEqual(advised.length);
    for (const one of intent.close) expect(one).toMatchObject({ for: 'everyone', why: expect.any(String) as string });
    expect(intent).toMatchObject({ schema: 1, host: on.host, keep: [], rest: 'leave' });
  });

  test('this network is that of the machine, and link-local addresses', () => {
    const { close } = makeIntent(on, report(), {
      targets: [{ protocol: 'tcp', port: 3000 }],
      audience: 'all-but-this-network',
      posture: false,
      keep: [],
    });
    const whom = close[0]?.for;
    if (whom === undefined || whom === 'everyone') throw new Error('for everyone');
    expect(whom.allBut).toBe('this-network');
    expect(whom.networks).toContain('192.168.77.0/24');
    expect(whom.networks).toContain('fe80::/10');
    expect(whom.networks.some((network) => network.startsWith('127.'))).toBe(false);
  });

  test('the whole posture keeps what was said to be needed and what is named, and closes the rest', () => {
    const intent = makeIntent(on, report(['tcp/8080']), {
      targets: [],
      audience: 'everyone',
      posture: true,
      keep: [{ protocol: 'tcp', port: 22 }],
    });
    expect(intent.rest).toBe('close');
    expect(intent.keep.map(({ port }) => port)).toEqual(expect.arrayContaining([22, 8080]));
    for (const { port, protocol } of intent.keep) {
      expect(intent.close.some((one) => one.port === port && one.protocol === protocol)).toBe(false);
    }
  });

  test('what is only to be restricted is not closed for everyone', () => {
    const told = report();
    const restrict = { ...told, findings: told.findings.map((one) => ({ ...one, advice: 'restrict' as const })) };
    expect(makeIntent(on, restrict, { targets: [], audience: 'everyone', posture: false, keep: [] }).close).toEqual([]);
    expect(advisedPorts(restrict, 'close')).toEqual([]);
    expect(advisedPorts(restrict, 'restrict')).toContainEqual({ protocol: 'tcp', port: 3000 });
  });

  test('what is kept by name stays, whatever is advised or named to be closed', () => {
    const ssh = { protocol: 'tcp', port: 3000 } as const;
    for (const targets of [[], [ssh]]) {
      const { close, keep } = makeIntent(on, report(), { targets, audience: 'everyone', posture: true, keep: [ssh] });
      expect(keep).toContainEqual(expect.objectContaining(ssh));
      expect(close.some(({ port }) => port === 3000)).toBe(false);
    }
    const marked = makeIntent(on, report(['tcp/3000']), {
      targets: [ssh],
      audience: 'everyone',
      posture: true,
      keep: [],
    });
    expect(marked.keep.some(({ port }) => port === 3000)).toBe(false);
  });

  test('of a redacted snapshot the machine is not named', () => {
    const choice = { targets: [], audience: 'everyone', posture: false, keep: [] } as const;
    expect(makeIntent({ ...on, redacted: true }, report(), choice).host).toBeNull();
  });
});

describe('as a file', () => {
  test('what is written is read again, whatever programs are called', () => {
    fc.assert(
      fc.property(intents(fc.constantFrom('a', 'ä "b"\n', '{{ x }}')), (intent) => {
        const plain: Intent = {
          ...intent,
          close: intent.close.map((one) =>
            one.for === 'everyone' ? one : { ...one, for: { ...one.for, networks: plainNetworks(one.for.networks) } },
          ),
        };
        const read = parseIntent(writeIntent('intent', plain).content, 'a.json');
        const sorted = <T extends { port: number; protocol: string }>(some: readonly T[]) =>
          some.toSorted((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
        expect(read).toEqual({ ...plain, close: sorted(plain.close), keep: sorted(plain.keep) });
      }),
    );
  });

  const good = writeIntent('intent', {
    schema: 1,
    madeAt: '2026-11-20T18:00:00Z',
    host: null,
    close: [{ protocol: 'tcp', port: 3000, for: 'everyone', name: null, why: null }],
    keep: [{ protocol: 'tcp', port: 22, name: null }],
    rest: 'close',
  }).content;
  test('a mark of its order of bytes, as editors of Windows write it, is no damage', () => {
    expect(parseIntent(`\ufeff${good}`, 'a.json')).toEqual(parseIntent(good, 'a.json'));
  });

  const refusal = (text: string): unknown => {
    try {
      parseIntent(text, 'a.json');
      return null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return error.problem.means;
    }
  };
  test.each([
    ['', 'intent-not-json'],
    [good.slice(0, -10), 'intent-not-json'],
    // As a reader of UTF-8 gets what PowerShell 5.1 writes: a mark that is no text, and a zero beside each letter.
    [`\ufffd\ufffd${good.replaceAll(/./gs, '$&\0')}`, 'intent-utf16'],
    ['[]', 'intent-unknown'],
    [good.replace('"schema": 1', '"schema": 2'), 'intent-unknown'],
    [good.replace('3000', '0'), 'intent-unknown'],
    [good.replace('3000', '3000.5'), 'intent-unknown'],
    [good.replace('3000', '"3000; reboot"'), 'intent-unknown'],
    [good.replace('"tcp"', '"tcp --dport 1 -j ACCEPT"'), 'intent-unknown'],
    [good.replace('"rest": "close"', '"rest": "open"'), 'intent-unknown'],
    [good.replace('"rest"', '"more": 1, "rest"'), 'intent-unknown'],
    [good.replace('"everyone"', '{"allBut": "this-network", "networks": ["10.0.0.0/8; reboot"]}'), 'intent-unknown'],
    [good.replace('"everyone"', '{"allBut": "this-network", "networks": ["10.0.0.1/8"]}'), 'intent-unknown'],
    [good.replace('22', '3000'), 'intent-twice'],
  ])('%# is refused', (text, kind) => {
    expect(text).not.toBe(good);
    expect(refusal(text)).toMatchObject({ kind, name: 'a.json' });
  });

  test('nothing that is damaged is a fault of the program', () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(20), hostileText, (at, length, text) => {
        const said = refusal(good.slice(0, at) + text + good.slice(at + length));
        expect(said === null || typeof said === 'object').toBe(true);
      }),
    );
  });
});

describe('carried out on another machine', () => {
  const close = (port: number): Intent['close'][number] => ({
    protocol: 'tcp',
    port,
    for: 'everyone',
    name: null,
    why: null,
  });
  const intent = (more: Partial<Intent>): Intent => ({
    schema: 1,
    madeAt: '2026-11-20T18:00:00Z',
    host: null,
    close: [],
    keep: [],
    rest: 'leave',
    ...more,
  });

  test('what listens there for others is closed; what does not is said', () => {
    const { first, closing, remarks } = carried(intent({ close: [close(3000), close(4444)] }), report());
    expect(first).toBeNull();
    expect(closing).toEqual([
      { kind: 'close', targets: [{ protocol: 'tcp', port: 3000 }], audience: 'everyone', way: 'firewall' },
    ]);
    expect(remarks).toEqual([{ kind: 'not-listening', of: 'close', target: { protocol: 'tcp', port: 4444 } }]);
  });

  const whom = (allBut: 'this-network' | 'private', networks: readonly string[]) => ({ allBut, networks });
  test('all but a network means the network of this machine, and that is said', () => {
    const { closing, remarks } = carried(
      intent({ close: [{ ...close(3000), for: whom('this-network', ['10.1.0.0/16', 'fe80::/10']) }] }),
      report(),
    );
    expect(closing).toMatchObject([{ audience: 'all-but-this-network' }]);
    expect(remarks).toMatchObject([
      { kind: 'own-networks', target: { protocol: 'tcp', port: 3000 }, there: ['10.1.0.0/16'] },
    ]);
    expect(remarks[0]).toHaveProperty('here', expect.arrayContaining(['192.168.77.0/24']));
    expect(remarks[0]).not.toHaveProperty('here', expect.arrayContaining(['fe80::/10']));
  });

  test('of private networks, which are the same everywhere, only those beyond are named', () => {
    const { close: made } = makeIntent(on, report(), {
      targets: [{ protocol: 'tcp', port: 3000 }],
      audience: 'internet',
      posture: false,
      keep: [],
    });
    expect(carried(intent({ close: made }), report()).remarks).toEqual([]);
    const own = made.map((one) =>
      one.for === 'everyone' ? one : { ...one, for: { ...one.for, networks: [...one.for.networks, '203.0.113.0/24'] } },
    );
    expect(carried(intent({ close: own }), report()).remarks).toMatchObject([
      { kind: 'own-networks', there: ['203.0.113.0/24'] },
    ]);
  });

  test('what those who are to be shut out cannot reach as it is refuses no other', () => {
    const machine = makeReport(
      laptop({
        tuples: ['allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 'allow tcp 8080 0.0.0.0/0 any 192.168.77.0/24 in'],
      }),
      { kept: new Set() },
    );
    for (const allBut of ['this-network', 'private'] as const) {
      const some = [3000, 8080].map((port) => ({ ...close(port), for: whom(allBut, []) }));
      const { closing, remarks } = carried(intent({ close: some }), machine);
      expect(closing).toMatchObject([{ targets: [{ protocol: 'tcp', port: 3000 }] }]);
      expect(remarks).toContainEqual(
        expect.objectContaining({ kind: 'closed-already', target: { protocol: 'tcp', port: 8080 } }),
      );
    }
    expect(carried(intent({ close: [close(8080)] }), machine).closing).toHaveLength(1);
  });

  describe('what rules lead on', () => {
    const machine = makeReport(leadingOn(laptop()), { kept: new Set() });
    test('is closed with the rest; of a range it is said that it is not', () => {
      const { closing, remarks } = carried(intent({ rest: 'close' }), machine);
      expect(closing).toEqual([
        { kind: 'close', targets: [{ protocol: 'tcp', port: 8081 }], audience: 'everyone', way: 'firewall' },
      ]);
      const range = remarks.filter(({ kind }) => kind === 'range-stays');
      expect(range).toEqual([{ kind: 'range-stays', target: { protocol: 'tcp', port: 9000 }, lastPort: 9010 }]);
      expect(range.every(leavesDoubt)).toBe(true);
      const keep = [{ protocol: 'tcp', port: 8081, name: null }] as const;
      expect(carried(intent({ rest: 'close', keep }), machine).closing).toEqual([]);
    });

    test('at an address of its own is said as well', () => {
      const [door] = machine.forwards;
      if (door === undefined) throw new Error('nothing leads on');
      const route = { ...door, via: 'route' as const, to: { ...door.to, address: '172.17.0.2' } };
      expect(carried(intent({ rest: 'close' }), { ...machine, forwards: [route] }).remarks).toContainEqual({
        kind: 'address-stays',
        target: { protocol: 'tcp', port: 8081 },
        address: '172.17.0.2',
      });
    });

    test('a port within a range is closed and kept like any other', () => {
      const within = carried(
        intent({ close: [close(9005)], keep: [{ protocol: 'tcp', port: 9010, name: null }] }),
        machine,
      );
      expect(within.closing).toMatchObject([{ targets: [{ protocol: 'tcp', port: 9005 }] }]);
      expect(within.remarks).toEqual([]);
      expect(carried(intent({ close: [close(9011)] }), machine).closing).toEqual([]);
    });
  });

  test('the rest: everything that others may reach and that is not kept', () => {
    const keep = [{ protocol: 'tcp', port: 22, name: null }] as const;
    const { closing } = carried(intent({ rest: 'close', keep }), report());
    const targets = closing.flatMap((one) => (one.kind === 'close' ? one.targets : []));
    const others = (one: ReportListener): boolean => one.exposure !== 'self' || !one.exposureComplete;
    for (const { protocol, port } of report().listeners.filter(others)) {
      expect(targets.some((one) => one.port === port && one.protocol === protocol)).toBe(port !== 22);
    }
    expect(targets.length).toBeGreaterThan(1);
  });

  test('the rest leaves out what DHCP needs, unless it is named', () => {
    const some = report().listeners.find(({ exposure }) => exposure !== 'self')!;
    const dhcp = (port: number): ReportListener => ({ ...some, id: `dhcp-${port}`, protocol: 'udp', port });
    const machine = { ...report(), listeners: [...report().listeners, dhcp(68), dhcp(546)] };
    const ports = (one: Intent) =>
      carried(one, machine).closing.flatMap((made) =>
        made.kind === 'close' ? made.targets.map(({ port }) => port) : [],
      );
    expect(ports(intent({ rest: 'close' }))).not.toContain(68);
    expect(ports(intent({ rest: 'close' }))).not.toContain(546);
    expect(ports(intent({ rest: 'close', close: [{ ...close(68), protocol: 'udp' }] }))).toContain(68);
  });

  test('where what listens was not read whole, nothing is said to be silent or closed', () => {
    const transcripts = on.transcripts.map((one) =>
      one.id === 'ss.listening' ? { ...one, stdout: '', stderr: 'RTNETLINK answers: refused' } : one,
    ) as Snapshot['transcripts'];
    const machine = makeReport({ ...on, transcripts }, { kept: new Set() });
    expect(machine.unread.map(({ means }) => means.what.kind)).toContain('listening');
    const { closing, remarks } = carried(
      intent({ close: [close(3000)], keep: [{ protocol: 'tcp', port: 22, name: null }], rest: 'close' }),
      machine,
    );
    expect(closing).toEqual([]);
    expect(remarks.filter(({ kind }) => kind !== 'rest-of-now')).toEqual([
      { kind: 'unknown-listening', of: 'close', target: { protocol: 'tcp', port: 3000 } },
      { kind: 'unknown-listening', of: 'keep', target: { protocol: 'tcp', port: 22 } },
      { kind: 'unknown-rest' },
    ]);
  });

  test('where no firewall closes by default, the rest is that of now, and that is said', () => {
    const kinds = (machine: Report) => carried(intent({ rest: 'close' }), machine).remarks.map(({ kind }) => kind);
    expect(kinds({ ...report(), firewalls: [] })).toContain('rest-of-now');
    expect(kinds(makeReport(off, { kept: new Set() }))).not.toContain('rest-of-now');
  });

  test('a firewall that is off is turned on first, with what is kept', () => {
    const keep = [{ protocol: 'tcp', port: 22, name: null }] as const;
    const machine = makeReport(off, { kept: new Set() });
    expect(carried(intent({ rest: 'close', keep }), machine).first).toEqual({
      kind: 'enable-firewall',
      keep: [{ protocol: 'tcp', port: 22 }],
    });
    expect(carried(intent({ keep }), machine).first).toBeNull();
  });
});

describe('halves of a network', () => {
  test.each([
    ['0.0.0.0/0', ['0.0.0.0/1', '128.0.0.0/1']],
    ['::/0', ['::/1', '8000::/1']],
    ['192.168.77.0/24', ['192.168.77.0/25', '192.168.77.128/25']],
    ['10.0.0.5', ['10.0.0.5']],
  ])('%s', (network, halves) => expect(halvesOf(network)).toEqual(halves));
});
