/** `portcullis history`: every change, newest first. */
import { createAdvisor } from '../../../advisor/index.ts';
import type { Change, ChangeState } from '../../../../core/model.ts';
import { visible } from '../../../../core/visible.ts';
import { command, none } from '../command.ts';
import { json } from '../json.ts';
import { STATUS } from '../status.ts';
import type { Terminal } from '../terminal.ts';
import { paragraph } from '../text.ts';
import { moment } from '../words.ts';

const about = {
  name: 'history',
  usage: ['[--json]'],
  says: 'every change that was made, newest first',
  more: ['Each with the id that undo and confirm take. Any change that is in force can be undone.'],
  options: { json: { type: 'boolean', says: 'one JSON value' } },
} as const;

const STATE: Readonly<Record<ChangeState, string>> = {
  waiting: 'waits to be confirmed',
  applied: 'in force',
  undone: 'undone',
  'rolled-back': 'put back by itself',
  failed: 'failed',
};

export const history = command({
  ...about,
  run: async (values, operands, terminal) => {
    none(about, operands);
    const changes = [...(await createAdvisor().history({}))].sort((a, b) => (a.at < b.at ? 1 : -1));
    if (values.json === true) {
      terminal.out(json({ schema: 1, changes: changes.map(changeJson) }));
    } else if (changes.length === 0) {
      terminal.out('Nothing has been changed yet.\n');
    } else {
      terminal.out(changes.map((change) => changeText(change, terminal)).join('\n'));
    }
    return STATUS.done;
  },
});

/** The id stands first and whole: it is what `undo` takes. */
const changeText = ({ id, at, summary, state, note, undoneBy }: Change, { style, columns }: Terminal): string =>
  [
    `${style.bold(visible(id))}  ${moment(at)}  ${STATE[state]}`,
    paragraph(visible(summary), 2, columns),
    ...(undoneBy === undefined ? [] : [`  by ${visible(undoneBy)}`]),
    ...(note === null ? [] : [paragraph(visible(note), 2, columns)]),
    '',
  ].join('\n');

const changeJson = ({ id, at, summary, layers, state, note, plan, deadline, undoneBy }: Change) => ({
  id,
  at,
  summary,
  layers,
  state,
  note,
  ...(deadline === undefined ? {} : { deadline }),
  ...(undoneBy === undefined ? {} : { undoneBy }),
  choice: plan.choice,
});
