/** Way by way: who gets in where, and the rules that say so. */
import { togetherReasons } from '../../gaps/index.ts';
import type { ListenerReach, Reach, Report, TraceStep } from '../../model.ts';
import { togetherSteps } from '../../reach/steps.ts';
import { alikeWays, entrancesOf, isEveryone, letsThrough, tellingSteps } from '../../reach/summary.ts';
import { visible } from '../../visible.ts';
import type { ReportSource } from '../source.ts';
import { decided, firewallCalled } from './named.ts';

/** Ways in that are answered alike. */
export interface ToldWay {
  readonly tone: 'open' | 'unknown' | 'shut';
  /** `Open to everyone`. */
  readonly outcome: string;
  /** `wlan0 (Wi-Fi) to 192.168.77.10`. */
  readonly where: string;
  readonly steps: readonly ToldStep[];
  /** Why something is unknown. */
  readonly reasons: readonly string[];
}

interface ToldStep {
  /** `input, ufw-user-input`; empty where only the deciding rule is known. */
  readonly place: string;
  readonly rule: string;
  /** What it did, and to whom; empty where that is not known. */
  readonly effect: string;
  readonly decides: boolean;
}

export function waysOf(reach: ListenerReach, source: ReportSource): readonly ToldWay[] {
  const { words, report } = source;
  // A rule that redirects makes a second way in, through another port.
  const doors = new Set(reach.reach.map(({ port }) => port)).size > 1;
  return alikeWays(reach).map((ways): ToldWay => {
    const [way] = ways;
    const steps = tellingSteps(way);
    return {
      tone: letsThrough(way) ? 'open' : way.unknown.length > 0 ? 'unknown' : 'shut',
      outcome: outcome(way, source),
      where: `${places(ways, report.interfaces, source)}${doors ? `, ${words.port(way.port)}` : ''}`,
      steps:
        steps.length === 0
          ? way.decidedBy.map((one) => ({ place: '', rule: decided(one), effect: '', decides: true }))
          : togetherSteps(steps).map((alike) => {
              const [step] = alike;
              const several = alike.length > 1;
              const effect = visible(words.step(step));
              return {
                place: place(step),
                rule: several
                  ? words.rulesAlike(
                      alike.slice(0, ALIKE).map((one) => visible(shortRule(one))),
                      alike.length,
                    )
                  : visible(shortRule(step)),
                effect: several ? words.each(effect) : effect,
                decides: step.decides !== null,
              };
            }),
      reasons: togetherReasons(way.doubts).map((doubt) => visible(words.reason(doubt))),
    };
  });
}

/** Of many rules that do the same, how many are named. */
const ALIKE = 2;

/** How many addresses are written out; the rest is counted. */
const SHOWN = 6;

const few = (list: readonly string[], { words }: ReportSource): string => {
  const shown = list.slice(0, SHOWN).map(visible);
  return words.list(list.length > SHOWN ? [...shown, words.more(list.length - SHOWN)] : shown);
};

function outcome({ open, limited, unknown }: Reach, source: ReportSource): string {
  const { words } = source;
  const part = (list: readonly string[], say: (what: string) => string): readonly string[] =>
    list.length === 0 ? [] : [say(isEveryone(list) ? words.everybody : few(list, source))];
  const parts = [...part(open, words.openTo), ...part(limited, words.limitedTo), ...part(unknown, words.unknownFor)];
  return parts.length === 0 ? words.closedToAll : parts.join('; ');
}

function places(ways: readonly Reach[], interfaces: Report['interfaces'], source: ReportSource): string {
  const { words } = source;
  return entrancesOf(ways, interfaces)
    .map(({ name, kind, own, groups }) => {
      const to = [
        ...(own.length === 0 ? [] : [words.toAddresses(few(own, source))]),
        ...(groups.length === 0 ? [] : [words.manyAtOnce(few(groups, source))]),
      ];
      return `${visible(name)} (${words.networks[kind]}) ${to.join(', ')}`;
    })
    .join('; ');
}

/** The kernel's own steps have no chain. */
const place = ({ hook, chain, firewall }: TraceStep): string =>
  visible(firewall === 'kernel' ? hook : `${hook}, ${chain}`);

/** The chain is named already. */
function shortRule({ chain, rule, words, firewall }: TraceStep): string {
  const own = `-A ${chain} `;
  if (words === rule) return rule.startsWith(own) ? rule.slice(own.length) : rule;
  return words === `${chain} ${rule}` ? rule : `${firewallCalled(firewall)} ${words}`;
}
