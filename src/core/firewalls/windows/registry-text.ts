/**
 * The text of a rule in the registry, taken apart without loss: `v2.10|Action=Allow|Active=TRUE|Dir=In|…|`.
 * Source: [MS-GPFAS] 2.2.2.19, RULE = "v" MAJ "." MIN "|" 1*(KEY "=" VALUE "|").
 */
interface RegistryField {
  /** As it stands there; keys are the same in any case. */
  readonly key: string;
  /** May hold `=`, never `|`. */
  readonly value: string;
}

export interface RegistryText {
  /** With its `v`: `v2.10`, `V2.0`. */
  readonly version: string;
  readonly fields: readonly RegistryField[];
}

const VERSION = /^v\d{1,5}\.\d{1,5}$/i;
const KEY = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Null: it is not of that form, or ends within a field. */
export function parseRegistryText(text: string): RegistryText | null {
  const parts = text.split('|');
  const version = parts[0] ?? '';
  // The last field ends with a bar, too: what stands behind it is half of another.
  if (!VERSION.test(version) || parts.length < 3 || parts.at(-1) !== '') return null;
  const fields: RegistryField[] = [];
  for (const part of parts.slice(1, -1)) {
    const at = part.indexOf('=');
    const key = part.slice(0, at);
    if (at < 1 || !KEY.test(key)) return null;
    fields.push({ key, value: part.slice(at + 1) });
  }
  return { version, fields };
}

/** The same text again. */
export const printRegistryText = ({ version, fields }: RegistryText): string =>
  `${[version, ...fields.map(({ key, value }) => `${key}=${value}`)].join('|')}|`;
