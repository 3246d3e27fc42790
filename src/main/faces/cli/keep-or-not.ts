/** A change that is in force and has to be confirmed: asked here where somebody can answer, else told how it is done. */
import type { Outcome } from '../../../core/model.ts';
import { checkedWords } from '../../../core/plan/english/checked.ts';
import { visible } from '../../../core/visible.ts';
import type { LocalAdvisor } from '../../advisor/index.ts';
import type { Terminal } from './terminal.ts';
import { moment } from './words.ts';

/** Wait until the change is kept or put back; the answer, the deadline or somebody elsewhere decides. */
export async function keepOrNot(outcome: Outcome, advisor: LocalAdvisor, terminal: Terminal): Promise<Outcome> {
  const { change, checked } = outcome;
  const seconds = Math.max(0, Math.round((Date.parse(change.deadline ?? '') - Date.now()) / 1000));
  terminal.note(
    [
      `${terminal.noteStyle.bold('In force')}: ${visible(change.summary)}`,
      ...checked.map((line) => `  ${visible(checkedWords(line))}`),
      `It is put back in ${seconds} seconds (${moment(change.deadline ?? '')}) unless you keep it.`,
      `From another terminal: portcullis confirm ${visible(change.id)}`,
      '',
    ].join('\n'),
  );
  const settled = advisor.settled({ change: change.id });
  if (!terminal.interactive) return settled;
  const over = new AbortController();
  const decided = settled.finally(() => over.abort());
  const keep = await terminal.confirm('Keep this change? [y/N] ', over.signal);
  if (!over.signal.aborted) void (keep ? advisor.confirm : advisor.undo)({ change: change.id }).catch(() => {});
  else terminal.note('\n');
  return decided;
}
