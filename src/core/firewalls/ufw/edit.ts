/**
 * What ufw does to its list of rules for one operation. Source: ufw 0.36.2, backend_iptables.py `set_rule`, frontend.py
 * `set_rule`. Whatever ufw would silently skip is said here as `null`, so that no plan counts on it.
 */
import type { Family, UfwTuple } from '../../model.ts';
import { COMMENT_HEX, commentText, type UfwOperation } from './commands.ts';
import { indexOfNumber } from './number.ts';
import { portTuple, sameRule, withLine } from './tuple.ts';

/** How the kernel gets to know: the whole file loaded anew, or one rule put at the end. */
type Load = 'reload' | 'append';

export interface Edit {
  readonly tuples: readonly UfwTuple[];
  /** Per family that was written. */
  readonly written: readonly { readonly family: Family; readonly load: Load; readonly added: UfwTuple | null }[];
}

/** The rule that a prepend makes in one family. */
export function prepended(operation: UfwOperation & { readonly kind: 'ufw-prepend' }, family: Family): UfwTuple {
  return portTuple(family, operation.action, operation.protocol, operation.port, operation.from, COMMENT_HEX);
}

/** The list after the operation, or null where ufw would say "Skipping" or "non-existent" and do nothing. */
export function editTuples(tuples: readonly UfwTuple[], operation: UfwOperation): Edit | null {
  switch (operation.kind) {
    case 'ufw-delete': {
      const { tuple } = operation;
      // A profile's rules go together: ufw deletes all that came from the same profile, addresses and interface.
      const gone = (other: UfwTuple): boolean =>
        tuple.dapp === null && tuple.sapp === null
          ? sameRule(other, tuple) && other.action === tuple.action && other.log === tuple.log
          : sameProfile(other, tuple);
      const left = tuples.filter((other) => !gone(other));
      if (left.length === tuples.length) return null;
      return { tuples: left, written: [{ family: tuple.family, load: 'reload', added: null }] };
    }
    case 'ufw-prepend': {
      const added = operation.families.map((family) => prepended(operation, family));
      if (added.some((tuple) => tuples.some((other) => sameRule(other, tuple)))) return null;
      const of = (family: Family) => [...added, ...tuples].filter((tuple) => tuple.family === family);
      const written = added.map((tuple) => ({
        family: tuple.family,
        load: tuples.some((other) => other.family === tuple.family) ? ('reload' as const) : ('append' as const),
        added: tuple,
      }));
      return { tuples: [...of(4), ...of(6)], written };
    }
    case 'ufw-insert':
      return inserted(tuples, withLine(operation.tuple), operation.number);
    case 'ufw-enable':
    case 'ufw-disable':
    case 'ufw-restore':
      return { tuples, written: [] };
  }
}

function inserted(tuples: readonly UfwTuple[], tuple: UfwTuple, number: number | null): Edit | null {
  const { family, comment } = tuple;
  if (tuples.some((other) => sameRule(other, tuple))) return null;
  if (comment !== null && commentText(comment) === null) return null;
  const own = tuples.filter((other) => other.family === family);
  const index = number === null ? own.length : indexOfNumber(tuples, family, number);
  if (index === null) return null;
  const after = own.toSpliced(index, 0, tuple);
  const others = tuples.filter((other) => other.family !== family);
  return {
    tuples: family === 4 ? [...after, ...others] : [...others, ...after],
    written: [{ family, load: number === null ? 'append' : 'reload', added: tuple }],
  };
}

function sameProfile(a: UfwTuple, b: UfwTuple): boolean {
  const key = (tuple: UfwTuple) =>
    [
      tuple.family,
      tuple.action,
      tuple.log,
      tuple.route,
      tuple.dapp ?? tuple.dport,
      tuple.dst,
      tuple.sapp ?? tuple.sport,
      tuple.src,
      tuple.direction,
      tuple.interfaceIn,
      tuple.interfaceOut,
      tuple.dapp === null,
      tuple.sapp === null,
    ].join(' ');
  return key(a) === key(b);
}
