/** From a choice to a change: the plan shown, the question asked, the change made and checked. */
import type { Choice, Outcome, Plan, Report } from '../../../core/model.ts';
import { checkedWords } from '../../../core/plan/english/checked.ts';
import type { LocalAdvisor } from '../../advisor/index.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { keepOrNot } from './keep-or-not.ts';
import { planText } from './plan-text.ts';
import { showProgress } from './progress.ts';
import { answerNothingToDo } from './said.ts';
import { STATUS, type Status } from './status.ts';
import type { Terminal } from './terminal.ts';
import { visible } from '../../../core/visible.ts';

export async function carryOut(
  choice: Choice,
  wanted: { readonly dryRun: boolean; readonly yes: boolean },
  advisor: LocalAdvisor,
  report: Report,
  terminal: Terminal,
): Promise<Status> {
  const planned = showProgress(advisor, terminal);
  let plan: Plan;
  try {
    plan = await advisor.propose(choice).finally(planned);
  } catch (error) {
    await answerNothingToDo(error, terminal);
    return STATUS.done;
  }
  terminal.out(planText(plan, report, terminal));
  if (plan.steps.length === 0) {
    terminal.out('Nothing needs to change.\n');
    return STATUS.done;
  }
  if (wanted.dryRun) {
    terminal.note('This is what would be done; nothing was changed.\n');
    return STATUS.done;
  }
  if (!wanted.yes) {
    if (!terminal.interactive) {
      throw terminalProblem(
        'not-permitted',
        'Nothing was changed: there is nobody here to ask.',
        'To do it without a question: --yes',
      );
    }
    if (!(await terminal.confirm('Do this now? [y/N] '))) {
      throw terminalProblem('cancelled', 'Nothing was changed.', 'To see the plan alone: --dry-run');
    }
  }
  const done = showProgress(advisor, terminal);
  const applied = await advisor.apply({ plan: plan.id }).finally(done);
  const outcome = applied.change.state === 'waiting' ? await keepOrNot(applied, advisor, terminal) : applied;
  terminal.out(outcomeText('Done', outcome, terminal));
  return outcome.verified && outcome.change.state === 'applied' ? STATUS.done : STATUS.rolledBack;
}

export function outcomeText(word: string, outcome: Outcome, { style }: Pick<Terminal, 'style'>): string {
  const { change, checked, verified } = outcome;
  const lines = checked.map((line) => `  ${style.green('✓')} ${visible(checkedWords(line))}`);
  if (!verified || change.state === 'rolled-back' || (change.state === 'undone' && word === 'Done')) {
    return [
      `${style.bold('Put back')}: ${visible(change.summary)}`,
      ...(change.note === null ? [] : [`  ${visible(change.note)}`]),
      ...lines,
      '',
    ].join('\n');
  }
  return [
    `${style.green(style.bold(word))}: ${visible(change.summary)}`,
    ...lines,
    ...(change.state === 'applied' && change.plan.undo.length > 0
      ? [`To take it back: portcullis undo ${visible(change.id)}`]
      : []),
    '',
  ].join('\n');
}
