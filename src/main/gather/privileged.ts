/**
 * Runs the table of reads that need root: as root all of them, otherwise what the world may read. Beside it firewalld is
 * asked, where there is one.
 */
import * as is from '../../core/shape.ts';
import type { Transcript } from '../../core/model.ts';
import { readFirewalld } from './firewalld.ts';
import { type CommandRead, type When, privilegedReads } from './reads.ts';
import { type RunOptions, runRead } from './run.ts';
import type { Part } from './together.ts';
import { notTried, readFileTranscript } from './transcript.ts';

/**
 * The transcripts of `privilegedReads` and of firewalld. Never throws.
 *
 * As root: files first, then nft, then what depends on both, then what their rules name; what nothing depends on beside
 * them. Otherwise the commands are not started, since every one of them would be refused: their transcripts say so, and a
 * scan loses no time.
 */
export async function readPrivileged(isRoot: boolean, options: RunOptions = {}): Promise<readonly Transcript[]> {
  const [rules, names] = await Promise.all([readTable(isRoot, options), readFirewalld(isRoot, options)]);
  return [...rules, ...names];
}

async function readTable(isRoot: boolean, options: RunOptions): Promise<readonly Transcript[]> {
  const readFiles = (): readonly Transcript[] =>
    privilegedReads.flatMap((read) => (read.kind === 'file' ? [readFileTranscript(read.path)] : []));
  const commands = privilegedReads.filter((read) => read.kind === 'command');
  if (!isRoot) {
    const refused = commands.filter(({ when }) => ['always', 'apart', 'tables'].includes(when.kind));
    return [
      ...readFiles(),
      ...refused.map(({ id, argv }) => notTried(id, argv, 'refused', 'not run: only root may read it')),
    ];
  }
  const of = (...kinds: readonly When['kind'][]): readonly CommandRead[] =>
    commands.filter(({ when }) => kinds.includes(when.kind));
  const now = (reads: readonly CommandRead[]): Promise<readonly Transcript[]> =>
    Promise.all(reads.map(({ id, argv, input }) => runRead(id, argv, { ...options, input })));
  const [first, apart, later] = [of('always'), of('apart'), of('tables', 'legacy', 'no-nft')];
  const [printing, beside] = [now(first), now(apart)];
  // Read while those run.
  const known = [...readFiles(), ...(await printing)];
  const rest = await Promise.all(later.map((read) => runWhen(read, known, options)));
  const rules = [...known, ...rest.flat()];
  const named = await Promise.all(commands.filter(isMentioned).map((read) => runWhen(read, rules, options)));
  return [...rules, ...named.flat(), ...(await beside)];
}

/** Commands of this table that every scan runs: only root gets an answer of them. */
export const alwaysRun = (isRoot: boolean): readonly Part[] =>
  isRoot
    ? privilegedReads
        .filter((read) => read.kind === 'command')
        .filter(({ when }) => when.kind === 'always' || when.kind === 'apart')
    : [];

const isMentioned = ({ when }: CommandRead): boolean => when.kind === 'mentioned';

async function runWhen(
  read: CommandRead,
  known: readonly Transcript[],
  options: RunOptions,
): Promise<readonly Transcript[]> {
  const { id, argv, when } = read;
  const answer = needed(when, known);
  if (answer === 'yes') return [await runRead(id, argv, options)];
  return answer === 'nothing-there' ? [nothingThere(read)] : [];
}

/** `nothing-there`: it would print nothing, which is an answer. `no`: it is not the source of an answer. */
function needed(when: When, known: readonly Transcript[]): 'yes' | 'no' | 'nothing-there' {
  const get = (id: string): Transcript | undefined => known.find((transcript) => transcript.id === id);
  const legacy = (family: string): boolean | null => {
    const names = get(`file:/proc/net/${family}_tables_names`);
    if (names?.failure === 'missing') return false;
    return names === undefined || names.failure !== null ? null : names.stdout.trim() !== '';
  };
  switch (when.kind) {
    case 'always':
    case 'apart':
      return 'yes';
    case 'no-nft':
      return get('nft')?.failure === 'missing' ? 'yes' : 'no';
    case 'mentioned':
      return known.some(({ id, stdout }) => !id.startsWith('file:') && when.words.test(stdout)) ? 'yes' : 'no';
    case 'legacy':
      return legacy(when.family) === true ? 'yes' : 'no';
    case 'tables': {
      const families = tableFamilies(get('nft'));
      return families === null || families.has(when.family) || legacy(when.family) !== false ? 'yes' : 'nothing-there';
    }
  }
}

/** Stands for a save command of which nft has shown that it would print nothing. `#` begins a comment in its language. */
function nothingThere({ id, argv }: CommandRead): Transcript {
  const none = notTried(id, argv, 'missing', '');
  return {
    ...none,
    kind: 'collected',
    exit: 0,
    failure: null,
    stdout: '# Not run: nft lists no table of this family, and the kernel no legacy one.\n',
  };
}

const tableSchema = is.object({
  nftables: is.array(is.object({ table: is.optional(is.object({ family: is.string })) })),
});

/** The families of which nft lists a table; null where it did not tell. */
function tableFamilies(nft: Transcript | undefined): ReadonlySet<string> | null {
  if (nft === undefined || nft.failure !== null) return null;
  try {
    const parsed = tableSchema.safeParse(JSON.parse(nft.stdout));
    if (!parsed.success) return null;
    return new Set(parsed.data.nftables.flatMap(({ table }) => (table === undefined ? [] : [table.family])));
  } catch {
    return null;
  }
}
