/** Rules that were made on this computer, and may be turned off or on: what a plan looks for among them. */
import { has } from '../../intervals.ts';
import { type GapWhy, gap } from '../../gaps/index.ts';
import { pairSchema, windowsItems, type WindowsPart } from '../../machine/windows.ts';
import type { Gap, Snapshot, Target } from '../../model.ts';
import { isUnread, type WindowsRule } from './model.ts';
import { type Block, isOwnName, NUMBER, readBlock } from './own.ts';
import { localRules } from './predict.ts';
import { howOf, readWindows } from './read.ts';
import { readRegistryRule } from './registry-rule.ts';
import { ruleName } from './rule-name.ts';
import { parseRegistryText } from './registry-text.ts';
import { activeIn, isToggle } from './toggle.ts';

const PARTS: readonly (readonly [WindowsPart, 'rules' | 'policy'])[] = [
  ['localRules', 'rules'],
  ['policyRules', 'policy'],
  ['policyExceptions', 'policy'],
  ['mdmRules', 'policy'],
];

/**
 * What was not read of all that a change must know; null: nothing. What Get-NetFirewallRule shows instead of the registry is
 * enough to judge by, and not to foresee: it is not what a change is written to.
 */
export function unreadOf(snapshot: Snapshot): Gap | null {
  const [first] = readWindows(snapshot).gaps;
  return first ?? unreadLocal(snapshot);
}

/** The same of what a change may have made alone: the store's rules and settings. */
export function unreadLocal(snapshot: Snapshot): Gap | null {
  for (const [part, named] of PARTS) {
    const why: GapWhy | null = windowsItems(snapshot, part, pairSchema).why;
    if (why !== null) return gap({ what: { kind: 'windows', part: named }, why, how: howOf(why) });
  }
  return null;
}

/** One that can be turned off or on exactly. */
export interface Switchable {
  readonly id: string;
  readonly text: string;
  /** What people call it. */
  readonly name: string;
  readonly active: boolean;
  readonly rule: WindowsRule;
}

/** Those of others for incoming connections. */
export function switchables(snapshot: Snapshot): readonly Switchable[] {
  return localRules(snapshot).flatMap(({ name: id, value }): readonly Switchable[] => {
    const text = String(value);
    const active = activeIn(text);
    if (active === null || isOwnName(id)) return [];
    if (!isToggle({ kind: active ? 'windows-disable' : 'windows-enable', id, rule: text })) return [];
    const rule = readRegistryRule(id, text, 'local');
    return isUnread(rule) || rule.direction !== 'in' ? [] : [{ id, text, name: ruleName(id, text), active, rule }];
  });
}

/** May it say something of this port? */
export function concerns({ protocol, localPorts }: WindowsRule, target: Target): boolean {
  if (protocol !== null && protocol !== NUMBER[target.protocol]) return false;
  return localPorts === null || localPorts.open.length > 0 || has(localPorts.sure, target.port);
}

/** Does it name this port and no other? */
const isForAlone = ({ protocol, localPorts }: WindowsRule, target: Target): boolean =>
  protocol === NUMBER[target.protocol] &&
  localPorts?.open.length === 0 &&
  localPorts.sure.length === 1 &&
  localPorts.sure.every(([first, last]) => first === target.port && last === target.port);

/** The system's own rules are called by what its files hold: `@FirewallAPI.dll,-28502`. */
const isSystems = (text: string): boolean =>
  parseRegistryText(text)?.fields.some(({ key, value }) => /^(name|embedctxt)$/i.test(key) && value.startsWith('@')) ===
  true;

/** Somebody's own rules that are on and let in this port alone: all of what turning them off would take away. */
export const openingRules = (snapshot: Snapshot, target: Target): readonly Switchable[] =>
  switchables(snapshot).filter(
    ({ active, rule, text }) => active && rule.action === 'allow' && isForAlone(rule, target) && !isSystems(text),
  );

/** A rule of Portcullis's own, as it stands. */
export interface OwnRule {
  readonly id: string;
  readonly text: string;
  readonly block: Block;
  readonly active: boolean;
}

/** Those for this port that are as Portcullis makes them. */
export const ownBlocks = (snapshot: Snapshot, { protocol, port }: Target): readonly OwnRule[] =>
  localRules(snapshot).flatMap(({ name: id, value }): readonly OwnRule[] => {
    const read = readBlock(id, String(value));
    if (read === null || read.block.protocol !== protocol || read.block.port !== port) return [];
    return [{ id, text: String(value), ...read }];
  });

/**
 * A rule of Portcullis's name that is on, may say something of this port and is not as Portcullis makes it: what somebody has
 * written into it would be lost if it were taken away. Null: there is none.
 */
export function changedOwn(snapshot: Snapshot, target: Target): string | null {
  const found = localRules(snapshot).find(({ name, value }) => {
    const text = String(value);
    if (!isOwnName(name) || readBlock(name, text) !== null) return false;
    const rule = readRegistryRule(name, text, 'local');
    return isUnread(rule) || (rule.active && concerns(rule, target));
  });
  return found?.name ?? null;
}

/** What a rule of this computer's own says; null: it cannot be read. */
export function meaningOf(text: string): WindowsRule | null {
  const rule = readRegistryRule('', text, 'local');
  return isUnread(rule) ? null : rule;
}
