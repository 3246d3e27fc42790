/** Who gets through, way by way, with the rules that they meet. */
import { type Reason, reasonText, togetherReasons } from '../../../core/gaps/index.ts';
import type { Answer, ListenerReach, Reach, Report, TraceStep } from '../../../core/model.ts';
import { NETWORK } from '../../../core/reach/place-words.ts';
import { alikeWays, bareAddress, entrancesOf, isEveryone, tellingSteps } from '../../../core/reach/summary.ts';
import { type Steps, togetherSteps } from '../../../core/reach/steps.ts';
import { visible } from '../../../core/visible.ts';
import type { Terminal } from './terminal.ts';
import { paragraph } from './text.ts';
import { count, decided, few } from './words.ts';

type Layout = Pick<Terminal, 'style' | 'columns'>;

/** `Open to everyone`, `Open to 192.168.1.0/24; slowed after some tries for …`. */
function outcome({ open, limited, unknown }: Reach, style: Layout['style']): string {
  const part = (list: readonly string[], paint: (text: string) => string, word: string): readonly string[] =>
    list.length === 0 ? [] : [`${paint(word)} ${isEveryone(list) ? 'everyone' : few(list.map(bareAddress))}`];
  const parts = [
    ...part(open, style.yellow, 'Open to'),
    ...part(
      limited,
      style.yellow,
      open.length === 0 ? 'Open, but slowed after some tries, to' : 'slowed after some tries for',
    ),
    ...part(unknown, style.blue, open.length + limited.length === 0 ? 'Cannot tell for' : 'cannot tell for'),
  ];
  return parts.length === 0 ? style.green('Blocked') : parts.join('; ');
}

/**
 * A block for all ways that are answered alike: where one comes in and what is spoken to, who gets through, and the rules
 * on the way. Why something is unknown is told once. `own`: the port that is asked about; a way in by another one names it.
 */
export function reachText(
  { reach }: Pick<ListenerReach, 'reach'>,
  interfaces: Report['interfaces'],
  layout: Layout,
  own: number | null = null,
): string {
  const { style, columns } = layout;
  // A rule that redirects, or what passes on, makes another way in, through another port.
  const doors = new Set([...(own === null ? [] : [own]), ...reach.map(({ port }) => port)]).size > 1;
  const told = new Set<string>();
  const isNew = (reason: Reason): boolean => {
    const size = told.size;
    return told.add(reasonText(reason)).size > size;
  };
  return alikeWays({ reach })
    .flatMap((ways) => {
      const [way] = ways;
      const door = doors ? `, port ${way.port}` : '';
      const news = togetherReasons(way.doubts.filter(isNew)).map(reasonText);
      return [
        paragraph(`${outcome(way, style)}: ${places(ways, interfaces, style)}${door}`, 2, columns),
        ...stepsText(way, layout),
        ...news.map((reason) => paragraph(visible(reason), 4, columns)),
      ];
    })
    .join('\n');
}

/** `wlan0 (Wi-Fi) to 192.168.77.10, fd77::10; eth0 (wired network) to 10.66.0.10, to many at once by 224.0.0.251`. */
function places(ways: readonly Reach[], interfaces: Report['interfaces'], style: Layout['style']): string {
  return entrancesOf(ways, interfaces)
    .map(({ name, kind, own, groups }) => {
      const to = [
        ...(own.length === 0 ? [] : [`to ${few(own.map(visible))}`]),
        ...(groups.length === 0 ? [] : [`to many at once by ${few(groups.map(visible))}`]),
      ];
      return `${style.bold(`${visible(name)} (${NETWORK[kind]})`)} ${to.join(', ')}`;
    })
    .join('; ');
}

/** The way of the packets: two lines for each rule that did something, the second saying what, and to whom. */
function stepsText(
  way: Pick<Reach, 'trace' | 'decidedBy'>,
  { style, columns }: Layout,
  one = false,
): readonly string[] {
  const steps = tellingSteps(way);
  if (steps.length === 0) return way.decidedBy.map((deciding) => style.dim(paragraph(decided(deciding), 4, columns)));
  return togetherSteps(steps).flatMap((alike) => {
    const [step] = alike;
    const several = alike.length > 1;
    const does = paragraph(`→ ${several ? 'each ' : ''}${effectText(step, one)}`, 6, columns);
    const rule = several ? rulesAlike(alike) : visible(shortRule(step));
    return [
      style.dim(paragraph(`${place(step)}: ${rule}`, 4, columns)),
      step.decides === null ? style.dim(does) : does,
    ];
  });
}

/** How many of many rules are named. */
const NAMED = 2;

/** `8 rules, “allow A”, “allow B” and 6 more`. */
function rulesAlike(steps: Steps): string {
  const named = steps.slice(0, NAMED).map((step) => `“${visible(shortRule(step))}”`);
  return `${steps.length} rules, ${named.join(', ')} and ${steps.length - named.length} more`;
}

/** `input, ufw-user-input`; the kernel's own steps have no chain. */
const place = ({ hook, chain, firewall }: TraceStep): string =>
  firewall === 'kernel' ? visible(hook) : `${visible(hook)}, ${visible(chain)}`;

/** The chain is named already. */
function shortRule({ chain, rule, words, firewall }: TraceStep): string {
  const own = `-A ${chain} `;
  if (words === rule) return rule.startsWith(own) ? rule.slice(own.length) : rule;
  // A policy is told with its chain's name, which is there already, too.
  return words === `${chain} ${rule}` ? rule : `${firewall} ${words}`;
}

function effectText({ effect, decides, when, sources, share, more }: TraceStep, one: boolean): string {
  const from = sources.map(bareAddress);
  const list = more > 0 ? `${from.join(', ')} and ${count(more, 'more range')}` : few(from);
  const whom = one ? 'it' : share === 'everyone' ? 'everyone' : share === 'rest' ? 'everyone else' : list;
  const perhaps = when === 'perhaps' ? 'perhaps ' : '';
  const ports = when === 'ports' ? ', from some source ports' : '';
  switch (effect) {
    case 'accept':
      return `${perhaps}${decides === null ? `lets ${whom} go on` : `lets ${whom} in`}${when === 'rate' ? ' while the rate is kept' : ports}`;
    case 'drop':
    case 'reject':
      return `${perhaps}${effect}s ${whom}${when === 'rate' ? ' beyond the rate' : ports}`;
    case 'redirect':
    case 'dnat':
      return `${perhaps}sends ${whom} to where the rule says`;
    case 'notrack':
      return `${perhaps}leaves ${whom} untracked`;
    case 'goes elsewhere':
      return `${perhaps}leads ${whom} elsewhere`;
    default:
      return `${visible(effect)}: ${whom}`;
  }
}

const VERDICT = {
  open: 'gets through',
  limited: 'gets through, slowed after some tries',
  blocked: 'is blocked',
  unknown: 'cannot be told',
} as const;

export const verdictText = ({ verdict }: Pick<Answer, 'verdict'>): string => VERDICT[verdict];

/** The way of one packet. */
export const traceText = (answer: Answer, layout: Layout): string =>
  [
    ...togetherReasons(answer.doubts).map((one) => paragraph(visible(reasonText(one)), 2, layout.columns)),
    ...stepsText(answer, layout, true).map((line) => line.replace(/^ {2}/gm, '')),
  ].join('\n');
