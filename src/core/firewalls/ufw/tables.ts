/**
 * A family's tables as `iptables-save` prints them, and what `iptables-restore --noflush` does to them. Enough to say
 * beforehand what the kernel will hold after ufw has loaded its files; nothing is judged here.
 */
import type { Family } from '../../model.ts';
import { saveForm, words } from './save-form.ts';

interface Chain {
  /** `ACCEPT` or `DROP` for built-in chains, `-` for others. */
  readonly policy: string;
  /** Each without `-A chain`. */
  readonly rules: readonly string[];
}
/** table -> chain -> rules, in the order of the print-out. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Chain>>;
type Mutable = Map<string, Map<string, { policy: string; rules: string[] }>>;

const BUILT_IN: Record<string, readonly string[]> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

function copy(tables: Tables): Mutable {
  return new Map(
    [...tables].map(([name, chains]) => [
      name,
      new Map([...chains].map(([chain, { policy, rules }]) => [chain, { policy, rules: [...rules] }])),
    ]),
  );
}

export function parseTables(text: string): Tables {
  const tables: Mutable = new Map();
  let table: Map<string, { policy: string; rules: string[] }> | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) {
      table = new Map();
      tables.set(line.slice(1).trim(), table);
    } else if (line.startsWith(':') && table !== null) {
      const [chain = '', policy = '-'] = line.slice(1).split(' ');
      table.set(chain, { policy, rules: [] });
    } else if (table !== null) {
      const rule = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*)$/.exec(line);
      if (rule?.[1] !== undefined) table.get(rule[1])?.rules.push(rule[2] ?? '');
    }
  }
  return tables;
}

export function printTables(tables: Tables): string {
  const lines = [...tables].flatMap(([name, chains]) => [
    `*${name}`,
    ...[...chains].map(([chain, { policy }]) => `:${chain} ${policy} [0:0]`),
    ...[...chains].flatMap(([chain, { rules }]) => rules.map((rule) => `-A ${chain} ${rule}`.trimEnd())),
    'COMMIT',
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

export const hasChain = (tables: Tables, chain: string): boolean => tables.get('filter')?.has(chain) ?? false;

function tableOf(tables: Mutable, name: string): Map<string, { policy: string; rules: string[] }> {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const made = new Map((BUILT_IN[name] ?? []).map((chain) => [chain, { policy: 'ACCEPT', rules: [] as string[] }]));
  tables.set(name, made);
  return made;
}

/**
 * What `iptables-restore -n` does with a text: named user chains are made or emptied, built-in ones only get the
 * policy, rules are added. Without `noflush` the tables that are named are emptied first. Null: a line is not known.
 */
export function restore(tables: Tables, text: string, family: Family, noflush = true): Tables | null {
  const result = copy(tables);
  let table: Map<string, { policy: string; rules: string[] }> | null = null;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line === 'COMMIT') continue;
    if (line.startsWith('*')) {
      const name = line.slice(1).trim();
      if (!noflush) result.delete(name);
      table = tableOf(result, name);
      continue;
    }
    if (table === null) return null;
    if (line.startsWith(':')) {
      const [chain = '', policy = '-'] = line.slice(1).split(/\s+/);
      if (policy === '-') table.set(chain, { policy, rules: [] });
      else table.set(chain, { policy, rules: table.get(chain)?.rules ?? [] });
      continue;
    }
    const [verb, chain = '', ...rest] = words(line);
    if (verb === '-F' && chain === '') {
      for (const each of table.values()) each.rules = [];
      continue;
    }
    const held = table.get(chain);
    if (verb === '-N' && held === undefined) table.set(chain, { policy: '-', rules: [] });
    else if (held === undefined) return null;
    else if (verb === '-A') held.rules.push(saveForm(rest, family));
    else if (verb === '-I') {
      const numbered = /^\d+$/.test(rest[0] ?? '');
      const at = numbered ? Number(rest[0]) - 1 : 0;
      held.rules.splice(at, 0, saveForm(numbered ? rest.slice(1) : rest, family));
    } else if (verb === '-F') held.rules = [];
    else if (verb === '-P') held.policy = rest[0] ?? held.policy;
    else if (verb === '-D') {
      const at = held.rules.indexOf(saveForm(rest, family));
      if (at < 0) return null;
      held.rules.splice(at, 1);
    } else return null;
  }
  return result;
}

/** The first of such rules is gone from a chain of `filter` (`-D`), where it is there. */
export function without(tables: Tables, chain: string, rule: string): Tables {
  const result = copy(tables);
  const rules = result.get('filter')?.get(chain)?.rules ?? [];
  const at = rules.indexOf(rule);
  if (at >= 0) rules.splice(at, 1);
  return result;
}

/** Chains emptied (`-F`), or removed as well (`-X`, where nothing jumps to them). */
export function clear(tables: Tables, chains: readonly string[], remove: readonly string[]): Tables {
  const result = copy(tables);
  const filter = result.get('filter');
  if (filter === undefined) return result;
  for (const name of chains) {
    const chain = filter.get(name);
    if (chain !== undefined) chain.rules = [];
  }
  for (const name of remove) {
    const jump = new RegExp(`-[jg] ${name.replace(/[^\w]/g, '\\$&')}( |$)`);
    const used = [...filter].some(([other, { rules }]) => other !== name && rules.some((rule) => jump.test(rule)));
    if (!used) filter.delete(name);
  }
  return result;
}
