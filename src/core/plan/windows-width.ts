/**
 * How much else a rule of somebody's lets in, so that the narrowest that does is turned on, and what it says of that. One
 * that asks neither for a port, nor a program, nor a service lets in everything, and is never turned on.
 */
import type { windows } from '../firewalls/registry.ts';

type Rule = windows.Switchable['rule'];

/** Ports that it names for certain; null: it names none, or what it names is not all understood. */
function portsOf({ localPorts }: Rule): number | null {
  if (localPorts === null || localPorts.open.length > 0) return null;
  return localPorts.sure.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

const isBound = ({ app, service }: Rule): boolean => app !== null || service !== null;

/** Does it say at all what it lets in? */
export const isBounded = (rule: Rule): boolean => isBound(rule) || portsOf(rule) !== null;

/** The program at one port, one port, the program at several ports, several ports, all of a program; else more than that. */
function widthOf(rule: Rule): readonly [number, number] {
  const ports = portsOf(rule);
  if (ports === null) return [isBound(rule) ? 4 : 5, 0];
  const several = ports > 1 ? 2 : 0;
  return [several + (isBound(rule) ? 0 : 1), ports];
}

/** The narrowest first; those that are as wide stay in their order. */
export function byWidth<T extends { readonly rule: Rule }>(rules: readonly T[]): readonly T[] {
  return [...rules].sort((a, b) => {
    const [[kind, ports], [otherKind, otherPorts]] = [widthOf(a.rule), widthOf(b.rule)];
    return kind - otherKind || ports - otherPorts;
  });
}
