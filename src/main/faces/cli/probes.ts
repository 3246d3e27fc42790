/** `reach --probes`: questions as JSON lines in, answers as JSON lines out, in one process. */
import { promises as fs } from 'node:fs';
import type { LocalAdvisor } from '../../advisor/index.ts';
import type { Question } from '../../../core/model.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { visible } from '../../../core/visible.ts';
import { json } from './json.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';

/** Questions that are answered and written at once, so that whoever reads need not wait for the last. */
const BATCH = 1000;

export async function answerProbes(
  file: string,
  exact: boolean,
  advisor: LocalAdvisor,
  terminal: Terminal,
): Promise<Status> {
  const questions = await readQuestions(file, terminal);
  if (exact) await advisor.scan({ exact });
  for (let from = 0; from < questions.length; from += BATCH) {
    const answers = await advisor.ask(questions.slice(from, from + BATCH));
    terminal.out(answers.map(({ verdict, decidedBy }) => json({ verdict, decidedBy }, 0)).join(''));
  }
  return STATUS.done;
}

/** All questions, before any is answered: a broken line must not leave half an answer. */
async function readQuestions(file: string, terminal: Terminal): Promise<readonly Question[]> {
  let text: string;
  try {
    text = file === '-' ? terminal.input() : await fs.readFile(file, 'utf8');
  } catch (error) {
    throw terminalProblem(
      'bad-input',
      `${visible(file)} cannot be read: ${(error as Error).message}`,
      'usage: portcullis reach --probes FILE --json',
    );
  }
  const { questionSchema } = await import('../../../core/api.ts');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw broken(index, 'it is not JSON');
    }
    const parsed = questionSchema.safeParse(value);
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0];
    throw broken(
      index,
      issue === undefined ? 'it is no question' : `${issue.path.join('.') || 'the whole'}: ${issue.message}`,
    );
  });
}

const broken = (index: number, why: string): Error =>
  terminalProblem(
    'bad-input',
    `Line ${index + 1} of the questions was not understood: ${why}.`,
    'A question looks like: {"protocol":"tcp","interface":"wlan0","source":"192.168.77.20","destination":"192.168.77.10","port":3000}',
  );
