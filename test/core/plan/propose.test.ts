import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Choice, Snapshot } from '../../../src/core/model.ts';
import { canonicalJson, planId, rulesDigest } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { laptop, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const close = (
  port: number,
  more: Partial<Choice & { kind: 'close' }> = {},
): Choice & { kind: 'close' | 'reopen' } => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way: 'firewall',
  ...more,
});

function problemOf(snapshot: Snapshot, choice: Choice) {
  try {
    planFor(snapshot, choice);
  } catch (error) {
    if (error instanceof ProblemError) return inEnglish(error);
    throw error;
  }
  throw new Error('a plan was made');
}

const allow = 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in';
const kinds = (plan: ReturnType<typeof planFor>) =>
  plan.steps.map(({ operation }) =>
    operation.kind === 'ufw-prepend' ? `${operation.action} ${operation.from} ${operation.port}` : operation.kind,
  );

describe('closing', () => {
  test('the rule in the way goes first, then a deny ahead of all, and only this port changes', () => {
    const plan = planFor(laptop({ tuples: [allow, 'allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in'] }), close(3000));
    expect(kinds(plan)).toEqual(['ufw-delete', 'ufw-delete', 'deny any 3000']);
    expect(plan.summary).toBe('Close port 3000 (TCP) for everyone');
    expect(plan.effects.map(({ listener, before, after }) => [listener, before.exposure, after.exposure])).toEqual([
      ['tcp/3000', 'network', 'self'],
    ]);
    expect(plan.simple).toBe(true);
    expect(plan.undo.map(({ operation }) => operation)).toEqual([{ kind: 'ufw-restore', disable: false }]);
  });

  test('a deny lower down is never taken away while that would open the port', () => {
    // Without the deny, the wider allow below it would let everybody in for a moment.
    const tuples = [
      'allow tcp 3000 0.0.0.0/0 any 192.168.77.0/24 in',
      'deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in',
      'allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in',
    ];
    const steps = kinds(planFor(laptop({ ipv6: false, tuples }), close(3000)));
    expect(steps.slice(0, 2)).toEqual(['deny 0.0.0.0/1 3000', 'deny 128.0.0.0/1 3000']);
    expect(steps.slice(2)).toEqual(['ufw-delete', 'deny any 3000', 'ufw-delete', 'ufw-delete']);
  });

  test('the network stays let in where it was, and the shared range is told', () => {
    const plan = planFor(laptop({ tuples: [allow] }), close(3000, { audience: 'all-but-this-network' }));
    expect(kinds(plan)).toContain('allow 192.168.77.0/24 3000');
    expect(warningsOf(plan).join(' ')).toContain('192.168.77.0/24');
    expect(plan.simple).toBe(false);
    const after = plan.effects[0]?.after.reach.find(({ family }) => family === 4);
    expect(after?.open).toEqual(['192.168.77.0/24']);
  });

  test('ufw off: what is kept and the session stay open, and what else closes is told', () => {
    const connections = 'tcp ESTAB 0 0 192.168.77.10:22 192.168.77.20:50000 ino:103 sk:4 <->\n';
    const plan = planFor(laptop({ on: false, connections }), close(3000));
    expect(kinds(plan)).toEqual(['allow any 22', 'deny any 3000', 'ufw-enable']);
    expect(warningsOf(plan).join(' ')).toContain('This also closes 8080/tcp');
    expect(plan.undo[0]?.operation).toEqual({ kind: 'ufw-restore', disable: true });
    const kept = planFor(laptop({ on: false }), close(3000), ['tcp/8080']);
    expect(kinds(kept)).toEqual(['allow any 8080', 'deny any 3000', 'ufw-enable']);
  });

  test('live connections are told, and one click is not enough then', () => {
    const connections = 'tcp ESTAB 0 0 192.168.77.10:3000 192.168.77.20:50000 ino:103 sk:4 <->\n';
    const plan = planFor(laptop({ tuples: [allow], connections }), close(3000));
    expect(warningsOf(plan).join(' ')).toContain('One connection to port 3000 (TCP) is open now and will stay');
    expect(plan.simple).toBe(false);
  });

  test.each([
    ['no firewall', laptop({ installed: false }), 'no-firewall', 'apt install ufw'],
    ['rules that may not be read', laptop({ refused: true }), 'not-permitted', '--exact'],
    ['closed already', laptop(), 'nothing-to-do', 'portcullis explain 3000/tcp'],
  ] as const)('%s: said, not planned', (_, snapshot, code, hint) => {
    const problem = problemOf(snapshot, close(3000));
    expect(problem.code).toBe(code);
    expect(problem.hint).toContain(hint);
  });

  /** synthetic: what firewalld's name on the bus says, on a laptop whose rules are ufw's or nobody's. */
  const withFirewalld = (snapshot: Snapshot, running: boolean): Snapshot => ({
    ...snapshot,
    transcripts: [
      ...snapshot.transcripts,
      {
        ...snapshot.transcripts[0]!,
        id: 'firewalld.running',
        stdout: `{"type":"b","data":[${running}]}`,
        failure: null,
      },
    ],
  });

  test('firewalld off, and ufw is not there: the ways there are', () => {
    const problem = problemOf(withFirewalld(laptop({ installed: false }), false), close(3000));
    expect(problem.code).toBe('no-firewall');
    expect(problem.hint).toContain('systemctl enable');
  });

  const linesThatUfwWouldLose = (): Snapshot => {
    const snapshot = laptop({ tuples: [allow] });
    return {
      ...snapshot,
      transcripts: snapshot.transcripts.map((one) =>
        one.id === 'file:/etc/ufw/user.rules'
          ? {
              ...one,
              stdout: one.stdout.replace('### END RULES', '-A ufw-user-input -s 10.0.0.1 -j DROP\n### END RULES'),
            }
          : one,
      ),
    };
  };

  test.each([
    ['firewalld that does not tell all', withFirewalld(laptop({ installed: false }), true), "firewalld's default zone"],
    ['the same beside ufw that is off', withFirewalld(laptop({ on: false }), true), "firewalld's default zone"],
    ['lines that ufw would lose', linesThatUfwWouldLose(), '-A ufw-user-input -s 10.0.0.1 -j DROP'],
    [
      'another tool’s accept ahead',
      laptop({ ahead: ['-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT'] }),
      'A rule of ufw would not close port 3000',
    ],
  ] as const)('%s: closed in a table of our own, and why', (_, snapshot, why) => {
    const plan = planFor(snapshot, close(3000));
    expect(plan.layers).toEqual(['nftables']);
    expect(kinds(plan)).toEqual(['table-close']);
    expect(warningsOf(plan)[0]).toContain(why);
    expect(warningsOf(plan)[0]).toContain('in a table of Portcullis’s own');
    expect(plan.simple).toBe(false);
    expect(plan.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([['tcp/3000', 'self']]);
  });

  test('several ports: what ufw can close by ufw, the rest ahead of it, each checked', () => {
    const snapshot = laptop({
      tuples: ['allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in'],
      ahead: ['-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT'],
    });
    const targets = [3000, 8080].map((port) => ({ protocol: 'tcp' as const, port }));
    const plan = planFor(snapshot, close(3000, { targets }));
    expect(plan.layers).toEqual(['ufw', 'nftables']);
    expect(kinds(plan)).toEqual(['ufw-delete', 'ufw-delete', 'deny any 8080', 'table-close']);
    expect(plan.undo.map(({ operation }) => operation.kind)).toEqual(['ufw-restore', 'table-restore']);
    expect(plan.effects.map(({ listener, after }) => `${listener} ${after.exposure}`).sort()).toEqual([
      'tcp/3000 self',
      'tcp/8080 self',
    ]);
    expect(warningsOf(plan)[0]).toContain('A rule of ufw would not close port 3000');
  });

  test('firewalld on beside ufw that is on: ufw closes the port', () =>
    expect(kinds(planFor(withFirewalld(laptop({ tuples: [allow] }), true), close(3000))).length).toBeGreaterThan(0));
});

describe('the other choices', () => {
  test('open again: the deny goes, and nothing more where that is enough', () => {
    const closed = laptop({
      tuples: ['deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 'allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in'],
    });
    expect(kinds(planFor(closed, { ...close(3000), kind: 'reopen' }))).toEqual(['ufw-delete', 'ufw-delete']);
    expect(kinds(planFor(laptop(), { ...close(3000), kind: 'reopen' }))).toEqual(['allow any 3000']);
  });

  test('turning the firewall on keeps what is named', () => {
    const plan = planFor(laptop({ on: false }), { kind: 'enable-firewall', keep: [{ protocol: 'tcp', port: 8080 }] });
    expect(kinds(plan)).toEqual(['allow any 8080', 'ufw-enable']);
    expect(plan.effects.map(({ listener }) => listener).sort()).toEqual(['tcp/22', 'tcp/3000']);
  });

  test('an opening that nothing uses is removed in both families', () => {
    const snapshot = laptop({ tuples: ['allow tcp 9000 0.0.0.0/0 any 0.0.0.0/0 in', allow] });
    const plan = planFor(snapshot, { kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 9000 }] });
    expect(kinds(plan)).toEqual(['ufw-delete', 'ufw-delete']);
    expect(plan.effects).toEqual([]);
  });
});

describe('odd rules and odd machines', () => {
  const reopen = { ...close(3000), kind: 'reopen' } as const;
  const limit = 'limit tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in';
  const any3000 = 'allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in';

  test('a limit is exchanged for a deny; for all but this network it stays a limit for the network', () => {
    expect(kinds(planFor(laptop({ tuples: [limit] }), close(3000)))).toEqual([
      'ufw-delete',
      'ufw-delete',
      'deny any 3000',
    ]);
    const plan = planFor(laptop({ tuples: [limit] }), close(3000, { audience: 'all-but-this-network' }));
    expect(kinds(plan)).toContain('limit 192.168.77.0/24 3000');
    const after = plan.effects[0]?.after.reach.find(({ family }) => family === 4);
    expect([after?.open, after?.limited]).toEqual([[], ['192.168.77.0/24']]);
    expect(plan.steps.map(({ says }) => says).join(' ')).toContain('at most 5 in 30 seconds');
  });

  test('a wide range, a rule for both protocols and a profile’s rule are covered by the deny and stay as they are', () => {
    for (const tuple of [
      'allow tcp 2990:3010 0.0.0.0/0 any 0.0.0.0/0 in',
      any3000,
      'allow tcp 80,443,3000 0.0.0.0/0 any 0.0.0.0/0 Web%20Server - in',
      'allow any any 0.0.0.0/0 any 0.0.0.0/0 in',
      'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in_wlan0',
    ]) {
      const plan = planFor(laptop({ tuples: [tuple] }), close(3000));
      expect(kinds(plan), tuple).toEqual(['deny any 3000']);
      expect(
        plan.effects.map(({ listener, after }) => [listener, after.exposure]),
        tuple,
      ).toEqual([['tcp/3000', 'self']]);
    }
  });

  test('open again after a closing: for those for whom it was open, not for everyone', () => {
    const ours = 'deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973';
    const one = 'allow tcp 3000 0.0.0.0/0 any 192.168.77.20 in';
    const plan = planFor(laptop({ ipv6: false, tuples: [ours, one] }), reopen);
    expect(kinds(plan)).toEqual(['ufw-delete']);
    expect(plan.effects[0]?.after.reach[0]?.open).toEqual(['192.168.77.20/32']);
    // Asked once more, for everyone.
    expect(kinds(planFor(laptop({ ipv6: false, tuples: [one] }), reopen))).toEqual(['allow any 3000']);
  });

  test('open again for some only cannot be said', () => {
    expect(problemOf(laptop(), { ...reopen, audience: 'internet' })).toMatchObject({ code: 'unsupported' });
  });

  test('an opening for both protocols is removed whole, and that is told', () => {
    const tuples = ['allow any 9000 0.0.0.0/0 any 0.0.0.0/0 in', 'allow tcp 9000:9005 0.0.0.0/0 any 0.0.0.0/0 in'];
    const plan = planFor(laptop({ tuples }), { kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 9000 }] });
    expect(kinds(plan)).toEqual(['ufw-delete', 'ufw-delete']);
    expect(warningsOf(plan).join(' ')).toContain('opens both TCP and UDP');
  });

  test('every remote session stays open when ufw is turned on, over both families', () => {
    const session = (local: string, remote: string) => `tcp ESTAB 0 0 ${local}:22 ${remote}:50000 ino:103 sk:4 <->\n`;
    for (const connections of [
      session('192.168.77.10', '192.168.77.20'),
      session('[::ffff:192.168.77.10]', '[::ffff:192.168.77.20]'),
      session('[fd77::10]', '[fd77::20]'),
    ]) {
      for (const choice of [close(3000), { kind: 'enable-firewall', keep: [] } as const]) {
        const plan = planFor(laptop({ on: false, connections }), choice);
        expect(kinds(plan)[0], connections).toBe('allow any 22');
        expect(plan.effects.map(({ listener }) => listener)).not.toContain('tcp/22');
      }
    }
    // A deny that stands there already must not cut it either.
    const deny = 'deny tcp 22 0.0.0.0/0 any 0.0.0.0/0 in';
    const connections = session('192.168.77.10', '192.168.77.20');
    const plan = planFor(laptop({ on: false, connections, tuples: [deny] }), close(3000));
    expect(plan.effects.map(({ listener }) => listener)).not.toContain('tcp/22');
  });

  test('no firewall: the ways there are', () => {
    const problem = problemOf(laptop({ installed: false }), close(3000));
    expect(problem.code).toBe('no-firewall');
    expect(problem.hint).toContain('apt install ufw');
    expect(problem.hint).toMatch(/listen on this computer only/);
  });
});

describe('what has to be confirmed', () => {
  const ssh = 'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in';
  const session = (local: string, remote: string) => `tcp ESTAB 0 0 ${local}:22 ${remote}:50000 ino:103 sk:4 <->\n`;
  const from = session('192.168.77.10', '192.168.77.20');

  test('a change of the way in that a remote session uses, over both families', () => {
    for (const connections of [
      from,
      session('[::ffff:192.168.77.10]', '[::ffff:192.168.77.20]'),
      from + session('192.168.77.10', '203.0.113.9'),
    ]) {
      const plan = planFor(laptop({ tuples: [ssh], connections }), close(22));
      expect(plan.confirmWithin, connections).toBe(30);
      expect(warningsOf(plan).join(' ')).toContain('put back after 30 seconds unless you confirm it');
      expect(plan.simple).toBe(false);
    }
  });

  test('a change of a remote way in while it cannot be read who is connected, and any while it cannot be read what listens', () => {
    const unread = (snapshot: Snapshot, id: string): Snapshot => ({
      ...snapshot,
      transcripts: snapshot.transcripts.map((one) =>
        one.id === id ? { ...one, exit: null, stdout: '', failure: 'too-large' as const } : one,
      ),
    });
    const machine = unread(laptop({ tuples: [ssh, allow] }), 'ss.connections');
    const plan = planFor(machine, close(22));
    expect(plan.confirmWithin).toBe(30);
    expect(warningsOf(plan).join(' ')).toContain('It could not be read whether a remote session is open');
    expect(plan.simple).toBe(false);
    expect(planFor(machine, close(3000)).confirmWithin).toBeNull();
    const blind = unread(laptop({ on: false }), 'ss.listening');
    expect(planFor(blind, { kind: 'enable-firewall', keep: [] }).confirmWithin).toBe(30);
  });

  test('not where no session is open, where it is elsewhere, or where its own way in stays', () => {
    const both = [ssh, allow];
    expect(planFor(laptop({ tuples: both }), close(22)).confirmWithin).toBeNull();
    expect(planFor(laptop({ tuples: both, connections: from }), close(3000)).confirmWithin).toBeNull();
    const network = close(22, { audience: 'all-but-this-network' });
    expect(planFor(laptop({ tuples: both, connections: from }), network).confirmWithin).toBeNull();
    const afar = session('192.168.77.10', '203.0.113.9');
    expect(planFor(laptop({ tuples: both, connections: afar }), network).confirmWithin).toBe(30);
    // What a firewall that is turned on keeps open needs no confirmation.
    expect(planFor(laptop({ on: false, connections: from }), close(3000)).confirmWithin).toBeNull();
    // Somebody on this computer is nobody from elsewhere.
    const own = session('127.0.0.1', '127.0.0.1');
    expect(planFor(laptop({ tuples: both, connections: own }), close(22)).confirmWithin).toBeNull();
  });

  test('what was asked for is taken as it is, and is part of the id', () => {
    const plan = planFor(laptop({ tuples: [allow] }), close(3000, { confirm: 90 }));
    expect(plan.confirmWithin).toBe(90);
    expect(warningsOf(plan)).toEqual(['The change is put back after 90 seconds unless you confirm it then.']);
    const { id, ...body } = plan;
    expect(planId({ ...body, confirmWithin: 91 }, sha256)).not.toBe(id);
  });
});

describe('what a plan is held to', () => {
  test('the id is over everything else', () => {
    const plan = planFor(laptop({ tuples: [allow] }), close(3000));
    const { id, ...body } = plan;
    expect(planId(body, sha256)).toBe(id);
    expect(planId({ ...body, summary: 'x' }, sha256)).not.toBe(id);
    expect(planFor(laptop({ tuples: [allow] }), close(3000)).id).toBe(id);
  });

  test('the digest sees rules and settings, not counters', () => {
    const base = laptop({ tuples: [allow] });
    const change = (id: string, from: RegExp, to: string): Snapshot => ({
      ...base,
      transcripts: base.transcripts.map((one) =>
        one.id === id ? { ...one, stdout: one.stdout.replace(from, to) } : one,
      ),
    });
    const digest = rulesDigest(base, sha256);
    expect(rulesDigest(change('iptables-save', /:INPUT DROP \[0:0\]/, ':INPUT DROP [5:700]'), sha256)).toBe(digest);
    expect(rulesDigest(change('iptables-save', /:INPUT DROP/, ':INPUT ACCEPT'), sha256)).not.toBe(digest);
    expect(rulesDigest(change('file:/etc/ufw/ufw.conf', /low/, 'high'), sha256)).not.toBe(digest);
    expect(rulesDigest(change('nft', /\[\]/, '[{"table":{"family":"inet","name":"x","handle":1}}]'), sha256)).not.toBe(
      digest,
    );
  });

  test('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  });
});
