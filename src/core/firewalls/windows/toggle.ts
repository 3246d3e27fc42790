/**
 * A rule of somebody's turned off or on: its `Active` is another, all else of its text stays. What Windows makes of the
 * text when it writes the rule anew was not seen; but for the version in front, it is expected to keep it.
 */
import type { Operation } from '../../model.ts';
import { isTellable } from './quote.ts';
import { parseRegistryText, printRegistryText } from './registry-text.ts';

export type Toggle = Operation & { readonly kind: 'windows-disable' | 'windows-enable' };

/** Is it on? Null: it is not said once and plainly. */
export function activeIn(text: string): boolean | null {
  const said = (parseRegistryText(text)?.fields ?? []).filter(({ key }) => key.toLowerCase() === 'active');
  const [first] = said;
  if (first === undefined || said.length > 1) return null;
  const word = first.value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** The same rule, on or off. Null where it does not say plainly which it is. */
export function withActive(text: string, active: boolean): string | null {
  const parsed = parseRegistryText(text);
  if (parsed === null || activeIn(text) === null) return null;
  const value = active ? 'TRUE' : 'FALSE';
  const fields = parsed.fields.map((field) => (field.key.toLowerCase() === 'active' ? { ...field, value } : field));
  return printRegistryText({ ...parsed, fields });
}

/** All of a rule but its version and whether it is on; null where that is not said. */
export function withoutActive(text: string): string | null {
  const parsed = parseRegistryText(text);
  if (parsed === null || activeIn(text) === null) return null;
  const fields = parsed.fields.filter(({ key }) => key.toLowerCase() !== 'active');
  return printRegistryText({ version: '', fields });
}

/** Names a rule that can be named and turned off or on exactly: by its value name and its whole text. */
export function isToggle({ kind, id, rule }: Toggle): boolean {
  return (
    id !== '' &&
    !id.includes('|') &&
    isTellable(id) &&
    isTellable(rule) &&
    activeIn(rule) === (kind === 'windows-disable')
  );
}
