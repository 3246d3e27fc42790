/**
 * What the machine will print after Portcullis's rules were put into zones or taken out: what firewalld answers about the
 * zone, now and kept, and `nft -j list ruleset`.
 *
 * A rule goes behind all of its priority or a lower one (nftables.py `_set_rule_replace_priority`). The first rules of the
 * zone's chain must be exactly Portcullis's, or it cannot be told where that is.
 */
import type { Snapshot } from '../../model.ts';
import { problem, type Unforeseen, unread } from '../../problem.ts';
import { find, withOutput } from '../../transcripts.ts';
import { type Entry, expressionOf, parseListing, preChain, printListing } from './listing.ts';
import { isFirst, type OwnRule, parseRule, printRule, type ZoneOperation } from './own.ts';
import { readFirewalld } from './read.ts';
import { withRules } from './replies.ts';

const unclear = (why: Unforeseen) => problem('unsupported', { kind: 'unforeseen', of: 'firewalld', why });

/** The rules of one form of the zone after an operation. */
function edit(rules: readonly string[], operation: ZoneOperation): readonly string[] {
  const text = printRule(operation);
  if (operation.kind === 'firewalld-remove') return rules.filter((one) => one !== text);
  return rules.includes(text) ? rules : [...rules, text];
}

const textOf = (entry: Entry | undefined): string => JSON.stringify(entry?.['rule']?.['expr']);

function editKernel(entries: readonly Entry[], rules: readonly string[], operation: ZoneOperation): readonly Entry[] {
  const { kind, zone } = operation;
  const chain = preChain(zone);
  const chains = entries.flatMap((entry) =>
    entry['chain']?.['table'] === 'firewalld' ? [entry['chain']['name']] : [],
  );
  if (!chains.includes(chain)) throw unclear({ is: 'zone-missing', zone });
  const own = rules.flatMap((text) => parseRule(text) ?? []);
  if (rules.some((text) => isFirst(text) && parseRule(text) === null)) {
    throw unclear({ is: 'zone-priority', zone });
  }
  const places = entries.flatMap((entry, index) =>
    entry['rule']?.['chain'] === chain && entry['rule']['table'] === 'firewalld' ? [index] : [],
  );
  const of = (action: OwnRule['action']) =>
    own.filter((rule) => rule.action === action).map((rule) => JSON.stringify(expressionOf(rule)));
  const [accepts, drops] = [of('accept'), of('drop')];
  const seen = places.slice(0, own.length).map((place) => textOf(entries[place]));
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join('\n') === [...b].sort().join('\n');
  if (!same(seen.slice(0, accepts.length), accepts) || !same(seen.slice(accepts.length), drops)) {
    throw unclear({ is: 'zone-differs', zone });
  }
  const expr = expressionOf(operation);
  if (kind === 'firewalld-remove') {
    const gone = places[seen.indexOf(JSON.stringify(expr))];
    return entries.filter((_, index) => index !== gone);
  }
  const made: Entry = { rule: { family: 'inet', table: 'firewalld', chain, handle: 0, expr } };
  const before = operation.action === 'accept' ? accepts.length : own.length;
  return entries.toSpliced(places[before] ?? endOf(entries, chains, chain), 0, made);
}

/** Behind the last rule of a chain and of those before it: nft lists a table’s chains first, then their rules in that order. */
function endOf(entries: readonly Entry[], chains: readonly unknown[], chain: string): number {
  const isBefore = (entry: Entry): boolean =>
    entry['chain']?.['table'] === 'firewalld' ||
    (entry['rule']?.['table'] === 'firewalld' && chains.indexOf(entry['rule']['chain']) <= chains.indexOf(chain));
  return entries.findLastIndex(isBefore) + 1;
}

/** One operation further. Throws a ProblemError where it would do nothing, or its effect cannot be foreseen. */
export function predictFirewalld(snapshot: Snapshot, operation: ZoneOperation): Snapshot {
  const { zone } = operation;
  const { value: state, gaps } = readFirewalld(snapshot);
  if (gaps[0] !== undefined) throw unclear(unread(gaps[0]));
  const [now, kept] = [state?.zones.get(zone)?.richRules, state?.keptZones.get(zone)?.richRules];
  const entries = parseListing(find(snapshot, 'nft')?.stdout ?? '');
  if (now === undefined || kept === undefined) throw unclear({ is: 'zone-halved', zone });
  if (entries === null) throw unclear({ is: 'nonsense' });
  const [nowEdited, keptEdited] = [edit(now, operation), edit(kept, operation)];
  const acts = nowEdited.length !== now.length;
  if (!acts && keptEdited.length === kept.length) throw unclear({ is: 'no-effect' });
  const listed = acts ? editKernel(entries, now, operation) : entries;
  const told = (of: Snapshot, kind: string, rules: readonly string[]): Snapshot => {
    const id = `firewalld.${kind}:${zone}`;
    return withOutput(of, id, [], withRules(find(of, id)?.stdout ?? '', rules));
  };
  const printed = withOutput(snapshot, 'nft', ['nft', '-j', 'list', 'ruleset'], printListing(listed));
  return told(told(printed, 'zone', nowEdited), 'kept-zone', keptEdited);
}
