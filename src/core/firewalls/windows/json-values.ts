/** Values as PowerShell prints them in JSON. Enumerations are numbers unless the caller turned them into text. */
import { listed } from '../../machine/windows.ts';

/** Numbers and texts among them; null: something else is in it. */
export function textsOf(value: unknown): readonly string[] | null {
  const texts = listed(value).map((item) =>
    typeof item === 'string' ? item : typeof item === 'number' ? String(item) : null,
  );
  return texts.every((text) => text !== null) ? texts : null;
}

/** The field of an object by its name; undefined where it is none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** A member of an enumeration by its number or by its name in any case. Null: another. */
export function memberOf<W extends string>(value: unknown, members: Readonly<Record<W, number>>): W | null {
  for (const name of Object.keys(members) as W[]) {
    const same = typeof value === 'string' ? value.toLowerCase() === name.toLowerCase() : value === members[name];
    if (same || value === String(members[name])) return name;
  }
  return null;
}
