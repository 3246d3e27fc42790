/** `portcullis undo`: take a change back. The last one in one step, any other by a plan that is shown first. */
import { createAdvisor, type LocalAdvisor } from '../../../advisor/index.ts';
import type { Change } from '../../../../core/model.ts';
import { visible } from '../../../../core/visible.ts';
import { command, readSeconds, usage } from '../command.ts';
import { showProgress } from '../progress.ts';
import { problemWith } from '../said.ts';
import { STATUS, type Status } from '../status.ts';
import type { Terminal } from '../terminal.ts';

const about = {
  name: 'undo',
  usage: ['[CHANGE] [--confirm SECONDS] [--dry-run] [--yes]'],
  says: 'take back the last change, or the one with this id',
  more: [
    'The ids are in: portcullis history',
    'The last change is put back at once, byte for byte. Where a later change stands on one, or another program has changed the rules since, only what the change itself did is taken back: that is shown first, asked, done and checked as with close. What is somebody else’s by now is left alone and told. An undo stands in the history and can be undone, too.',
    'Exit status 4: refused. Exit status 5: it was put back.',
  ],
  options: {
    confirm: {
      type: 'string',
      value: 'SECONDS',
      says: 'show it first, and undo the undo after so many seconds (10 to 600) unless you confirm it',
    },
    'dry-run': { type: 'boolean', says: 'show what would change and change nothing' },
    yes: { type: 'boolean', says: 'do not ask' },
  },
} as const;

interface Wanted {
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly confirm?: number;
}

export const undo = command({
  ...about,
  run: async (values, operands, terminal) => {
    const [id, second] = operands;
    if (second !== undefined) throw usage(about, '"undo" takes one change.', `portcullis undo ${id}`);
    if (id !== undefined && !/^[0-9a-zT-]{8,64}$/.test(id)) {
      throw usage(about, `"${visible(id)}" is not the id of a change.`, 'portcullis history');
    }
    const advisor = createAdvisor();
    const wanted: Wanted = {
      dryRun: values['dry-run'] === true,
      yes: values.yes === true,
      ...readSeconds(about, values.confirm),
    };
    const standing = (await advisor.history({})).filter(
      ({ state, plan }) => (state === 'applied' || state === 'waiting') && plan.undo.length > 0,
    );
    const change = id === undefined ? standing[0] : standing.find((one) => one.id === id);
    const planned = wanted.dryRun || wanted.confirm !== undefined;
    // What is not known here may be known to the helper.
    if (change === undefined || change.state === 'waiting') return atOnce(id, advisor, terminal);
    if (planned || change !== standing[0]) return byPlan(change, wanted, advisor, terminal);
    try {
      return await atOnce(change.id, advisor, terminal);
    } catch (error) {
      const { message } = await problemWith('drift', error);
      terminal.note(`${visible(message)}\nWhat the change itself did can still be taken back:\n\n`);
      return byPlan(change, wanted, advisor, terminal);
    }
  },
});

/** Everything as it was before. */
async function atOnce(id: string | undefined, advisor: LocalAdvisor, terminal: Terminal): Promise<Status> {
  const done = showProgress(advisor, terminal);
  const outcome = await advisor.undo(id === undefined ? {} : { change: id }).finally(done);
  const { outcomeText } = await import('../carry-out.ts');
  terminal.out(outcomeText('Undone', outcome, terminal));
  return outcome.verified ? STATUS.done : STATUS.rolledBack;
}

/** What the change itself did, whatever has come after it. */
async function byPlan(
  { id }: Change,
  { dryRun, yes, ...confirm }: Wanted,
  advisor: LocalAdvisor,
  terminal: Terminal,
): Promise<Status> {
  const done = showProgress(advisor, terminal);
  const report = await advisor.scan({ exact: false }).finally(done);
  const { carryOut } = await import('../carry-out.ts');
  return carryOut({ kind: 'undo', change: id, ...confirm }, { dryRun, yes }, advisor, report, terminal);
}
