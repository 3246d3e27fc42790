/** What each operation leaves in force, or takes out of it, and what takes exactly that back. */
import { table, ufw } from '../firewalls/registry.ts';
import type { Family, Operation, Snapshot, Target, UfwTuple } from '../model.ts';
import { portWords } from './words.ts';

/** One thing that an operation put in force, or took out of it. */
export interface Mark {
  /** Names the thing: a rule of ufw in one family, a closed port of the table, ufw itself. */
  readonly key: string;
  /** The same for people. */
  readonly name: string;
  /** It is in force afterwards. */
  readonly there: boolean;
  /** What takes it back. The place of a rule that comes back is found when it does. */
  readonly back: Operation;
}

export const ruleKey = (tuple: UfwTuple): string => `ufw ${tuple.family} ${ufw.withLine(tuple).line}`;
const doorKey = ({ protocol, port, except }: Target & { readonly except: readonly string[] }): string =>
  `table ${protocol}/${port} ${except.join(' ')}`;
const UFW_ON = 'ufw is on';

const ruleMark = (tuple: UfwTuple, there: boolean): Mark => ({
  key: ruleKey(tuple),
  name: `the IPv${tuple.family} rule “${ufw.ruleText(tuple)}”`,
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
      return [{ key: UFW_ON, name: 'ufw', there: true, back: { kind: 'ufw-disable' } }];
    case 'ufw-disable':
      return [{ key: UFW_ON, name: 'ufw', there: false, back: { kind: 'ufw-enable' } }];
    case 'table-close':
      return [{ ...doorMark(operation), there: true, back: { ...operation, kind: 'table-open' } }];
    case 'table-open':
      return [{ ...doorMark(operation), there: false, back: { ...operation, kind: 'table-close' } }];
    case 'ufw-restore':
    case 'table-restore':
      return []; // never a step
  }
}

const doorMark = (door: Target & { readonly except: readonly string[] }) => ({
  key: doorKey(door),
  name: `the block of ${portWords(door)} in Portcullis’s own table`,
});

/** The keys of all that is in force. */
export function inForce(snapshot: Snapshot): ReadonlySet<string> {
  const state = ufw.readUfw(snapshot).value;
  return new Set([
    ...(state?.tuples ?? []).map(ruleKey),
    ...(state?.enabled === true ? [UFW_ON] : []),
    ...table.readTable(snapshot).value.doors.map(doorKey),
  ]);
}
