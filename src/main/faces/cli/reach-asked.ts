/** What `portcullis reach` was asked, and how it is understood on this computer. */
import { ledFrom } from '../../../core/listeners/led.ts';
import type { Report } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { terminalProblem } from '../terminal-problem.ts';
import type { Command, PortArgument } from './command.ts';
import { forwardsOn } from './forward-text.ts';

export interface Asked {
  /** The command that asks, for what it says of a wrong use. */
  readonly of: Pick<Command, 'name' | 'usage'>;
  readonly port: PortArgument;
  readonly source: string | null;
  readonly interface: string | null;
  readonly json: boolean;
  readonly replayed: boolean;
}

/** TCP, unless only UDP listens on that number. */
export function protocolOf({ port, protocol }: PortArgument, report: Report): 'tcp' | 'udp' {
  if (protocol !== null) return protocol;
  const led = forwardsOn(report, port, null).filter(({ via }) => via === 'rule');
  const leads = ledFrom(report, { port, protocol: null }).map(({ listener }) => listener);
  const found = [...report.listeners.filter((one) => one.port === port), ...led, ...leads];
  return found.length > 0 && found.every((one) => one.protocol === 'udp') ? 'udp' : 'tcp';
}

/** Throws a `TerminalProblem` where there is none of that name. */
export function knownInterface(name: string | null, report: Report): void {
  if (name === null || report.interfaces.some((one) => one.name === name)) return;
  const all = report.interfaces.map((one) => one.name).join(', ');
  throw terminalProblem('bad-input', `There is no interface "${visible(name)}" here.`, `There are: ${visible(all)}`);
}
