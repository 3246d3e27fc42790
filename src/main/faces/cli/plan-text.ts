/** A plan for people: what changes in who can reach what, the commands, the undo. */
import { listenerName } from '../../../core/listeners/name.ts';
import type { ListenerReach, Plan, Report, Step } from '../../../core/model.ts';
import { isEveryone, sourcesThrough } from '../../../core/reach/summary.ts';
import { warningWords } from '../../../core/plan/english/warnings.ts';
import { visible } from '../../../core/visible.ts';
import type { Terminal } from './terminal.ts';
import { paragraph, table } from './text.ts';
import { few, whoCan } from './words.ts';

export function planText(plan: Plan, report: Report, { style, columns }: Pick<Terminal, 'style' | 'columns'>): string {
  const effects = plan.effects.map(({ listener, name, before, after }) => {
    const [was, willBe] = [whoCan(before, report.interfaces), whoCan(after, report.interfaces)];
    return [
      visible(listenerName(listener)),
      visible(name),
      was,
      was === willBe ? lessOf(willBe, before, after) : willBe,
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

const WAY = [
  ['port', (ports: readonly string[]) => `${ports.length === 1 ? 'port' : 'ports'} ${few(ports)}`],
  ['family', (families: readonly string[]) => `IPv${families.join(' and IPv')}`],
  ['interface', (names: readonly string[]) => few(names.map(visible))],
  ['address', (addresses: readonly string[]) => few(addresses.map(visible))],
] as const;

/** The same networks, but not all that come from there, or not by all ways: `only by port 80`. */
function lessOf(who: string, before: ListenerReach, after: ListenerReach): string {
  const through = ({ reach }: ListenerReach) => reach.filter(({ open, limited }) => open.length + limited.length > 0);
  const [was, is] = [through(before), through(after)];
  const sources = sourcesThrough(after);
  if (sources.length > 0 && !is.some(({ open, limited }) => isEveryone([...open, ...limited])))
    return `only ${few(sources)}`;
  for (const [by, words] of WAY) {
    const left = [...new Set(is.map((way) => String(way[by])))];
    const all = new Set(was.map((way) => String(way[by])));
    if (left.length > 0 && left.length < all.size) return `only by ${words(left)}`;
  }
  return who;
}

function steps(title: string, list: readonly Step[], style: Terminal['style'], columns: number): readonly string[] {
  if (list.length === 0) return [];
  return [
    '',
    style.bold(title),
    ...list.flatMap(({ says, commands }) => [
      paragraph(visible(says), 2, columns),
      ...commands.map((argv) => style.dim(`    ${argv.map(quoted).join(' ')}`)),
    ]),
  ];
}

/** As one would type it. For show only: nothing is run from this text. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${visible(word).replaceAll("'", String.raw`'\''`)}'`;
