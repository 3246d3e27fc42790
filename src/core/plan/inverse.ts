/** What each operation leaves in force, or takes out of it, and what takes exactly that back. */
import { firewalld, table, ufw } from '../firewalls/registry.ts';
import type { Family, Operation, Snapshot, Target, UfwTuple } from '../model.ts';
import { readUnits } from '../services/index.ts';
import type { Thing } from '../told.ts';
import { windowsInForce, windowsMarks } from './windows-marks.ts';

/** One thing that an operation put in force, or took out of it. */
export interface Mark {
  /** Names the thing: a rule of ufw in one family, a closed port of the table, ufw itself. */
  readonly key: string;
  readonly thing: Thing;
  /** It is in force afterwards. */
  readonly there: boolean;
  /** What takes it back. The place of a rule that comes back is found when it does. */
  readonly back: Operation;
}

export const ruleKey = (tuple: UfwTuple): string => `ufw ${tuple.family} ${ufw.withLine(tuple).line}`;
const doorKey = ({ protocol, port, except }: Target & { readonly except: readonly string[] }): string =>
  `table ${protocol}/${port} ${except.join(' ')}`;
const zoneKey = (zone: string, rule: firewalld.OwnRule): string => `firewalld ${zone} ${firewalld.printRule(rule)}`;
const unitKey = (unit: string): string => `service ${unit}`;
const UFW_ON = 'ufw is on';

const ruleMark = (tuple: UfwTuple, there: boolean): Mark => ({
  key: ruleKey(tuple),
  thing: { is: 'rule', family: tuple.family, rule: ufw.ruleText(tuple) },
  there,
  back: there ? { kind: 'ufw-delete', tuple } : { kind: 'ufw-insert', tuple, number: null },
});

/** What an operation did, the first first. */
export function inverse(operation: Operation): readonly Mark[] {
  switch (operation.kind) {
    case 'ufw-prepend':
      return operation.families.map((family: Family) => ruleMark(ufw.prepended(operation, family), true));
    case 'ufw-insert':
      return [ruleMark(operation.tuple, true)];
    case 'ufw-delete':
      return [ruleMark(operation.tuple, false)];
    case 'ufw-enable':
      return [{ key: UFW_ON, thing: { is: 'ufw' }, there: true, back: { kind: 'ufw-disable' } }];
    case 'ufw-disable':
      return [{ key: UFW_ON, thing: { is: 'ufw' }, there: false, back: { kind: 'ufw-enable' } }];
    case 'table-close':
      return [{ ...doorMark(operation), there: true, back: { ...operation, kind: 'table-open' } }];
    case 'table-open':
      return [{ ...doorMark(operation), there: false, back: { ...operation, kind: 'table-close' } }];
    case 'firewalld-add':
      return [{ ...zoneMark(operation), there: true, back: { ...operation, kind: 'firewalld-remove' } }];
    case 'firewalld-remove':
      return [{ ...zoneMark(operation), there: false, back: { ...operation, kind: 'firewalld-add' } }];
    case 'service-start':
      return [{ ...unitMark(operation), there: true, back: { ...operation, kind: 'service-stop' } }];
    case 'service-stop':
      return [{ ...unitMark(operation), there: false, back: { ...operation, kind: 'service-start' } }];
    case 'windows-block':
    case 'windows-unblock':
    case 'windows-disable':
    case 'windows-enable':
    case 'windows-profile-on':
    case 'windows-profile-off':
      return windowsMarks(operation);
    case 'program-end':
    case 'connections-drop':
      return []; // nothing brings them back
    case 'ufw-restore':
    case 'firewalld-restore':
    case 'table-restore':
    case 'service-restore':
      return []; // never a step
  }
}

type Marked = Pick<Mark, 'key' | 'thing'>;

const doorMark = (door: Target & { readonly except: readonly string[] }): Marked => ({
  key: doorKey(door),
  thing: { is: 'block', target: targetOf(door) },
});

const zoneMark = ({ zone, ...rule }: firewalld.ZoneOperation): Marked => ({
  key: zoneKey(zone, rule),
  thing: { is: 'zone-rule', target: targetOf(rule), zone },
});

const unitMark = ({ unit }: { readonly unit: string }): Marked => ({ key: unitKey(unit), thing: { is: 'unit', unit } });

const targetOf = ({ protocol, port }: Target): Target => ({ protocol, port });

/** Portcullis's rules in firewalld's zones, be it now or for its next start. */
function zoneKeys(snapshot: Snapshot): readonly string[] {
  const state = firewalld.readFirewalld(snapshot).value;
  return [...(state?.zones ?? []), ...(state?.keptZones ?? [])].flatMap(([zone, { richRules }]) =>
    richRules.flatMap((text) => {
      const rule = firewalld.parseRule(text);
      return rule === null ? [] : [zoneKey(zone, rule)];
    }),
  );
}

/** Whether the thing is in force can be seen: of firewalld's zones only those in use are read. */
export function isSeen({ back }: Mark, snapshot: Snapshot): boolean {
  if (back.kind !== 'firewalld-add' && back.kind !== 'firewalld-remove') return true;
  const state = firewalld.readFirewalld(snapshot).value;
  return state?.zones.has(back.zone) === true && state.keptZones.has(back.zone);
}

/** The keys of all that is in force. */
export function inForce(snapshot: Snapshot): ReadonlySet<string> {
  if (snapshot.platform === 'win32') return windowsInForce(snapshot);
  const state = ufw.readUfw(snapshot).value;
  return new Set([
    ...(state?.tuples ?? []).map(ruleKey),
    ...(state?.enabled === true ? [UFW_ON] : []),
    ...table.readTable(snapshot).value.doors.map(doorKey),
    ...zoneKeys(snapshot),
    ...[...readUnits(snapshot).value.values()].flatMap(({ id, active }) => (active ? [unitKey(id)] : [])),
  ]);
}
