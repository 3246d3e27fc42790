/** A plan for people: what changes in who can reach what, the commands, the undo. */
import { listenerName } from '../../../core/listeners/name.ts';
import type { Effect, ListenerReach, Plan, Report, Step } from '../../../core/model.ts';
import { letsThrough, isEveryone, sourcesThrough } from '../../../core/reach/summary.ts';
import { warningWords } from '../../../core/plan/english/warnings.ts';
import { shownCommand } from '../../../core/shell-command.ts';
import { visible } from '../../../core/visible.ts';
import type { Terminal } from './terminal.ts';
import { paragraph, table } from './text.ts';
import { few, whoCan } from './words.ts';

export function planText(plan: Plan, report: Report, { style, columns }: Pick<Terminal, 'style' | 'columns'>): string {
  const effects = plan.effects.map((effect) => [
    visible(listenerName(effect.listener)),
    visible(effect.name),
    ...beforeAfter(effect, report.interfaces),
  ]);
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

const WAY = [
  ['port', (ports: readonly string[]) => `by ${ports.length === 1 ? 'port' : 'ports'} ${few(ports)}`],
  ['family', (families: readonly string[]) => `by IPv${families.join(' and IPv')}`],
  ['interface', (names: readonly string[]) => `by ${few(names.map(visible))}`],
  ['address', (addresses: readonly string[]) => `to ${few(addresses.map(visible))}`],
] as const;

/** Fewer of the same networks, or fewer ways: `only 192.168.1.0/24`, `only by port 80`; null where it is not so. */
function only(all: ListenerReach, left: ListenerReach): string | null {
  const through = ({ reach }: ListenerReach) => reach.filter(letsThrough);
  const sources = sourcesThrough(left);
  const everybody = through(left).some(({ open, limited }) => isEveryone([...open, ...limited]));
  if (sources.length > 0 && !everybody && sources.join() !== sourcesThrough(all).join()) return `only ${few(sources)}`;
  for (const [by, words] of WAY) {
    const values = (one: ListenerReach) => new Set(through(one).map((way) => String(way[by])));
    const [some, whole] = [values(left), values(all)];
    if (some.size > 0 && some.size < whole.size) return `only ${words([...some])}`;
  }
  return null;
}

/** Before and after, told apart also where the same networks get in. */
function beforeAfter({ before, after }: Effect, interfaces: Report['interfaces']): readonly [string, string] {
  const [was, willBe] = [whoCan(before, interfaces), whoCan(after, interfaces)];
  if (was !== willBe) return [was, willBe];
  const less = only(before, after);
  return less === null ? [only(after, before) ?? was, willBe] : [was, less];
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
