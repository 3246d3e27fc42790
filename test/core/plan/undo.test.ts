/** Undo of any change in any order: each leaves the others in force, and all of them together lead back to the beginning. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inWords } from '../in-words.ts';
import { predict, table, ufw } from '../../../src/core/firewalls/registry.ts';
import type { Change, Choice, NewChoice, Operation, Plan, Snapshot } from '../../../src/core/model.ts';
import { inForce } from '../../../src/core/plan/inverse.ts';
import { warningWords } from '../../../src/core/plan/english/warnings.ts';
import { rulesBefore, withUndone } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { UNITS } from '../../../src/core/services/index.ts';
import { find, withOutput } from '../../../src/core/transcripts.ts';
import { laptop, type Options, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';
import { share } from '../../share.ts';

/** A machine with its history: what is carried out is what is foreseen. */
class World {
  snapshot: Snapshot;
  /** Newest first, each in the state that its own end left it in. */
  private made: readonly Change[] = [];
  private readonly before = new Map<string, Snapshot>();

  constructor(machine: Options | Snapshot = {}) {
    this.snapshot = 'transcripts' in machine ? machine : laptop(machine);
  }
  get history(): readonly Change[] {
    return withUndone(this.made);
  }
  plan(choice: Choice): Plan {
    return planFor(this.snapshot, choice, [], this.history);
  }
  apply(choice: Choice): Change {
    const plan = this.plan(choice);
    const operations = plan.steps.map(({ operation }) => operation);
    const rules = rulesBefore(operations, this.snapshot);
    const id = `change-${String(this.made.length).padStart(3, '0')}`;
    const change: Change = {
      id,
      at: '',
      summary: plan.summary,
      layers: plan.layers,
      plan,
      state: 'applied',
      note: null,
      ...(rules === null ? {} : { rules }),
    };
    this.before.set(id, this.snapshot);
    this.snapshot = predict(this.snapshot, operations);
    this.made = [change, ...this.made];
    return change;
  }
  /** As the last change is taken back: everything as it was. */
  restore({ id }: Change): void {
    this.snapshot = this.before.get(id) ?? this.snapshot;
    this.made = this.made.map((one) => (one.id === id ? { ...one, state: 'undone' } : one));
  }
  undo({ id }: Pick<Change, 'id'>): Change {
    return this.apply({ kind: 'undo', change: id });
  }
  /** What another program does. */
  byHand(...operations: readonly Operation[]): void {
    this.snapshot = predict(this.snapshot, operations);
  }
  rules(): readonly string[] {
    return (ufw.readUfw(this.snapshot).value?.tuples ?? []).map(({ family, line }) => `${family} ${line}`);
  }
  doors(): readonly string[] {
    return table
      .readTable(this.snapshot)
      .value.doors.map((door) => JSON.stringify(door))
      .sort();
  }
  problem(choice: Choice) {
    try {
      this.plan(choice);
    } catch (error) {
      if (error instanceof ProblemError) return inEnglish(error);
      throw error;
    }
    throw new Error('a plan was made');
  }
}

const close = (port: number, more: Partial<NewChoice & { kind: 'close' }> = {}): Choice => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way: 'firewall',
  ...more,
});
const allow = (port: number) => `allow tcp ${port} 0.0.0.0/0 any 0.0.0.0/0 in comment=6d79`;
/** As Portcullis makes it. */
const OURS = 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973';
const three = [allow(22), allow(3000), allow(8080), 'allow udp 5353 0.0.0.0/0 any 0.0.0.0/0 in'];

describe('an earlier change alone', () => {
  test('its rules go, what it took away comes back between its neighbours, the later change stays', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    const b = world.apply(close(8080));
    const undo = world.undo(a);
    expect(undo.summary).toBe('Take back “Close port 3000 (TCP) for everyone”');
    expect(world.rules().filter((rule) => rule.startsWith('4'))).toEqual([
      '4 deny tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973',
      `4 ${allow(22)}`,
      `4 ${allow(3000)}`,
      '4 allow udp 5353 0.0.0.0/0 any 0.0.0.0/0 in',
    ]);
    expect(undo.plan.effects.map(({ listener, before, after }) => [listener, before.exposure, after.exposure])).toEqual(
      [['tcp/3000', 'self', 'network']],
    );
    expect(warningsOf(undo.plan)).toEqual(['This lets others in again: 3000/tcp (Development web server).']);
    expect(undo.plan.simple).toBe(false);
    expect(world.history.map(({ state, undoneBy }) => [state, undoneBy])).toEqual([
      ['applied', undefined],
      ['applied', undefined],
      ['undone', undo.id],
    ]);
    expect(world.problem({ kind: 'undo', change: a.id }).code).toBe('nothing-to-do');
    world.undo(b);
    expect(world.rules()).toEqual(new World({ tuples: three }).rules());
  });

  test('an undo is undone, and that again: in words and in deed', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    const closed = world.rules();
    world.apply(close(8080));
    const both = world.rules();
    const back = world.undo(a);
    const again = world.undo(back);
    expect(again.summary).toBe('Make “Close port 3000 (TCP) for everyone” again');
    expect([...world.rules()].sort()).toEqual([...both].sort());
    expect(world.rules().filter((rule) => closed.includes(rule))).toEqual(
      closed.filter((rule) => world.rules().includes(rule)),
    );
    expect(world.undo(again).summary).toBe('Take back “Close port 3000 (TCP) for everyone”');
  });

  test('ufw off again, only by that change, and with all that this opens', () => {
    const world = new World({ on: false });
    const a = world.apply(close(3000));
    const before = world.rules();
    world.apply(close(9999, { way: 'own-table' }));
    const undo = world.undo(a);
    expect(undo.plan.steps.map(({ operation }) => operation.kind)).toContain('ufw-disable');
    expect(warningsOf(undo.plan)[0]).toMatch(
      /^With ufw off, none of its rules holds any more\. This opens .*3000\/tcp.*8080\/tcp/,
    );
    expect(ufw.readUfw(world.snapshot).value?.enabled).toBe(false);
    const again = world.undo(undo);
    expect(warningsOf(again.plan).join(' ')).toContain('Turning the firewall on');
    expect(world.rules()).toEqual(before);
    expect(ufw.readUfw(world.snapshot).value?.enabled).toBe(true);
  });

  test('the own table', () => {
    const world = new World();
    const a = world.apply(close(3000, { way: 'own-table', targets: [{ protocol: 'tcp', port: 9000 }] }));
    world.apply(close(9001, { way: 'own-table' }));
    expect(world.doors()).toHaveLength(2);
    const undo = world.undo(a);
    expect(world.doors()).toEqual([expect.stringContaining('9001')]);
    expect(undo.plan.undo.map(({ operation }) => operation.kind)).toEqual(['table-restore']);
    world.undo(undo);
    expect(world.doors()).toHaveLength(2);
  });

  test('rules in firewalld’s zones', () => {
    const path = new URL('../../main/cli/snapshots/firewalld.json', import.meta.url);
    const world = new World(JSON.parse(readFileSync(path, 'utf8')) as Snapshot);
    const start = inForce(world.snapshot);
    const a = world.apply(close(3000));
    const one = inForce(world.snapshot);
    world.apply({ ...close(3000), kind: 'close', targets: [{ protocol: 'tcp', port: 22 }] } as Choice);
    const undo = world.undo(a);
    expect(undo.layers).toEqual(['firewalld']);
    expect(undo.plan.undo.map(({ operation }) => operation)).toEqual([{ kind: 'firewalld-restore' }]);
    const left = [...inForce(world.snapshot)].filter((key) => !start.has(key));
    expect(left.length).toBeGreaterThan(0);
    expect(left.every((key) => key.includes('port="22"'))).toBe(true);
    const again = world.undo(undo);
    expect([...one].every((key) => inForce(world.snapshot).has(key))).toBe(true);
    // At home the rule was made; elsewhere that zone is not in use, and nothing is told of it.
    const zones = a.plan.steps.flatMap(({ operation }) => ('zone' in operation ? operation.zone : []));
    const { transcripts } = world.snapshot;
    world.snapshot = {
      ...world.snapshot,
      transcripts: transcripts.filter(({ id }) => !zones.some((zone) => id === `firewalld.zone:${zone}`)),
    };
    const elsewhere = world.problem({ kind: 'undo', change: again.id });
    expect(elsewhere.code).toBe('unsupported');
    expect(elsewhere.message).toContain('cannot be seen now, since that zone is not in use');
  });

  test('a socket starts before what it starts', () => {
    /** synthetic: as `systemctl show` prints units. */
    const unit = (id: string, by: string, of: string) =>
      `Id=${id}\nWantedBy=\nRequiredBy=\nBoundBy=\nConsistsOf=\nTriggers=${of}\nTriggeredBy=${by}\nActiveState=active\nUnitFileState=enabled\nRefuseManualStop=no\n`;
    const units = [unit('web.service', 'web.socket', ''), unit('web.socket', '', 'web.service')].join('\n');
    const served = withOutput(laptop({ on: false }), UNITS, ['systemctl'], units);
    const rows = find(served, 'ss.listening')?.stdout.replace('cgroup:/user.slice', 'cgroup:/system.slice/web.service');
    const world = new World(withOutput(served, 'ss.listening', ['ss'], rows ?? ''));
    const a = world.apply(close(3000, { way: 'stop' }));
    world.apply(close(8080, { way: 'own-table' }));
    const named = ({ plan }: Change) => plan.steps.map(({ operation }) => ('unit' in operation ? operation.unit : ''));
    expect(named(a)).toEqual(['web.socket', 'web.service']);
    expect(named(world.undo(a))).toEqual(['web.socket', 'web.service']);
    // One that was removed since holds the other not up.
    const gone = new World(withOutput(served, 'ss.listening', ['ss'], rows ?? ''));
    const b = gone.apply(close(3000, { way: 'stop' }));
    const shown = find(gone.snapshot, UNITS)?.stdout ?? '';
    const masked = shown.replace('Id=web.service', 'Id=web.service\nLoadState=masked');
    gone.snapshot = withOutput(gone.snapshot, UNITS, ['systemctl'], masked);
    const undo = gone.undo(b);
    expect(named(undo)).toEqual(['web.socket']);
    expect(undo.plan.warnings.map(warningWords).join(' ')).toContain(
      'Web.service is not started again: it was removed or masked since.',
    );
  });

  test('a service runs again, and starts with the computer as it did', () => {
    /** synthetic: as `systemctl show` prints a unit. */
    const unit = (id: string, state: string) =>
      `Id=${id}\nWantedBy=\nRequiredBy=\nBoundBy=\nConsistsOf=\nTriggers=\nTriggeredBy=\nActiveState=${state}\nUnitFileState=enabled\nRefuseManualStop=no\n`;
    const shown = (state: string) =>
      withOutput(laptop({ on: false }), UNITS, ['systemctl'], unit('web.service', state));
    const served = shown('active');
    const rows = find(served, 'ss.listening')?.stdout.replace('cgroup:/user.slice', 'cgroup:/system.slice/web.service');
    const world = new World(withOutput(served, 'ss.listening', ['ss'], rows ?? ''));
    const a = world.apply(close(3000, { way: 'stop' }));
    world.apply(close(8080, { way: 'own-table' }));
    const undo = world.undo(a);
    expect(undo.plan.steps.map(({ operation }) => operation)).toEqual([
      { kind: 'service-start', unit: 'web.service', boot: true },
    ]);
    expect(warningsOf(undo.plan)).toEqual([
      'What web.service will listen on, and who can reach that, is known once it runs.',
    ]);
    expect(inForce(world.snapshot)).toContain('service web.service');
    // Somebody has started it already: nothing to do.
    const again = new World(withOutput(served, 'ss.listening', ['ss'], rows ?? ''));
    const b = again.apply(close(3000, { way: 'stop' }));
    again.snapshot = served;
    expect(again.problem({ kind: 'undo', change: b.id }).code).toBe('nothing-to-do');
  });

  test('seconds to confirm it are a part of the choice, as with any', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    expect(world.plan({ kind: 'undo', change: a.id, confirm: 60 }).confirmWithin).toBe(60);
    expect(world.plan({ kind: 'undo', change: a.id }).confirmWithin).toBeNull();
  });
});

describe('what is not its doing any more', () => {
  const tuple = (line: string) => {
    const parsed = ufw.parseTuple(line, 4);
    if (parsed === null) throw new Error(line);
    return parsed;
  };
  const ours = tuple('deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973');

  test('a rule that somebody has taken away is told, the rest is taken back', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    world.byHand({ kind: 'ufw-delete', tuple: ours });
    const plan = world.plan({ kind: 'undo', change: a.id });
    expect(warningsOf(plan).join(' ')).toContain(
      'The IPv4 rule “deny 3000/tcp” is not as this change left it any more',
    );
    expect(plan.steps).toHaveLength(3);
  });

  test('a rule of somebody’s own in the place of the old one stays', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    world.byHand(
      { kind: 'ufw-delete', tuple: ours },
      { kind: 'ufw-insert', tuple: tuple('reject tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'), number: null },
    );
    const undo = world.undo(a);
    expect(warningsOf(undo.plan).join(' ')).toContain('is not put back: “reject 3000/tcp” stands in its place now');
    expect(world.rules()).toContain('4 reject tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in');
  });

  test('a rule that a later change has made anew is that one’s', () => {
    const world = new World({ tuples: three });
    const a = world.apply(close(3000));
    world.apply({ kind: 'reopen', targets: [{ protocol: 'tcp', port: 3000 }], audience: 'everyone', way: 'firewall' });
    world.apply(close(3000));
    const problem = world.problem({ kind: 'undo', change: a.id });
    expect(problem.code).toBe('unsupported');
    expect(problem.message).toContain('of the later change “Close port 3000 (TCP) for everyone” stands in its place');
    expect(problem.hint).toBe('Take that one back first: portcullis undo change-002');
  });

  test('a service that somebody started between two changes that stopped it runs again, in whatever order', () => {
    /** synthetic: as `systemctl show` prints a unit. */
    const shown = (state: string) =>
      `Id=web.service\nWantedBy=\nRequiredBy=\nBoundBy=\nConsistsOf=\nTriggers=\nTriggeredBy=\nActiveState=${state}\nUnitFileState=enabled\nRefuseManualStop=no\n`;
    const served = withOutput(laptop({ on: false }), UNITS, ['systemctl'], shown('active'));
    const rows = find(served, 'ss.listening')?.stdout.replace('cgroup:/user.slice', 'cgroup:/system.slice/web.service');
    const running = withOutput(served, 'ss.listening', ['ss'], rows ?? '');
    const stop = close(3000, { way: 'stop' });
    const runs = (world: World) => inForce(world.snapshot).has('service web.service');
    const begun = () => {
      const world = new World(running);
      const first = world.apply(stop);
      // By hand.
      world.snapshot = running;
      return { world, first, second: world.apply(stop) };
    };
    // What starts by a plan listens again on the same port.
    const started = (world: World, change: Change): Change => {
      const undo = world.undo(change);
      expect(runs(world)).toBe(true);
      world.snapshot = running;
      return undo;
    };
    {
      const { world, second } = begun();
      started(world, second);
      started(world, world.apply(stop));
    }
    {
      const { world, second } = begun();
      const undo = started(world, second);
      const again = world.undo(undo);
      expect(runs(world)).toBe(false);
      started(world, again);
    }
    {
      // The first was taken back and made again: it stands, and what it stopped stays so.
      const world = new World(running);
      const first = world.apply(stop);
      const undo = started(world, first);
      world.undo(undo);
      expect(runs(world)).toBe(false);
      world.snapshot = running;
      started(world, world.apply(stop));
    }
  });

  test('a rule that somebody made anew between two changes that took it away is theirs, and comes back', () => {
    const world = new World({ tuples: [allow(3000)], ipv6: false });
    const a = world.apply(close(3000));
    world.byHand({ kind: 'ufw-delete', tuple: ours }, { kind: 'ufw-insert', tuple: tuple(allow(3000)), number: null });
    const start = world.rules();
    const c = world.apply(close(3000));
    const undo = world.undo(c);
    expect(warningsOf(undo.plan).join(' ')).not.toContain('is not put back');
    expect(world.rules()).toEqual(start);
    expect(world.problem({ kind: 'undo', change: a.id }).message).toContain('is there again already');
  });

  test('a rule of an undone change does not come back with the change that took it away', () => {
    const world = new World({ tuples: ['allow tcp 3000 0.0.0.0/0 any 192.168.77.0/24 in'] });
    const a = world.apply(close(3000));
    const start = world.rules();
    const b = world.apply({
      kind: 'reopen',
      targets: [{ protocol: 'tcp', port: 3000 }],
      audience: 'everyone',
      way: 'firewall',
    });
    expect(world.rules()).not.toEqual(start);
    expect(world.problem({ kind: 'undo', change: a.id }).code).toBe('nothing-to-do');
    world.undo(b);
    expect(world.rules()).toEqual(start);
  });

  test('rules that somebody has put in another order: refused, with the way on', () => {
    const world = new World({ ipv6: false, tuples: [allow(22), allow(3000), allow(8080)] });
    const a = world.apply(close(3000));
    const first = tuple(allow(22));
    world.byHand({ kind: 'ufw-delete', tuple: first }, { kind: 'ufw-insert', tuple: first, number: null });
    const problem = world.problem({ kind: 'undo', change: a.id });
    expect(problem).toMatchObject({ code: 'unsupported' });
    expect(problem.message).toContain('cannot be put back: the rules around it were put in another order since');
    expect(problem.hint).toContain('ufw status numbered');
  });

  test('a place that ufw’s numbers do not reach: refused', () => {
    const samba = ['udp 137,138', 'tcp 139,445'].map((ports) => `allow ${ports} 0.0.0.0/0 any 0.0.0.0/0 Samba - in`);
    // The profile's two rules count as one, so that the place before the last rule has the number of the end.
    const world = new World({ ipv6: false, tuples: [...samba, allow(3000), allow(22)] });
    const a = world.apply(close(3000));
    expect(world.problem({ kind: 'undo', change: a.id })).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('application profiles') as string,
    });
    const ahead = new World({ ipv6: false, tuples: [allow(3000), ...samba, allow(22)] });
    const b = ahead.apply(close(3000));
    const { steps } = ahead.plan({ kind: 'undo', change: b.id });
    expect(steps.at(-1)?.operation).toMatchObject({ kind: 'ufw-insert', number: 1 });
  });

  test('a history that does not know the place', () => {
    const world = new World({ tuples: three });
    const { rules: _, ...a } = world.apply(close(3000));
    expect(() => inWords(() => planFor(world.snapshot, { kind: 'undo', change: a.id }, [], [a]))).toThrow(
      /does not know where it stood/,
    );
  });
});

describe('a rule as Portcullis would have made it, which was there before', () => {
  const theirs = OURS;

  test('comes back by no other order than the last first', () => {
    const world = new World({ tuples: [theirs], ipv6: false, on: false });
    const start = world.rules();
    const closed = world.apply(close(3000));
    const opened = world.apply({ ...close(3000), kind: 'reopen' } as Choice);
    expect(world.problem({ kind: 'undo', change: closed.id })).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining(opened.id) as string,
    });
    world.undo(opened);
    world.undo(closed);
    expect(world.rules()).toEqual(start);
  });

  test('comes back to its own place where the change that had moved it is undone', () => {
    const world = new World({ tuples: [allow(22), theirs.replace('allow', 'deny')], ipv6: false, on: false });
    const start = world.rules();
    const both = [3000, 22].map((port) => ({ protocol: 'tcp' as const, port }));
    const closed = world.apply({ ...close(3000), targets: both } as Choice);
    const opened = world.apply({ ...close(3000), kind: 'reopen' } as Choice);
    world.undo(closed);
    world.undo(opened);
    expect(world.rules()).toEqual(start);
  });

  test('is named with the change that has to go first, and never in a circle', () => {
    const others = 'allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in';
    const both = [3000, 8080].map((port) => ({ protocol: 'tcp' as const, port }));
    const made = () => {
      const world = new World({ tuples: [theirs, others], ipv6: false });
      const removed = world.apply({ kind: 'remove-opening', targets: both });
      return { world, removed, opened: world.apply({ ...close(3000), kind: 'reopen' } as Choice) };
    };
    const rule = () => {
      const [tuple] = ufw.readUfw(laptop({ tuples: [theirs], ipv6: false })).value?.tuples ?? [];
      if (tuple === undefined) throw new Error('no rule');
      return tuple;
    };
    // Taken away again by a third change: that one is the first to go.
    const third = made();
    const last = third.world.apply({ kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 3000 }] });
    expect(third.world.problem({ kind: 'undo', change: third.removed.id }).hint).toContain(last.id);
    for (const change of [last, third.opened, third.removed]) third.world.undo(change);
    expect(third.world.rules()).toHaveLength(2);
    // Taken away by hand: the rest comes back, and what is left is told.
    const gone = made();
    gone.world.byHand({ kind: 'ufw-delete', tuple: rule() });
    const undone = gone.world.undo(gone.removed);
    expect(warningsOf(undone.plan).join(' ')).toContain('made it again, and somebody has taken it away');
    expect(gone.world.rules()).toEqual([expect.stringContaining('8080')]);
    // Taken away by a third change, and added by hand.
    const added = made();
    added.world.apply({ kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 3000 }] });
    added.world.byHand({ kind: 'ufw-insert', tuple: rule(), number: null });
    expect(warningsOf(added.world.undo(added.removed).plan).join(' ')).toContain('is there again already');
    expect(added.world.rules()).toHaveLength(2);
    expect(added.world.problem({ kind: 'undo', change: added.opened.id }).message).toContain(
      'somebody has made it again',
    );
  });

  test('comes back though what stood in its place was made and taken away since', () => {
    const world = new World({ tuples: [theirs], ipv6: false });
    const start = world.rules();
    const remove = { kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 3000 }] } as const;
    const first = world.apply(remove);
    const opened = world.apply({
      ...close(3000),
      kind: 'reopen',
      targets: [22, 3000].map((port) => ({ protocol: 'tcp', port })),
    } as Choice);
    const last = world.apply(remove);
    world.undo(opened);
    world.undo(first);
    expect(world.rules()).toEqual(start);
    expect(world.problem({ kind: 'undo', change: last.id }).code).toBe('nothing-to-do');
  });
});

describe('a rule that was made and taken away, and made and taken away again', () => {
  const targets = [{ protocol: 'tcp' as const, port: 3000 }];
  const remove: Choice = { kind: 'remove-opening', targets };
  const reopen = (...ports: readonly number[]): Choice => ({
    kind: 'reopen',
    targets: ports.map((port) => ({ protocol: 'tcp', port })),
    audience: 'everyone',
    way: 'firewall',
  });
  const twice = (tuples: readonly string[], first: Choice, second: Choice) => {
    const world = new World({ tuples, ipv6: false });
    const start = world.rules();
    const changes = [first, remove, second, remove].map((choice) => world.apply(choice));
    const [made, taken, madeAgain, takenAgain] = changes as [Change, Change, Change, Change];
    return { world, start, made, taken, madeAgain, takenAgain };
  };

  test('goes with the first change, though the last one, which took the rule of the third, stands', () => {
    const { world, start, made, taken, madeAgain, takenAgain } = twice([], reopen(3000), reopen(3000, 22));
    world.undo(madeAgain);
    expect(world.problem({ kind: 'undo', change: takenAgain.id }).code).toBe('nothing-to-do');
    world.undo(taken);
    expect(world.rules()).toHaveLength(1);
    world.undo(made);
    expect(world.rules()).toEqual(start);
  });

  test('stays where somebody made it by hand, or a later change needs it', () => {
    const byHand = twice([], reopen(3000), reopen(3000, 22));
    const [tuple] = ufw.readUfw(laptop({ tuples: [OURS], ipv6: false })).value?.tuples ?? [];
    if (tuple === undefined) throw new Error('no rule');
    byHand.world.byHand({ kind: 'ufw-insert', tuple, number: null });
    expect(byHand.world.problem({ kind: 'undo', change: byHand.made.id }).message).toContain(
      'somebody has made it again',
    );
    const needed = twice([], reopen(3000), reopen(3000));
    needed.world.undo(needed.takenAgain);
    expect(needed.world.problem({ kind: 'undo', change: needed.made.id }).message).toContain(needed.madeAgain.summary);
    expect(needed.world.rules()).toHaveLength(1);
  });

  test('is not asked to wait for a change of which nothing can come back', () => {
    const blocked = OURS.replace('allow', 'reject');
    const { world, start, made, taken, takenAgain } = twice([blocked], reopen(3000, 22), reopen(3000));
    world.undo(made);
    expect(world.rules()).toEqual(start);
    // What stood there at first stands there again: neither rule comes back, and neither waits for the other.
    for (const { id } of [takenAgain, taken]) {
      expect(world.problem({ kind: 'undo', change: id }).code).toBe('nothing-to-do');
    }
  });
});

describe('what several changes did about the same thing', () => {
  const at = (...ports: readonly number[]) => ports.map((port) => ({ protocol: 'tcp' as const, port }));
  const way = { audience: 'everyone', way: 'firewall' } as const;
  const remove = (...ports: readonly number[]): Choice => ({ kind: 'remove-opening', targets: at(...ports) });
  const reopen = (...ports: readonly number[]): Choice => ({ kind: 'reopen', targets: at(...ports), ...way });
  const [ours] = ufw.readUfw(laptop({ tuples: [OURS], ipv6: false })).value?.tuples ?? [];
  if (ours === undefined) throw new Error('no rule');
  const byHand = (world: World): void => world.byHand({ kind: 'ufw-insert', tuple: ours, number: null });

  test('a rule made by hand stays, whoever had made the same before', () => {
    const world = new World({ ipv6: false });
    const made = world.apply(reopen(3000));
    world.undo(world.apply(remove(3000)));
    world.apply(remove(3000));
    byHand(world);
    world.undo(world.apply(remove(3000)));
    expect(world.problem({ kind: 'undo', change: made.id }).code).toBe('nothing-to-do');
    expect(world.rules()).toHaveLength(1);
    const beside = new World({ tuples: [allow(22)], ipv6: false });
    const first = beside.apply(reopen(3000));
    const second = beside.apply(remove(3000, 22));
    byHand(beside);
    expect(warningsOf(beside.undo(second).plan).join(' ')).toContain('is there again already');
    expect(beside.problem({ kind: 'undo', change: first.id }).code).toBe('nothing-to-do');
    expect(beside.rules()).toHaveLength(2);
  });

  test('a rule that somebody deleted does not come back with a later one of the same words', () => {
    const world = new World({ ipv6: false });
    world.apply(reopen(3000));
    world.byHand({ kind: 'ufw-delete', tuple: ours });
    const again = world.apply(reopen(3000, 22));
    const taken = world.apply(remove(3000));
    world.undo(again);
    expect(world.problem({ kind: 'undo', change: taken.id }).message).toContain('it belonged to');
    expect(world.rules()).toEqual([]);
  });

  test('a rule of theirs waits for the rule in its place, and comes back', () => {
    const world = new World({ tuples: [allow(3000), allow(8080)], ipv6: false });
    const start = world.rules();
    const [first, second, third, fourth] = [remove(3000, 8080), reopen(3000), remove(3000), reopen(3000, 22)].map(
      (choice) => world.apply(choice),
    ) as [Change, Change, Change, Change];
    world.apply(remove(3000));
    world.undo(fourth);
    world.undo(third);
    expect(world.problem({ kind: 'undo', change: first.id }).hint).toContain(second.id);
    world.undo(second);
    world.undo(first);
    expect(world.rules()).toEqual(start);
  });

  test('it is closed as long as one that closed it stands, in the table as in ufw', () => {
    const world = new World({ on: false, ipv6: false });
    const own = { audience: 'everyone', way: 'own-table' } as const;
    world.apply({ kind: 'close', targets: at(3000, 8080), ...own });
    const opened = world.apply({ kind: 'reopen', targets: at(3000, 8080), ...own });
    const closed = world.apply({ kind: 'close', targets: at(3000), ...own });
    const problem = world.problem({ kind: 'undo', change: opened.id });
    expect(problem.message).toBe(
      `The block of port 3000 (TCP) in Portcullis’s own table cannot be put back: the later change “${closed.summary}” is about it, too.`,
    );
    expect(problem.hint).toContain(closed.id);
    world.undo(closed);
    world.undo(opened);
    expect(world.doors()).toHaveLength(2);
  });

  test('the one that has to go first is one that can go', () => {
    const again = new World({ tuples: [OURS], ipv6: false });
    const removed = again.apply(remove(3000));
    const redone = again.undo(again.undo(again.apply(reopen(3000))));
    expect(again.problem({ kind: 'undo', change: removed.id }).hint).toContain(redone.id);
    const moot = new World({ tuples: [OURS], ipv6: false });
    const first = moot.apply(remove(3000));
    moot.apply(reopen(3000));
    const third = moot.apply(remove(3000));
    const fourth = moot.apply(reopen(3000, 22));
    moot.apply(remove(3000));
    moot.undo(fourth);
    expect(moot.problem({ kind: 'undo', change: first.id }).hint).toContain(third.id);
  });

  test('what was made again and is undone once more takes all of it back, also what it had to leave then', () => {
    const world = new World({ ipv6: false });
    const made = world.apply(reopen(3000, 22));
    const taken = world.apply(remove(3000));
    const again = world.undo(world.undo(made));
    world.undo(taken);
    world.undo(again);
    expect(world.rules()).toEqual([]);
    const other = new World({ tuples: [OURS, allow(22), allow(8080)], ipv6: false });
    const start = other.rules();
    const undo = other.undo(other.apply(remove(3000, 22)));
    const second = other.apply(remove(3000, 8080));
    const redone = other.undo(undo);
    expect(warningsOf(other.undo(second).plan).join(' ')).toContain('had taken it away before');
    other.undo(redone);
    expect(other.rules()).toEqual(start);
  });

  test('a rule of theirs waits for a later change that moved another one into its place', () => {
    const world = new World({ tuples: [allow(3000), allow(22)], ipv6: false });
    const removed = world.apply(remove(3000));
    const lines = ['allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in', OURS.replace('allow', 'deny')];
    for (const tuple of ufw.readUfw(laptop({ tuples: lines, ipv6: false })).value?.tuples ?? [])
      world.byHand({ kind: 'ufw-insert', tuple, number: null });
    const moved = world.apply(close(3000));
    expect(world.problem({ kind: 'undo', change: removed.id }).hint).toContain(moved.id);
  });

  test('what somebody made anew and a later change took away comes back with that one alone', () => {
    const world = new World({ tuples: [OURS], ipv6: false });
    const first = world.apply(remove(3000));
    byHand(world);
    const second = world.apply(remove(3000));
    expect(world.problem({ kind: 'undo', change: first.id }).message).toContain('took it away as well');
    world.undo(second);
    expect(world.rules()).toHaveLength(1);
  });

  test('what goes makes room for what comes back in its place', () => {
    const world = new World({ tuples: [OURS.replace('allow', 'reject')], ipv6: false });
    const start = world.rules();
    const made = world.apply(reopen(3000));
    const taken = world.apply(remove(3000));
    const again = world.undo(world.undo(made));
    world.undo(taken);
    world.undo(again);
    expect(world.rules()).toEqual(start);
  });

  test('nothing is opened that an earlier change, still standing, had closed', () => {
    const world = new World({ tuples: [OURS], ipv6: false });
    world.apply(remove(3000));
    const made = world.apply(reopen(3000, 22));
    world.undo(world.apply(remove(3000)));
    const taken = world.apply(remove(3000));
    world.undo(made);
    expect(world.problem({ kind: 'undo', change: taken.id }).message).toContain('it belonged to');
  });
});

describe('whatever was done', () => {
  // Mostly one port: what several changes did about the same rule is what can go wrong.
  const port = fc.constantFrom(3000, 3000, 22, 8080);
  const choice: fc.Arbitrary<Choice> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('close' as const, 'close' as const, 'reopen' as const),
      targets: fc.uniqueArray(
        port.map((one) => ({ protocol: 'tcp' as const, port: one })),
        {
          minLength: 1,
          maxLength: 2,
          selector: (target) => target.port,
        },
      ),
      audience: fc.constantFrom('everyone' as const, 'everyone' as const, 'all-but-this-network' as const),
      way: fc.constantFrom('firewall' as const, 'firewall' as const, 'own-table' as const),
    }),
    fc.record({
      kind: fc.constant('remove-opening' as const),
      targets: port.map((one) => [{ protocol: 'tcp' as const, port: one }]),
    }),
    fc.constant({ kind: 'enable-firewall' as const, keep: [] }),
  );
  const rule = fc
    .tuple(
      fc.constantFrom('allow', 'deny', 'reject', 'limit', 'allow_log'),
      fc.constantFrom('tcp', 'tcp', 'any', 'udp'),
      fc.constantFrom('22', '3000', '8080', '9000'),
      fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', '192.168.77.0/24'),
      fc.constantFrom('', ' comment=6d79', ' comment=506f727463756c6c6973'),
    )
    .map(
      ([action, protocol, dport, src, comment]) => `${action} ${protocol} ${dport} 0.0.0.0/0 any ${src} in${comment}`,
    );
  const rules = fc.uniqueArray(rule, { maxLength: 7, selector: (line) => line.split(' ').slice(1, 6).join() });

  /** Try; what is refused is not done. */
  const tried = (work: () => Change): Change | null => {
    try {
      return work();
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  };

  test('undone in any order: the others stay, and all of it leads back to the beginning', () => {
    fc.assert(
      fc.property(
        rules,
        fc.boolean(),
        fc.boolean(),
        fc.array(choice, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(1000)),
        (tuples, on, ipv6, choices, dice) => {
          const world = new World({ tuples, on, ipv6 });
          const roll = (sides: number): number => (dice.next().value ?? 0) % sides;
          const start = { rules: world.rules(), on: ufw.readUfw(world.snapshot).value?.enabled };
          const doors = world.doors();
          for (const one of choices) tried(() => world.apply(one));
          for (let round = 0; round < 40; round++) {
            const open = world.history.filter(({ state, plan }) => state === 'applied' && plan.choice.kind !== 'undo');
            if (open.length === 0) break;
            const change = open[roll(open.length)]!;
            const last = world.history.find(({ state }) => state === 'applied');
            if (last === change && roll(2) === 0) {
              world.restore(change);
              continue;
            }
            const before = inForce(world.snapshot);
            const undone = tried(() => world.undo(change));
            if (undone === null) continue;
            // Only what the change itself did is another afterwards.
            const now = inForce(world.snapshot);
            const moved = [...before, ...now].filter((key) => before.has(key) !== now.has(key));
            const own = JSON.stringify(change.plan.steps);
            for (const key of moved.filter((one) => one.startsWith('ufw '))) {
              const words = key.split(' ');
              if (words[1] === '4' || words[1] === '6') expect(own).toContain(words[4]);
            }
            // Sometimes it is made again, and taken back once more.
            if (roll(4) === 0) {
              const again = tried(() => world.undo(undone));
              if (again !== null) expect([...inForce(world.snapshot)].sort()).toEqual([...before].sort());
              if (again !== null && tried(() => world.undo(again)) === null)
                throw new Error('it cannot be taken back twice');
            }
          }
          const left = world.history.filter(({ state, plan }) => state === 'applied' && plan.choice.kind !== 'undo');
          // A change of which nothing is left cannot be undone, and need not be.
          for (const { id } of left) expect(world.problem({ kind: 'undo', change: id }).code).toBe('nothing-to-do');
          expect(world.rules()).toEqual(start.rules);
          expect(world.doors()).toEqual(doors);
          expect(ufw.readUfw(world.snapshot).value?.enabled).toBe(start.on);
        },
      ),
      { numRuns: share(60) },
    );
  });

  test('undos undone in any order too: nobody waits for what cannot go, and nothing is laid to somebody else', () => {
    fc.assert(
      fc.property(
        rules,
        fc.array(choice, { minLength: 2, maxLength: 5 }),
        fc.infiniteStream(fc.nat(1000)),
        (...args) => {
          const [tuples, choices, dice] = args;
          const world = new World({ tuples, on: true, ipv6: false });
          const roll = (sides: number): number => (dice.next().value ?? 0) % sides;
          for (const one of choices) tried(() => world.apply(one));
          for (let round = 0; round < 20; round++) {
            const open = world.history.filter(({ state }) => state === 'applied');
            const change = open[roll(Math.max(1, open.length))];
            if (change === undefined) break;
            if (tried(() => world.undo(change)) !== null) continue;
            const { message, hint } = world.problem({ kind: 'undo', change: change.id });
            expect(message).not.toContain('somebody');
            const first = /portcullis undo (change-\d+)/.exec(hint)?.[1];
            const named = world.history.find(({ id }) => id === first);
            if (named === undefined) continue;
            expect(named.state).toBe('applied');
            const next =
              tried(() => world.undo(named)) === null ? world.problem({ kind: 'undo', change: named.id }) : null;
            expect(next?.code).not.toBe('nothing-to-do');
          }
        },
      ),
      { numRuns: share(40) },
    );
  });
});
