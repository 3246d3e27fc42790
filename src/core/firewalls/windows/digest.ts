/** All that decides what Windows Firewall does, in one order: what a plan was made from. */
import { listed, windowsPart, type WindowsPart } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import { fieldOf } from './json-values.ts';
import { PROFILES } from './model.ts';

const LISTS: readonly WindowsPart[] = [
  'localRules',
  'policyRules',
  'policyExceptions',
  'mdmRules',
  'mdmSettings',
  'appRules',
  'serviceRules',
];
const SETTINGS: readonly WindowsPart[] = ['localSettings', 'policySettings'];

/** The registry gives values in no order that is promised. */
const sorted = (value: unknown): readonly string[] =>
  listed(value)
    .map((one) => JSON.stringify([fieldOf(one, 'name') ?? null, fieldOf(one, 'value') ?? one]))
    .sort();

/** What was not read is part of it: a plan that was made without must not stand for one that was made with. */
export function digestParts(snapshot: Snapshot): readonly unknown[] {
  const of = (part: WindowsPart, clean: (value: unknown) => unknown): unknown => {
    const read = windowsPart(snapshot, part);
    return [part, 'why' in read ? read.why.kind : clean(read.value)];
  };
  return [
    ...LISTS.map((part) => of(part, sorted)),
    ...SETTINGS.map((part) => of(part, (value) => PROFILES.map((profile) => sorted(fieldOf(value, profile))))),
    of('effectiveProfiles', (value) => listed(value)),
  ];
}
