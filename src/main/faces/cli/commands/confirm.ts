/** `portcullis confirm`: keep a change that waits to be confirmed. */
import { createAdvisor } from '../../../advisor/index.ts';
import { visible } from '../../../../core/visible.ts';
import { command, usage } from '../command.ts';
import { showProgress } from '../progress.ts';
import { answerNothingToDo } from '../said.ts';
import { STATUS } from '../status.ts';

const about = {
  name: 'confirm',
  usage: ['CHANGE'],
  says: 'keep a change that waits to be confirmed',
  more: [
    'A change that was made with --confirm, or that could cut a remote session, is put back by itself unless it is confirmed. The terminal where it was made asks; this command does the same from any other. The ids are in: portcullis history',
    'Exit status 5: it was too late, the change was put back.',
  ],
  options: {},
} as const;

export const confirm = command({
  ...about,
  run: async (_values, operands, terminal) => {
    const [id, second] = operands;
    if (id === undefined) throw usage(about, '"confirm" needs the id of a change.', 'portcullis history');
    if (second !== undefined) throw usage(about, '"confirm" takes one change.', `portcullis confirm ${id}`);
    if (!/^[0-9a-zT-]{8,64}$/.test(id)) {
      throw usage(about, `"${visible(id)}" is not the id of a change.`, 'portcullis history');
    }
    const advisor = createAdvisor();
    const done = showProgress(advisor, terminal);
    try {
      const outcome = await advisor.confirm({ change: id }).finally(done);
      const { outcomeText } = await import('../carry-out.ts');
      terminal.out(outcomeText('Kept', outcome, terminal));
    } catch (error) {
      await answerNothingToDo(error, terminal);
    }
    return STATUS.done;
  },
});
