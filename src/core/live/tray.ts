/** What stands in the tray: the picture, how many ports it is about, and the first pieces of advice. Pure. */
import {
  actionable,
  countExposure,
  type Gate,
  gateOf,
  needlessPorts,
  recommended,
  remedyOf,
  targetsOf,
} from '../advice/remedy.ts';
import type { Report, Target } from '../model.ts';

export interface TrayState {
  readonly gate: Gate;
  /**
   * `up`: ports that are probably not needed. `doubt`: of which it cannot be told who reaches them; 0: what listens could not
   * all be read; null: not looked yet.
   */
  readonly ports: number | null;
  /** Nothing needs closing, but every firewall is off. */
  readonly firewallOff: boolean;
  readonly advice: readonly TrayAdvice[];
}

/** One entry: leads to that finding in the window, and does nothing by itself. */
export interface TrayAdvice {
  readonly finding: string;
  readonly does: 'close' | 'turn-on-firewall' | 'remove-opening';
  readonly target: Target | null;
  readonly program: string | null;
}

/** As many pieces of advice as a menu holds without becoming a second window. */
const MOST = 2;

/** @param report what was read last; null: nothing yet */
export function trayState(report: Report | null): TrayState {
  if (report === null) return { gate: 'doubt', ports: null, firewallOff: false, advice: [] };
  const gate = gateOf(report);
  const ports = { up: needlessPorts(report), doubt: countExposure(report).unknown, down: 0 }[gate];
  const { firewalls } = report;
  return {
    gate,
    ports,
    firewallOff: firewalls.length > 0 && firewalls.every(({ active }) => active === false),
    advice: adviceIn(report).slice(0, MOST),
  };
}

/** What is worth closing first; of the rest what one button of the window can do, and is more than a question of taste. */
function adviceIn(report: Report): readonly TrayAdvice[] {
  const first = recommended(report);
  const rest = actionable(report).filter((finding) => !first.includes(finding));
  return [...first, ...rest].flatMap((finding): readonly TrayAdvice[] => {
    const does = remedyOf(report, finding);
    if (does === 'none' || does === 'show-ways' || does === 'read-exactly') return [];
    if (finding.advice === 'review' && does !== 'turn-on-firewall') return [];
    const listener = report.listeners.find(({ id }) => id === finding.listener);
    const [target = null] = targetsOf(report, finding);
    return [{ finding: finding.id, does, target, program: listener?.owner.program ?? null }];
  });
}
