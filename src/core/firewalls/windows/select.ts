/**
 * The rules that count for a port and who holds it, found without asking every rule: by the program that they name, by
 * protocol and port. It is part of the index; `relevant` (compile.ts) asks each of them, with the same answers.
 */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Protocol } from '../../model.ts';
import { has } from '../../intervals.ts';
import { type Policy, type Relevant, relevantRule } from './compile.ts';
import { type ComparedPath, type HeldProgram, appOf, heldBy, isApp, isFileName, isForApp } from './holder.ts';
import { type WindowsRule, isUnread } from './model.ts';

const NUMBER: Readonly<Record<Protocol, number>> = { tcp: 6, udp: 17 };

/** What was found; the same `key`: the same rules. */
export interface Selected {
  readonly key: string;
  readonly rules: () => readonly Relevant[];
}

/** A rule's place in the policy, and whether it is for the holder (null: it may be). */
type Found = readonly [at: number, holds: true | null];

export function ruleSelector(policy: Policy): (protocol: Protocol, port: number, holder: WindowsHolder) => Selected {
  const { everybody, programs } = sorted(policy);
  const ported = portIndex(everybody, policy);
  const found = once((holder: WindowsHolder) => programs(heldBy(holder)));
  const made = new Map<string, Relevant | null>();
  const ruleAt = ([at, holds]: Found): Relevant | null => {
    const key = `${at}/${holds}`;
    const rule = policy.rules[at];
    const one = made.get(key) ?? (rule === undefined ? null : relevantRule(policy, rule, holds));
    made.set(key, one);
    return one;
  };
  return (protocol, port, holder) => {
    const all: Found[] = [];
    for (const at of ported(protocol, port)) {
      const rule = policy.rules[at];
      if (rule === undefined) continue;
      const holds = isUnread(rule) || isForApp(rule, holder, true);
      if (holds !== false) all.push([at, holds]);
    }
    for (const [at, app] of found(holder)) {
      const rule = policy.rules[at];
      if (rule === undefined || isUnread(rule) || !mayBeAt(rule, protocol, port)) continue;
      const holds = isForApp(rule, holder, app);
      if (holds !== false) all.push([at, holds]);
    }
    all.sort(([a], [b]) => a - b);
    return {
      key: all.map(([at, holds]) => (holds === null ? `${at}?` : at)).join(),
      rules: () => all.flatMap((one) => ruleAt(one) ?? []),
    };
  };
}

function once<T>(compute: (holder: WindowsHolder) => T): (holder: WindowsHolder) => T {
  const known = new Map<string, T>();
  return (holder) => {
    const key = JSON.stringify([holder.path, holder.file]);
    const value = known.get(key) ?? compute(holder);
    known.set(key, value);
    return value;
  };
}

/** Can it be asked about a new connection that comes in to that port? */
const mayBeAt = ({ protocol, localPorts }: WindowsRule, asked: Protocol, port: number): boolean =>
  (protocol === null || protocol === NUMBER[asked]) &&
  (localPorts === null || localPorts.open.length > 0 || has(localPorts.sure, port));

interface Sorted {
  /** Places of the rules that name no program. */
  readonly everybody: readonly number[];
  /** Places of the rules of which the program is that one, or may be. */
  readonly programs: (held: HeldProgram) => readonly Found[];
}

/** The rules by the program that they name; those that let or keep nothing in are left out. */
function sorted({ rules, environment }: Policy): Sorted {
  const everybody: number[] = [];
  const all: Named[] = [];
  const byPath = new Map<string, Named[]>();
  const byFile = new Map<string, Named[]>();
  // Whatever the program is called, these may be it.
  const [strange, unnamed]: readonly [Named[], Named[]] = [[], []];
  for (const [at, rule] of rules.entries()) {
    if (!isUnread(rule) && (!rule.active || rule.direction === 'out')) continue;
    if (isUnread(rule) || rule.app === null) {
      everybody.push(at);
      continue;
    }
    const named = { at, app: appOf(rule.app, environment) };
    all.push(named);
    push(byPath, named.app.path, named);
    push(byFile, named.app.file, named);
    if (!named.app.comparable) strange.push(named);
    if (!isFileName(named.app.file)) unnamed.push(named);
  }
  const near = (held: HeldProgram): Iterable<Named> => {
    if (held.path === null) return held.file === null ? all : [...(byFile.get(held.file) ?? []), ...unnamed];
    if (!held.comparable) return all;
    return new Set([...(byPath.get(held.path) ?? []), ...(byFile.get(held.file) ?? []), ...strange]);
  };
  return {
    everybody,
    programs: (held) =>
      [...near(held)].flatMap(({ at, app }): readonly Found[] => {
        const is = isApp(app, held);
        return is === false ? [] : [[at, is]];
      }),
  };
}

interface Named {
  readonly at: number;
  readonly app: ComparedPath;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Rules that name one port alone are found by it; of all others each is asked. */
function portIndex(
  places: readonly number[],
  { rules }: Policy,
): (protocol: Protocol, port: number) => readonly number[] {
  const one = new Map<number, number[]>();
  const others: number[] = [];
  for (const at of places) {
    const rule = rules[at];
    const [first, ...more] = rule === undefined || isUnread(rule) ? [] : (rule.localPorts?.sure ?? []);
    const single =
      rule !== undefined &&
      !isUnread(rule) &&
      rule.localPorts?.open.length === 0 &&
      more.length === 0 &&
      first?.[0] === first?.[1];
    if (single && first !== undefined) one.set(first[0], [...(one.get(first[0]) ?? []), at]);
    else others.push(at);
  }
  return (protocol, port) =>
    [...(one.get(port) ?? []), ...others].filter((at) => {
      const rule = rules[at];
      return rule !== undefined && (isUnread(rule) || mayBeAt(rule, protocol, port));
    });
}
