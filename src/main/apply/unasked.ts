/**
 * The exact rules without any question: the installed policy gives them to whoever sits at the computer. polkit is asked
 * first whether it would, because pkexec would open its question at once.
 */
import { spawn } from 'node:child_process';
import type { Transcript } from '../../core/model.ts';
import { converse, noAnswer } from './pkexec.ts';

/** Programs; a test gives its own. */
interface Places {
  readonly pkcheck: string;
  readonly pkexec: string;
  readonly helper: string;
}

const places: Places = {
  pkcheck: '/usr/bin/pkcheck',
  pkexec: '/usr/bin/pkexec',
  helper: '/usr/lib/portcullis/helper',
};

/** The verb's action in the policy. */
const ACTION = 'org.portcullis.read';

/** Null: it would have to be asked for, or could not be read. Never throws. */
export async function readIfAllowed({ pkcheck, pkexec, helper } = places): Promise<readonly Transcript[] | null> {
  if (!(await allows(pkcheck))) return null;
  const args = ['--disable-internal-agent', helper, 'read'];
  const talk = { input: '', onProgress: undefined, failure: noAnswer };
  const answer = await converse(pkexec, args, talk).catch(() => null);
  return answer?.type === 'read' ? answer.transcripts : null;
}

/** Without `--allow-user-interaction` pkcheck asks nobody: it ends with 0 only where the right is there already. Source: pkcheck(1). */
function allows(pkcheck: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(pkcheck, ['--action-id', ACTION, '--process', String(process.pid)], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
