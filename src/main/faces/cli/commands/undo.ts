/** `portcullis undo`: take a change back. */
import { createAdvisor } from '../../../advisor.ts';
import { visible } from '../../../../core/visible.ts';
import { outcomeText } from '../carry-out.ts';
import { command, usage } from '../command.ts';
import { showProgress } from '../progress.ts';
import { STATUS } from '../status.ts';

const about = {
  name: 'undo',
  usage: ['[CHANGE]'],
  says: 'take back the last change, or the one with this id',
  more: ['The ids are in: portcullis history'],
  options: {},
} as const;

export const undo = command({
  ...about,
  run: async (_values, operands, terminal) => {
    const [id, second] = operands;
    if (second !== undefined) throw usage(about, '"undo" takes one change.', `portcullis undo ${id}`);
    if (id !== undefined && !/^[0-9a-zT-]{8,64}$/.test(id)) {
      throw usage(about, `"${visible(id)}" is not the id of a change.`, 'portcullis history');
    }
    const advisor = createAdvisor();
    const done = showProgress(advisor, terminal);
    const outcome = await advisor.undo(id === undefined ? {} : { change: id }).finally(done);
    terminal.out(outcomeText('Undone', outcome, terminal));
    return outcome.verified ? STATUS.done : STATUS.rolledBack;
  },
});
