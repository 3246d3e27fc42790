/**
 * The exact rules without any question: the installed policy gives them to whoever sits at the computer. polkit is asked
 * first whether it would, because pkexec would open its question at once.
 */
import { spawn } from 'node:child_process';
import type { Transcript } from '../../core/model.ts';
import { converse, noAnswer } from './pkexec.ts';

/** Programs, and milliseconds that each may take; a test gives its own. */
interface Places {
  readonly pkcheck: string;
  readonly pkexec: string;
  readonly helper: string;
  readonly patience: { readonly check: number; readonly read: number };
}

const places: Places = {
  pkcheck: '/usr/bin/pkcheck',
  pkexec: '/usr/bin/pkexec',
  helper: '/usr/lib/portcullis/helper',
  patience: { check: 5000, read: 30_000 },
};

/** The verb's action in the policy. */
const ACTION = 'org.portcullis.read';

/** Null: it would have to be asked for, or could not be read. Never throws. */
export async function readIfAllowed({
  pkcheck,
  pkexec,
  helper,
  patience,
}: Places = places): Promise<readonly Transcript[] | null> {
  if (!(await allows(pkcheck, patience.check))) return null;
  const args = ['--disable-internal-agent', helper, 'read'];
  const talk = { input: '', onProgress: undefined, failure: noAnswer, limit: patience.read };
  const answer = await converse(pkexec, args, talk).catch(() => null);
  return answer?.type === 'read' ? answer.transcripts : null;
}

/** Without `--allow-user-interaction` pkcheck asks nobody: it ends with 0 only where the right is there already. Source: pkcheck(1). */
function allows(pkcheck: string, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    // A polkit that hangs gives nothing.
    const timer = setTimeout(() => {
      child.kill();
      resolve(false);
    }, patience);
    const child = spawn(pkcheck, ['--action-id', ACTION, '--process', String(process.pid)], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}
