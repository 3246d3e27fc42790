/**
 * What a rule asks of packets, as one text: two rules with the same text let the same packets match. By it a kernel rule
 * finds the entry of a zone that it was made from.
 */
import { formatSet } from '../../address.ts';
import type { Chain, Field, Rule, Test } from '../netfilter/model.ts';

/** The signature of a kernel rule; null where it holds a test that no entry of a zone can make. */
export function signatureOf(rule: Rule, { families }: Chain): string | null {
  const tests = rule.statements.flatMap((statement) => (statement.kind === 'test' ? [statement.test] : []));
  const set = /(?:ip6? saddr (!= )?@(\S+)|(! )?--match-set (\S+) src)/.exec(rule.text);
  const named = set === null ? null : `${set[1] !== undefined || set[3] !== undefined ? '!' : ''}@${set[2] ?? set[4]}`;
  return sign(tests, families, named);
}

/** @param named an address set that stands for the source: `@home`, `!@home`; null: none does */
export function sign(tests: readonly Test[], families: readonly number[], named: string | null): string | null {
  const parts = new Set<string>(named === null ? [] : [`source ${named}`]);
  let family: number | null = null;
  for (const { field, negate } of tests) {
    // New connections are all that is looked at, and a rate is not what a rule is about.
    if (field.on === 'ct-state' || field.on === 'rate' || field.on === 'always') continue;
    if (field.on === 'family') {
      if (!negate && field.families.length === 1) family = field.families[0] ?? null;
      continue;
    }
    // What is in the set, or that it could not be read.
    if (named !== null && (field.on === 'source' || field.on === 'any' || field.on === 'unknown')) continue;
    const part = partOf(field);
    if (part === null) return null;
    if (field.on === 'source' || field.on === 'destination') family = field.family;
    parts.add(negate ? `not ${part}` : part);
  }
  if (family !== null && families.length > 1) parts.add(`family ${family}`);
  return [...parts].sort().join(', ');
}

function partOf(field: Field): string | null {
  if (field.on === 'source' || field.on === 'destination')
    return `${field.on} ${formatSet(field.set, field.family).join(' ')}`;
  if (field.on === 'protocol') return `protocol ${field.protocols.join(' ')}`;
  if (field.on === 'source-port' || field.on === 'destination-port') return `${field.on} ${field.ports.join(' ')}`;
  if (field.on === 'in-interface' || field.on === 'out-interface') return `${field.on} ${field.names.join(' ')}`;
  return null;
}
