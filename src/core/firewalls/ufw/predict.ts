/**
 * What the machine will print after operations: ufw's files, and the kernel's rules in the form of `iptables-save`.
 * A prediction is a snapshot like any other and is judged in the ordinary way.
 */
import { problem, type Unforeseen, unread } from '../../problem.ts';
import type { Family, Snapshot, UfwTuple } from '../../model.ts';
import { find, withOutput } from '../../transcripts.ts';
import { generatedBy, kernelText, SAVE, whyNoKernel } from './kernel-text.ts';
import type { UfwOperation } from './commands.ts';
import { type Edit, editTuples } from './edit.ts';
import { FILES, fileId, readUfw, type UfwState } from './read.ts';
import { prefixOf, ruleLines } from './rule-lines.ts';
import { started, startedWithoutIpv6, stopped } from './start.ts';
import { hasChain, parseTables, printTables, restore, type Tables, without } from './tables.ts';
import { logLevel, printUserRules } from './user-rules.ts';

const unclear = (why: Unforeseen) => problem('unsupported', { kind: 'unforeseen', of: 'ufw', why });

function text(snapshot: Snapshot, id: string, path: string): string {
  const transcript = find(snapshot, id);
  if (transcript === undefined || transcript.failure !== null) throw unclear({ is: 'file-unread', path });
  return transcript.stdout;
}

function tablesOf(snapshot: Snapshot, family: Family): Tables {
  const why = whyNoKernel(snapshot, family);
  if (why !== null) throw unclear({ is: 'kernel-unread', why });
  return parseTables(kernelText(snapshot, family));
}

function withTables(snapshot: Snapshot, family: Family, tables: Tables): Snapshot {
  const head = generatedBy(kernelText(snapshot, family), family);
  return withOutput(snapshot, SAVE[family], [SAVE[family]], `${head}\n${printTables(tables)}`);
}

function writeUser(snapshot: Snapshot, family: Family, tuples: readonly UfwTuple[], state: UfwState): Snapshot {
  // With IPV6=no ufw does not even read the IPv6 rules, and writes that family's file without them.
  const unused = family === 6 && state.ipv6 !== true;
  const of = unused ? [] : tuples.filter((tuple) => tuple.family === family);
  const logging = unused ? null : { level: logLevel(state.logLevel) ?? ('low' as const), ...state.defaults };
  return withOutput(snapshot, fileId(FILES[family]), ['read', FILES[family]], printUserRules(family, of, logging));
}

/** ufw empties the logging chains of the rules, then loads both files. */
function reloaded(snapshot: Snapshot, state: UfwState): Snapshot {
  let result = snapshot;
  for (const family of state.ipv6 === true ? ([4, 6] as const) : ([4] as const)) {
    const next = restore(tablesOf(result, family), text(result, fileId(FILES[family]), FILES[family]), family);
    if (next === null) throw unclear({ is: 'file-line', path: FILES[family] });
    result = withTables(result, family, next);
  }
  return result;
}

/**
 * ufw loads the lines one by one, and after each takes the first bare RETURN out of its chain, its own too.
 * Source: ufw 0.36.2, backend_iptables.py `set_rule`, "delete any lingering RETURN rules".
 */
function appended(snapshot: Snapshot, tuple: UfwTuple): Snapshot {
  const { family } = tuple;
  const next = ruleLines(tuple).reduce<Tables | null>(
    (tables, line) => {
      const loaded = tables === null ? null : restore(tables, ['*filter', line, 'COMMIT'].join('\n'), family);
      const chain = /^-A (ufw6?-user-[a-z-]+)/.exec(line)?.[1];
      return loaded === null || chain === undefined ? loaded : without(loaded, chain, '-j RETURN');
    },
    tablesOf(snapshot, family),
  );
  if (next === null) throw unclear({ is: 'chains-missing' });
  return withTables(snapshot, family, next);
}

/** Are ufw's chains for the user's rules in the kernel? */
export function isLoaded(snapshot: Snapshot, family: Family): boolean {
  return hasChain(tablesOf(snapshot, family), `${prefixOf(family)}-user-input`);
}

function edited(snapshot: Snapshot, state: UfwState, edit: Edit): Snapshot {
  let result = snapshot;
  for (const { family, load, added } of edit.written) {
    result = writeUser(result, family, edit.tuples, state);
    if (state.enabled !== true) continue;
    result = load === 'append' && added !== null ? appended(result, added) : reloaded(result, state);
  }
  return result;
}

const setting = (content: string, key: string, value: string): string => {
  const line = new RegExp(`^${key}=.*$`, 'm');
  if (line.test(content)) return content.replace(new RegExp(line, 'gm'), `${key}=${value}`);
  return `${content}${key}=${value}\n`;
};

/** Kernel settings that ufw's own sysctl file changes when ufw starts, laid over the ones that were read. */
function withSysctls(snapshot: Snapshot): Snapshot {
  const file = find(snapshot, 'file:/etc/ufw/sysctl.conf');
  const read = find(snapshot, 'sysctl');
  if (file === undefined || file.failure !== null || read === undefined || read.failure !== null) return snapshot;
  const wanted = new Map<string, string>();
  for (const line of file.stdout.split('\n')) {
    const match = /^\s*([\w./*-]+)\s*=\s*(\S+)/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) wanted.set(match[1].replaceAll('/', '.'), match[2]);
  }
  const lines = read.stdout.split('\n').map((line) => {
    const key = /"key":\s*"([^"]+)"/.exec(line)?.[1];
    const value = key === undefined ? undefined : wanted.get(key);
    return value === undefined ? line : JSON.stringify({ key, value });
  });
  return withOutput(snapshot, 'sysctl', ['collect', 'sysctl'], lines.join('\n'));
}

function enabled(snapshot: Snapshot, state: UfwState): Snapshot {
  if (state.managesBuiltins) throw unclear({ is: 'builtins' });
  if (isLoaded(snapshot, 4)) throw unclear({ is: 'off-but-loaded' });
  const conf = setting(text(snapshot, fileId(FILES.conf), FILES.conf), 'ENABLED', 'yes');
  const levelled = logLevel(state.logLevel) === null ? setting(conf, 'LOGLEVEL', 'low') : conf;
  let result = withOutput(snapshot, fileId(FILES.conf), ['read', FILES.conf], levelled);
  const families = state.ipv6 === true ? ([4, 6] as const) : ([4] as const);
  for (const family of [4, 6] as const) result = writeUser(result, family, state.tuples, state);
  const print = (family: Family, tables: Tables | null): void => {
    if (tables === null) throw unclear({ is: 'family-line', family });
    result = withTables(result, family, tables);
  };
  for (const family of families) {
    const six = family === 6 ? '6' : '';
    const file = (name: string) => text(result, `file:/etc/ufw/${name}${six}.rules`, `/etc/ufw/${name}${six}.rules`);
    print(
      family,
      started(
        tablesOf(snapshot, family),
        family,
        { before: file('before'), after: file('after'), user: file('user') },
        state.defaults,
      ),
    );
  }
  if (state.ipv6 !== true) print(6, startedWithoutIpv6(tablesOf(snapshot, 6)));
  return withSysctls(result);
}

function disabled(snapshot: Snapshot, state: UfwState): Snapshot {
  if (state.managesBuiltins) throw unclear({ is: 'builtins' });
  const conf = setting(text(snapshot, fileId(FILES.conf), FILES.conf), 'ENABLED', 'no');
  let result = withOutput(snapshot, fileId(FILES.conf), ['read', FILES.conf], conf);
  for (const family of [4, 6] as const) {
    const tables = stopped(tablesOf(snapshot, family), family);
    if (tables === null) throw unclear({ is: 'kernel-family', family });
    result = withTables(result, family, tables);
  }
  return result;
}

/** One operation further. Throws a ProblemError where ufw would do nothing, or something that cannot be foreseen. */
function after(snapshot: Snapshot, operation: UfwOperation): Snapshot {
  const { value: state, gaps } = readUfw(snapshot);
  if (state === null) throw unclear({ is: 'ufw-missing' });
  if (gaps[0] !== undefined) throw unclear(unread(gaps[0]));
  if (operation.kind === 'ufw-enable') return state.enabled === true ? snapshot : enabled(snapshot, state);
  if (operation.kind === 'ufw-disable') {
    if (state.enabled !== true) throw unclear({ is: 'ufw-off' });
    return disabled(snapshot, state);
  }
  if (operation.kind === 'ufw-restore') throw unclear({ is: 'saved' });
  const edit = editTuples(state.tuples, operation);
  if (edit === null) throw unclear({ is: 'skipped' });
  return edited(snapshot, state, edit);
}

/** The snapshot as it will print after the operations, in their order. Shapes: transcripts as `gather` makes them. */
export function predictUfw(snapshot: Snapshot, operations: readonly UfwOperation[]): Snapshot {
  return operations.reduce(after, snapshot);
}
