/**
 * The terminal face in this process, without a process around it: what it prints is the same (program.test.ts holds the
 * built program against it), in a tenth of the time.
 */
import { run } from '../../../src/main/faces/cli/run.ts';
import { PLAIN } from '../../../src/main/faces/cli/text.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** Run a command line to its end, as `program.ts` does: no terminal, no input. */
export async function runHere(args: readonly string[]): Promise<Ran> {
  const [result, notes]: [string[], string[]] = [[], []];
  const status = await run(args, {
    out: (text) => void result.push(text),
    note: (text) => void notes.push(text),
    style: PLAIN,
    noteStyle: PLAIN,
    columns: 80,
    interactive: false,
    status: () => undefined,
    confirm: () => Promise.reject(new Error('Nobody is there to be asked.')),
    input: () => '',
  });
  return { stdout: result.join(''), stderr: notes.join(''), status };
}
