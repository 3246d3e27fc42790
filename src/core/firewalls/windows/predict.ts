/**
 * What the machine will print after an operation in Windows Firewall: the parts `localRules`, `localSettings` and
 * `effectiveProfiles` of `windows.firewall`, with nothing else of it changed. What is not there, or was not understood, is
 * never guessed.
 */
import { isLost, listed, pairSchema, windowsItems, windowsPart, type WindowsPart } from '../../machine/windows.ts';
import { tryJson } from '../../machine/json-lines.ts';
import type { GapWhy } from '../../gaps/index.ts';
import type { Snapshot } from '../../model.ts';
import { problem, type Unforeseen } from '../../problem.ts';
import { find, withOutput } from '../../transcripts.ts';
import { fieldOf } from './json-values.ts';
import { isWellFormed, type ProfileOperation, type BlockOperation, type WindowsOperation } from './operations.ts';
import { blockName, blockText, readBlock } from './own.ts';
import { ruleName } from './rule-name.ts';
import { type Toggle, withActive } from './toggle.ts';

const unclear = (why: Unforeseen) => problem('unsupported', { kind: 'unforeseen', of: 'windows', why });
const unread = (part: 'rules' | 'settings', why: GapWhy) =>
  unclear({ is: 'unread', what: { kind: 'windows', part }, why });
const GARBLED: GapWhy = { kind: 'garbled', by: 'powershell' };

/** A value name of the rules' key, and its text. */
export interface LocalRule {
  readonly name: string;
  readonly value: string | number;
}

/** The rules that were made on this computer. Throws a ProblemError where they were not read. */
export function localRules(snapshot: Snapshot): readonly LocalRule[] {
  const { items, why } = windowsItems(snapshot, 'localRules', pairSchema);
  if (why !== null) throw unread('rules', why);
  if (items.length === 0) throw unread('rules', GARBLED);
  return items;
}

/** One operation further. Throws a ProblemError where it would do nothing, or its effect cannot be foreseen. */
export function predictWindows(snapshot: Snapshot, operation: WindowsOperation): Snapshot {
  if (!isWellFormed(operation)) throw problem('unsupported', { kind: 'windows-odd-step' });
  switch (operation.kind) {
    case 'windows-block':
    case 'windows-unblock':
      return withPart(snapshot, 'localRules', blocked(localRules(snapshot), operation));
    case 'windows-disable':
    case 'windows-enable':
      return withPart(snapshot, 'localRules', toggled(localRules(snapshot), operation));
    case 'windows-profile-on':
    case 'windows-profile-off':
      return switched(snapshot, operation);
  }
}

/** Names of values are the same in any case. */
const isCalled =
  (name: string) =>
  (rule: LocalRule): boolean =>
    rule.name.toLowerCase() === name.toLowerCase();

function blocked(rules: readonly LocalRule[], operation: BlockOperation): readonly LocalRule[] {
  const name = blockName(operation);
  const found = rules.filter(isCalled(name));
  // One that somebody has changed, or turned off, is no longer the one that is meant.
  const changed = found.some((rule) => readBlock(rule.name, String(rule.value))?.active !== true);
  if (changed) throw problem('unsupported', { kind: 'windows-own-changed', rule: name });
  if ((operation.kind === 'windows-block') === found.length > 0) throw unclear({ is: 'no-effect' });
  return operation.kind === 'windows-block'
    ? [...rules, { name, value: blockText(operation) }]
    : rules.filter((rule) => !isCalled(name)(rule));
}

function toggled(rules: readonly LocalRule[], { kind, id, rule: text }: Toggle): readonly LocalRule[] {
  const found = rules.filter(isCalled(id));
  const after = withActive(text, kind === 'windows-enable');
  const [only] = found;
  if (only === undefined || found.length > 1 || only.name !== id || only.value !== text || after === null)
    throw unclear({ is: 'rule-differs', rule: ruleName(id, text).slice(0, 256) });
  return rules.map((rule) => (rule === only ? { name: rule.name, value: after } : rule));
}

/** The part with another value; what else was printed stays. */
function withPart(snapshot: Snapshot, part: WindowsPart, value: unknown): Snapshot {
  const transcript = find(snapshot, 'windows.firewall');
  const all = tryJson((transcript?.stdout ?? '').replace(/^\ufeff/, ''));
  if (transcript === undefined || typeof all !== 'object' || all === null) throw unread('rules', GARBLED);
  return withOutput(snapshot, 'windows.firewall', transcript.argv, JSON.stringify({ ...all, [part]: { ok: value } }));
}

// ---------------------------------------------------------------- profiles

const SETTING = 'EnableFirewall';

function switched(snapshot: Snapshot, { kind, profile }: ProfileOperation): Snapshot {
  const on = kind === 'windows-profile-on';
  const own = settingsOf(snapshot, 'localSettings');
  const policy = pairsIn(settingsOf(snapshot, 'policySettings'), profile);
  // What policy sets stands over it.
  if (policy.some(isCalled(SETTING)))
    throw problem('unsupported', { kind: 'windows-off-by-policy', profiles: [profile] });
  const others = pairsIn(own, profile).filter((pair) => !isCalled(SETTING)(pair));
  const local = withPart(snapshot, 'localSettings', {
    ...own,
    [profile]: [...others, { name: SETTING, value: on ? 1 : 0 }],
  });
  const effective = windowsPart(snapshot, 'effectiveProfiles');
  if ('why' in effective) {
    if (effective.why.kind === 'garbled') throw unread('settings', effective.why);
    return local;
  }
  const all = listed(effective.value);
  const isIt = (one: unknown): boolean => {
    const name = fieldOf(one, 'Name');
    return typeof name === 'string' && name.toLowerCase() === profile;
  };
  if (all.filter(isIt).length !== 1) throw unread('settings', GARBLED);
  return withPart(
    local,
    'effectiveProfiles',
    all.map((one) => (isIt(one) ? { ...(one as object), Enabled: on ? 1 : 0 } : one)),
  );
}

function settingsOf(snapshot: Snapshot, part: 'localSettings' | 'policySettings'): object {
  const read = windowsPart(snapshot, part);
  if ('why' in read) throw unread('settings', read.why);
  if (typeof read.value !== 'object' || read.value === null) throw unread('settings', GARBLED);
  return read.value;
}

function pairsIn(settings: object, profile: string): readonly LocalRule[] {
  const found = fieldOf(settings, profile);
  const pairs = listed(found).map((one) => pairSchema.safeParse(one));
  if (found === undefined || isLost(found)) throw unread('settings', GARBLED);
  return pairs.map((pair) => {
    if (!pair.success) throw unread('settings', GARBLED);
    return pair.data;
  });
}
