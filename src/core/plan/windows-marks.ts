/** What each operation in Windows Firewall leaves in force, or takes out of it, as the history compares it. */
import { windows } from '../firewalls/registry.ts';
import type { Operation, ProfileState, Snapshot } from '../model.ts';
import type { Thing } from '../told.ts';
import type { Mark } from './inverse.ts';
import { rulesUnknown } from './unknown.ts';

const blockKey = (block: windows.Block): string => `windows block ${windows.blockName(block)}`;
/** A rule that is on, by its name and by all else of it: but for the version in front, which Windows may write anew. */
const ruleKey = (id: string, text: string): string => `windows rule ${id} ${windows.withoutActive(text) ?? ''}`;
const profileKey = (profile: ProfileState['name']): string => `windows profile ${profile}`;

function marked(operation: windows.WindowsOperation): { readonly key: string; readonly thing: Thing } {
  switch (operation.kind) {
    case 'windows-block':
    case 'windows-unblock': {
      const { protocol, port } = operation;
      return { key: blockKey(operation), thing: { is: 'windows-block', target: { protocol, port } } };
    }
    case 'windows-disable':
    case 'windows-enable': {
      const { id, rule } = operation;
      return { key: ruleKey(id, rule), thing: { is: 'windows-rule', rule: windows.ruleName(id, rule) } };
    }
    case 'windows-profile-on':
    case 'windows-profile-off':
      return { key: profileKey(operation.profile), thing: { is: 'profile', profile: operation.profile } };
  }
}

const ADDS: ReadonlySet<string> = new Set<windows.WindowsOperation['kind']>([
  'windows-block',
  'windows-enable',
  'windows-profile-on',
]);

export function windowsMarks(operation: windows.WindowsOperation): readonly Mark[] {
  const back = windows.backOf(operation);
  return back === null ? [] : [{ ...marked(operation), there: ADDS.has(operation.kind), back }];
}

/** Throws a ProblemError where what a change may have made in Windows Firewall could not be read. */
export function demandLocalRules(snapshot: Snapshot): void {
  const gap = windows.unreadLocal(snapshot);
  if (gap !== null) throw rulesUnknown(gap.means, false);
}

/** The keys of all that is in force; none where the rules were not read, which whoever asks has made sure of. */
export function windowsInForce(snapshot: Snapshot): ReadonlySet<string> {
  const rules = windows.localRules(snapshot).flatMap(({ name, value }) => {
    const text = String(value);
    if (windows.activeIn(text) !== true) return [];
    const own = windows.readBlock(name, text);
    return [ruleKey(name, text), ...(own === null ? [] : [blockKey(own.block)])];
  });
  const { settings } = windows.readWindows(snapshot).policy;
  const on = (Object.keys(settings) as ProfileState['name'][]).filter((profile) => settings[profile].enabled === true);
  return new Set([...rules, ...on.map(profileKey)]);
}

/**
 * What takes something back, with the rule's text as it stands now. Null: the rule was deleted, or changed, or another has the
 * name that is needed.
 */
export function asItStands(back: Operation, snapshot: Snapshot): Operation | null {
  if (back.kind === 'windows-block') return isNamed(snapshot, windows.blockName(back)) ? null : back;
  if (back.kind !== 'windows-enable' && back.kind !== 'windows-disable') return back;
  const wanted = windows.withoutActive(back.rule);
  const found = windows.localRules(snapshot).find(({ name }) => name === back.id);
  const text = String(found?.value ?? '');
  const same = windows.withoutActive(text) === wanted && windows.activeIn(text) === (back.kind === 'windows-disable');
  return same ? { ...back, rule: text } : null;
}

const isNamed = (snapshot: Snapshot, wanted: string): boolean =>
  windows.localRules(snapshot).some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
