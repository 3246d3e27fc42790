/** `portcullis import`: an intent that was exported on another machine, carried out on this one by plans of its own. */
import { promises as fs } from 'node:fs';
import type { Intent } from '../../../../core/firewalls/export.ts';
import type { NewChoice } from '../../../../core/model.ts';
import { visible } from '../../../../core/visible.ts';
import { createAdvisor } from '../../../advisor/index.ts';
import { terminalProblem } from '../../terminal-problem.ts';
import { command, readSeconds, usage } from '../command.ts';
import { loadSnapshot } from '../load.ts';
import { showProgress } from '../progress.ts';
import { STATUS, type Status } from '../status.ts';
import type { CarryRemark } from '../../../../core/intent/carry.ts';

/** Far more than exported intents have. Bytes. */
const LARGEST = 4 * 1024 * 1024;

const about = {
  name: 'import',
  usage: ['FILE [--confirm SECONDS] [--dry-run] [--yes] [--from SNAPSHOT]'],
  says: 'carry out an intent that was exported on another machine',
  more: [
    'The file is what "portcullis export --for intent" writes. Each part becomes a plan for this machine, shown and asked about like any other; ports that it names and at which nothing listens here are said.',
    'Where what listens could not be read, or something that is led on to elsewhere stays open, that is said, and the exit status is 3.',
    'Where everything that is not kept shall be closed, the firewall is turned on first if it is off, and then what is still open is closed.',
  ],
  options: {
    confirm: {
      type: 'string',
      value: 'SECONDS',
      says: 'put each change back after so many seconds (10 to 600) unless you confirm it',
    },
    'dry-run': { type: 'boolean', says: 'show the plans and change nothing' },
    yes: { type: 'boolean', says: 'do not ask' },
    from: { type: 'string', value: 'SNAPSHOT', says: 'plan for a saved snapshot; with --dry-run only' },
  },
} as const;

export const importIntent = command({
  ...about,
  run: async (values, operands, terminal) => {
    const [path, second] = operands;
    if (path === undefined) throw usage(about, '"import" needs a file.', 'portcullis import portcullis-intent.json');
    if (second !== undefined) throw usage(about, `"import" takes one file, not ${operands.length}.`, null);
    const dryRun = values['dry-run'] === true;
    if (values.from !== undefined && !dryRun) {
      throw usage(about, 'A saved snapshot cannot be changed, only planned for.', '--dry-run');
    }
    const confirm = readSeconds(about, values.confirm);
    const intent = await loadIntent(path);
    const advisor = createAdvisor(values.from === undefined ? {} : { snapshot: await loadSnapshot(values.from) });
    const look = async () => {
      const done = showProgress(advisor, terminal);
      return advisor.scan({ exact: false }).finally(done);
    };
    const [{ carryOut }, { carried }, { leavesDoubt }, { remarkText }] = await Promise.all([
      import('../carry-out.ts'),
      import('../../../../core/intent/carry.ts'),
      import('../../../../core/intent/imported.ts'),
      import('../../../../core/intent/remark-words.ts'),
    ]);
    let report = await look();
    const { first, remarks } = carried(intent, report);
    const statusOf = (told: readonly CarryRemark[]): Status => (told.some(leavesDoubt) ? STATUS.unknown : STATUS.done);
    for (const remark of remarks) terminal.note(`${visible(remarkText(remark))}\n`);
    const carry = (choice: NewChoice): Promise<Status> =>
      carryOut({ ...choice, ...confirm }, { dryRun, yes: values.yes === true }, advisor, report, terminal);
    if (first !== null) {
      const status = await carry(first);
      if (dryRun) {
        terminal.note('What is still open after that is closed by plans that are made then.\n');
        return status === STATUS.done ? statusOf(remarks) : status;
      }
      if (status !== STATUS.done) return status;
      report = await look();
    }
    const { closing, remarks: told } = carried(intent, report);
    const known = statusOf(told);
    if (closing.length === 0 && first === null && known === STATUS.done) terminal.out('Nothing needs to change.\n');
    for (const choice of closing) {
      const status = await carry(choice);
      if (status !== STATUS.done) return status;
    }
    return known;
  },
});

/** @throws TerminalProblem or ProblemError, `bad-input`, where it cannot be read, or is no intent */
async function loadIntent(path: string): Promise<Intent> {
  let text: string;
  try {
    const { size } = await fs.stat(path);
    if (size > LARGEST) throw new Error('it is larger than 4 MiB');
    text = await fs.readFile(path, 'utf8');
  } catch (error) {
    throw terminalProblem(
      'bad-input',
      `${visible(path)} cannot be read: ${visible((error as Error).message)}.`,
      'Make one with: portcullis export --for intent --out FILE',
    );
  }
  const { parseIntent } = await import('../../../../core/intent/read.ts');
  return parseIntent(text, visible(path));
}
