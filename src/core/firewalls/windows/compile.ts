/**
 * Rules of Windows Firewall for one holder of a port -> chains that the engine walks.
 *
 * One base chain hands every interface's packets to the chain of its profile. There: nothing at all is filtered, or
 * everything is refused, where the settings say so; else rules that override blocks, then blocks, then what must be
 * authenticated, then what lets in, then the profile's default. So a block beats what only allows, and the order of rules of
 * one kind makes no difference. Source: [MS-FASP] 2.2.33 FW_RULE_ACTION, 2.2.35, 2.2.38.
 */
import { type Doubt, doubt, ruleDoubt, unreadDoubt, gap } from '../../gaps/index.ts';
import { type Intervals, minus } from '../../intervals.ts';
import type { Adapter } from '../../machine/index.ts';
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Deciding } from '../../model.ts';
import { type Chain, type Effect, type Rule, type Statement, type Test, always, test } from '../netfilter/model.ts';
import { addressField } from './addresses.ts';
import { type Environment, isFor } from './holder.ts';
import {
  type AnyRule,
  type InterfaceCondition,
  type PortCondition,
  type Profile,
  type Store,
  type WindowsRule,
  PROFILES,
  isUnread,
} from './model.ts';
import type { AllSettings, ProfileSettings } from './profiles.ts';

/** All of one computer's firewall, but for who holds which port. */
export interface Policy {
  readonly rules: readonly AnyRule[];
  readonly settings: AllSettings;
  readonly adapters: readonly Adapter[];
  readonly environment: Environment;
  /** Ports that the kernel's file sharing has taken for itself. */
  readonly taken: Intervals<number>;
}

/** An unknown test: what it stands before may hold and may not. */
const may = (one: Doubt): Statement => test({ on: 'unknown', doubt: one });

const asks = (rule: string, ...texts: readonly string[]): Doubt => doubt({ kind: 'asks', rules: [rule], asks: texts });

const FIREWALL = 'windows';
const SETTINGS = unreadDoubt(
  gap({ what: { kind: 'windows', part: 'settings' }, why: { kind: 'nonsense' }, how: { kind: 'scan-again' } }),
);

/** @param rules those that count, in the order of the policy */
export const chainsOf = (policy: Policy, rules: readonly Relevant[]): readonly Chain[] => [
  baseChain(policy),
  ...PROFILES.map((profile) => profileChain(profile, policy, rules)),
];

/** All rules that are for the holder or may be, found by asking each of them. */
export const relevant = (policy: Policy, holder: WindowsHolder): readonly Relevant[] =>
  policy.rules.flatMap((rule) => {
    const holds = isUnread(rule) || isFor(rule, holder, policy.environment);
    const one = holds === false ? null : relevantRule(policy, rule, holds);
    return one === null ? [] : [one];
  });

const keyOf = (profile: Profile): string => `windows/${profile}`;

function chainOf(name: string, base: Chain['base'], lines: readonly Line[]): Chain {
  return {
    key: `windows/${name}`,
    backend: 'windows',
    families: [4, 6],
    table: 'windows',
    name,
    base,
    rules: lines.map(({ text, statements }): Rule => ({ text, statements })),
    named: new Map<string, Deciding>(
      [...lines.map(({ text }) => text), 'policy drop'].map((text) => [text, { firewall: FIREWALL, rule: text }]),
    ),
  };
}

interface Line {
  readonly text: string;
  readonly statements: readonly Statement[];
}

const on = (names: readonly string[]): Statement => test({ on: 'in-interface', names });

/** Loopback is not filtered; of every other interface the profile of its network decides. */
function baseChain({ adapters }: Policy): Chain {
  const loopback = ['lo', ...adapters.filter(({ kind }) => kind === 'loopback').map(({ name }) => name)];
  const lines: Line[] = [{ text: 'loopback is not filtered', statements: [on(loopback), always({ do: 'accept' })] }];
  for (const profile of PROFILES) {
    const names = adapters.filter(({ category }) => category === profile).map(({ name }) => name);
    if (names.length > 0) lines.push(handOver(profile, on(names)));
  }
  // Where the system did not tell, each may be: what they all do alike is certain.
  for (const { name, category, kind } of adapters) {
    if (category !== null || kind === 'loopback') continue;
    const guess = test({ on: 'unknown', doubt: doubt({ kind: 'network-kind', interface: name }) });
    lines.push(
      handOver('domain', on([name]), guess),
      handOver('private', on([name]), guess),
      handOver('public', on([name])),
    );
  }
  return chainOf('input', { hook: 'input', priority: 0, type: 'filter', policy: 'drop' }, lines);
}

const handOver = (profile: Profile, ...tests: readonly Statement[]): Line => ({
  text: `${profile} network`,
  statements: [...tests, always({ do: 'goto', chain: keyOf(profile) })],
});

// ---------------------------------------------------------------- one profile

function profileChain(profile: Profile, { settings, adapters }: Policy, rules: readonly Relevant[]): Chain {
  const own = settings[profile];
  const lines = [
    ...passedBy(profile, own, adapters),
    ...shield(profile, own),
    ...rules.flatMap((one) => lineOf(one, profile, own)).sort((a, b) => a.stage - b.stage),
    ...defaultOf(profile, own),
  ];
  return chainOf(profile, null, lines);
}

/** Firewall off, or off for some interfaces. */
function passedBy(
  profile: Profile,
  { enabled, unfiltered }: ProfileSettings,
  adapters: readonly Adapter[],
): readonly Line[] {
  const text = `off (${profile} networks)`;
  if (enabled === false) return [{ text, statements: [always({ do: 'accept' })] }];
  const lines: Line[] = [];
  if (enabled === null) lines.push({ text, statements: [UNSURE, always({ do: 'accept' })] });
  const named = new Set((unfiltered ?? []).map(bare));
  const own = new Set(adapters.flatMap(({ name, guid }) => [bare(name), ...(guid === null ? [] : [bare(guid)])]));
  // What is neither a guid nor the name of an adapter may be a list that is written in another way.
  const strange = [...named].some((one) => !GUID.test(one) && !own.has(one));
  const off = 'off for this interface';
  for (const { name, guid } of adapters) {
    const is = named.has(bare(name)) || (guid !== null && named.has(bare(guid)));
    // An interface without a guid may be one that is named by it.
    const perhaps = !is && guid === null && [...named].some((one) => GUID.test(one));
    if (is || perhaps)
      lines.push({ text: off, statements: [on([name]), ...(perhaps ? [UNSURE] : []), always({ do: 'accept' })] });
  }
  if (unfiltered === null || strange) lines.push({ text: off, statements: [UNSURE, always({ do: 'accept' })] });
  return lines;
}

const bare = (name: string): string => name.toLowerCase().replace(/^\{(.*)\}$/, '$1');
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const UNSURE: Statement = test({ on: 'unknown', doubt: SETTINGS });

/** With it and a default of Block no rule counts. With a default of Allow the documents do not say what it does. */
function shield(profile: Profile, { shielded, inbound }: ProfileSettings): readonly Line[] {
  if (shielded === false) return [];
  const certain = shielded === true && inbound === 'block';
  const effect: Effect = inbound === 'allow' ? { do: 'unknown', doubt: SETTINGS } : { do: 'drop' };
  return [
    {
      text: `blocks all incoming connections (${profile} networks)`,
      statements: [...(certain ? [] : [UNSURE]), always(effect)],
    },
  ];
}

function defaultOf(profile: Profile, { inbound }: ProfileSettings): readonly Line[] {
  const line = (does: 'allow' | 'block', ...before: readonly Statement[]): Line => ({
    text: `default ${does} (${profile} networks)`,
    statements: [...before, always({ do: does === 'allow' ? 'accept' : 'drop' })],
  });
  if (inbound === null) return [line('allow', UNSURE), line('block')];
  return [line(inbound)];
}

// ---------------------------------------------------------------- one rule

/** A rule that may concern a holder, with the tests that are the same in every profile. */
export interface Relevant {
  readonly text: string;
  readonly store: Store;
  readonly profiles: readonly Profile[] | null;
  readonly tests: readonly Statement[];
  /** In which of the steps it stands, and what it does there. */
  readonly stage: number;
  readonly effect: Effect;
}

const STAGES = { unread: 0, bypass: 1, block: 2, secure: 3, allow: 4 } as const;

/** Null: it asks for nothing that a new connection to a port could be. `holds`: null, whether it is for the holder is not known. */
export function relevantRule({ adapters, taken }: Policy, rule: AnyRule, holds: true | null): Relevant | null {
  if (isUnread(rule)) return unreadable(rule.unread, rule.store);
  if (!rule.active || rule.direction === 'out') return null;
  const { protocol } = rule;
  if (protocol !== null && protocol !== 6 && protocol !== 17) return null;
  const name = nameOf(rule);
  const doubts = [
    ...(holds === null
      ? [
          test({
            on: 'unknown',
            doubt: doubt({ kind: 'holder', rules: [name], apps: rule.packaged || rule.family !== null }),
          }),
        ]
      : []),
    ...(rule.direction === null ? [may(asks(name, 'Dir'))] : []),
    // Who is authenticated gets past the blocks, and nobody else: which of them it is cannot be told.
    ...(rule.action === 'bypass' ? [may(asks(name, 'Action=ByPass'))] : []),
    ...(rule.narrows.length === 0 ? [] : [may(asks(name, ...rule.narrows))]),
  ];
  const fields = [
    portField(rule.localPorts, 'destination-port', name, taken),
    portField(rule.remotePorts, 'source-port', name, []),
    ...rule.interfaces.map((condition) => interfaceField(condition, adapters, name)),
    addressField(rule.local, 'destination', adapters),
    addressField(rule.remote, 'source', adapters),
  ];
  const tests = [
    ...(protocol === null ? [] : [test({ on: 'protocol', protocols: [[protocol, protocol]] })]),
    ...fields.flatMap((field) => (field === null ? [] : [test(field)])),
    ...doubts,
  ];
  return {
    text: `${VERBS[rule.action ?? 'none']} ${name}`,
    store: rule.store,
    profiles: rule.profiles,
    tests,
    ...doing(rule, name),
  };
}

/** It may match anything, and then do anything. */
function unreadable(whole: string, store: Store): Relevant {
  const text = whole.slice(0, 200);
  return {
    text,
    store,
    profiles: null,
    tests: [may(ruleDoubt(text))],
    stage: STAGES.unread,
    effect: { do: 'unknown', doubt: ruleDoubt(text) },
  };
}

const VERBS = { allow: 'allow', block: 'block', bypass: 'allow past every block', none: 'rule' } as const;

function doing(rule: WindowsRule, name: string): Pick<Relevant, 'stage' | 'effect'> {
  const unsure = (text: string): Effect => ({ do: 'unknown', doubt: asks(name, text) });
  switch (rule.action) {
    case null:
      return { stage: STAGES.unread, effect: unsure('Action') };
    case 'bypass':
      return { stage: STAGES.bypass, effect: { do: 'accept' } };
    case 'block':
      return rule.secure
        ? { stage: STAGES.unread, effect: unsure('Security') }
        : { stage: STAGES.block, effect: { do: 'drop' } };
    case 'allow':
      return rule.secure
        ? { stage: STAGES.secure, effect: unsure('Security') }
        : { stage: STAGES.allow, effect: { do: 'accept' } };
  }
}

/** The rule as a line of one profile's chain; none where it does not count there. */
function lineOf(
  { text, store, profiles, tests, stage, effect }: Relevant,
  profile: Profile,
  { localRules }: ProfileSettings,
): readonly (Line & { readonly stage: number })[] {
  if (profiles !== null && !profiles.includes(profile)) return [];
  if (store === 'local' && localRules === false) return [];
  const unsure = store === 'local' && localRules === null ? [UNSURE] : [];
  return [{ text, stage, statements: [...tests, ...unsure, always(effect)] }];
}

/** A resource says nothing to people: the rule's own id does. */
function nameOf({ name, id, store }: WindowsRule): string {
  const own = name.startsWith('@') || name.trim() === '' ? id : name;
  const from = { local: null, other: null, policy: 'group policy', mdm: 'device management' }[store];
  return from === null ? own : `${own} (${from})`;
}

const row = (...tests: readonly Test[]): readonly Test[] => tests;
const plain = (field: Test['field']): Test => ({ field, negate: false });

function portField(
  condition: PortCondition | null,
  of: 'destination-port' | 'source-port',
  name: string,
  taken: Intervals<number>,
): Test['field'] | null {
  if (condition === null) return null;
  const { sure, open } = condition;
  if (open.length === 0) return { on: of, ports: sure };
  const unknown = open.map((text) => {
    const may = plain({ on: 'unknown', doubt: asks(name, text) });
    // What takes IP over HTTPS listens at a port of its own.
    return IP_HTTPS.test(text) && taken.length > 0 ? row(plain({ on: of, ports: minus(PORTS, taken) }), may) : row(may);
  });
  return { on: 'any', rows: [row(plain({ on: of, ports: sure })), ...unknown] };
}

const PORTS: Intervals<number> = [[0, 65535]];

/**
 * The port of a server for IP over HTTPS, which is in the kernel: 443, or another that its address names. Source:
 * [MS-IPHTTPS] 1.1; Microsoft Learn, FWPM_SYSTEM_PORT_TYPE, New-NetIPHttpsConfiguration -ServerURL.
 */
const IP_HTTPS = /=IPHTTPSIn$/i;

/** Types of the IANA registry by what rules call them. What is neither of these may be any. */
const TYPES: Readonly<Record<number, string>> = { 6: 'lan', 71: 'wireless', 23: 'remoteaccess' };

function interfaceField({ by, names }: InterfaceCondition, adapters: readonly Adapter[], name: string): Test['field'] {
  const wanted = names.map((text) => text.toLowerCase());
  const truths = adapters.map((adapter) => ({ adapter, is: isMeant(by, adapter, wanted) }));
  const of = (truth: boolean | null): readonly string[] =>
    truths.filter((one) => one.is === truth).map(({ adapter }) => adapter.name);
  const perhaps = of(null);
  const rows = [row(plain({ on: 'in-interface', names: of(true) }))];
  if (perhaps.length > 0) {
    const text = `${by === 'type' ? 'IFType' : 'IF'}=${names.join(',')}`;
    rows.push(row(plain({ on: 'in-interface', names: perhaps }), plain({ on: 'unknown', doubt: asks(name, text) })));
  }
  return { on: 'any', rows };
}

function isMeant(
  by: InterfaceCondition['by'],
  { name, guid, type }: Adapter,
  wanted: readonly string[],
): boolean | null {
  switch (by) {
    case 'alias':
      // A pattern is not one name.
      return wanted.includes(name.toLowerCase()) ? true : wanted.some((text) => /[*?[]/.test(text)) ? null : false;
    case 'guid':
      if (guid === null) return null;
      // What is no guid may be any of them.
      return wanted.map(bare).includes(bare(guid))
        ? true
        : wanted.every((text) => GUID.test(bare(text)))
          ? false
          : null;
    case 'type': {
      const own = TYPES[type];
      const known = wanted.every((text) => Object.values(TYPES).includes(text));
      return own !== undefined && wanted.includes(own) ? true : own === undefined || !known ? null : false;
    }
  }
}
