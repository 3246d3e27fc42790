/** Transcripts of what no command printed: files, what our own code collected, and reads that were not tried. */
import type { Failure, Transcript } from '../../core/model.ts';
import { readText } from './files.ts';
import { stopwatch } from './stopwatch.ts';

/** Larger than any file that is read here is on a real machine. */
const MOST = 16 * 1024 * 1024;

/** A file as it stands. */
export function readFileTranscript(path: string): Transcript {
  const base = begin(`file:${path}`, 'file', ['read', path]);
  try {
    const text = readText(path, MOST + 1);
    return text.length > MOST ? base('', 'too-large', `${path} has more than ${MOST} bytes`) : base(text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const failure: Failure =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'missing'
        : code === 'EACCES' || code === 'EPERM'
          ? 'refused'
          : 'failed';
    return base('', failure, message);
  }
}

/** What our own code found out, one JSON value a line. */
export function collect(id: string, argv: readonly string[], find: () => readonly unknown[]): Transcript {
  const base = begin(id, 'collected', argv);
  return base(toLines(find()));
}

export const toLines = (items: readonly unknown[]): string => items.map((item) => `${JSON.stringify(item)}\n`).join('');

/** A read that was not tried, and why. */
export const notTried = (id: string, argv: readonly string[], failure: Failure, why: string): Transcript =>
  begin(id, 'command', argv)('', failure, why);

function begin(
  id: string,
  kind: Transcript['kind'],
  argv: readonly string[],
): (stdout: string, failure?: Failure | null, stderr?: string) => Transcript {
  const startedAt = new Date().toISOString();
  const passed = stopwatch();
  return (stdout, failure = null, stderr = '') => ({
    id,
    kind,
    argv,
    exit: failure === null ? 0 : null,
    signal: null,
    stdout,
    stderr,
    startedAt,
    ms: passed(),
    failure,
  });
}
