/** A plan for people: what changes in who can reach what, the commands, the undo. */
import { listenerName } from '../../../core/listeners/name.ts';
import type { Plan, Report, Step } from '../../../core/model.ts';
import { warningWords } from '../../../core/plan/english/warnings.ts';
import { shownCommand } from '../../../core/shell-command.ts';
import { visible } from '../../../core/visible.ts';
import type { Terminal } from './terminal.ts';
import { paragraph, table } from './text.ts';
import { whoCan } from './words.ts';

export function planText(plan: Plan, report: Report, { style, columns }: Pick<Terminal, 'style' | 'columns'>): string {
  const effects = plan.effects.map(({ listener, name, before, after }) => {
    const [was, willBe] = [whoCan(before, report.interfaces), whoCan(after, report.interfaces)];
    const sources = [...new Set(after.reach.flatMap(({ open, limited }) => [...open, ...limited]))];
    return [
      visible(listenerName(listener)),
      visible(name),
      was,
      // The same networks, but not all that come from there.
      was === willBe && sources.length > 0 ? `only ${sources.join(', ')}` : willBe,
    ];
  });
  return [
    style.bold(paragraph(visible(plan.summary), 0, columns)),
    '',
    ...(effects.length === 0
      ? ['Who can reach what stays as it is.']
      : [table([['PORT', 'WHAT', 'BEFORE', 'AFTER'], ...effects], columns, style.dim)]),
    ...(plan.warnings.length === 0
      ? []
      : [
          '',
          style.bold('Before you go on'),
          ...plan.warnings.map((warning) => paragraph(visible(warningWords(warning)), 2, columns)),
        ]),
    ...(plan.live === 0 || ('drop' in plan.choice && plan.choice.drop === true)
      ? []
      : [paragraph('To end what is open as well: --drop-connections', 2, columns)]),
    ...steps('What will be done', plan.steps, style, columns),
    ...steps('To undo it', plan.undo, style, columns),
    '',
    '',
  ].join('\n');
}

function steps(title: string, list: readonly Step[], style: Terminal['style'], columns: number): readonly string[] {
  if (list.length === 0) return [];
  return [
    '',
    style.bold(title),
    ...list.flatMap(({ says, commands }) => [
      paragraph(visible(says), 2, columns),
      ...commands.map((argv) => style.dim(`    ${shownCommand(argv)}`)),
    ]),
  ];
}
