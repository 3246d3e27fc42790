/** Which ports a person meant. */
import { ledFrom } from '../../../core/listeners/led.ts';
import type { Report, Target } from '../../../core/model.ts';
import type { PortArgument } from './command.ts';

/** A number without a protocol means whatever listens on it, or is reached by it; where nothing is, TCP. */
export function targetsOf(asked: readonly PortArgument[], report: Report): readonly Target[] {
  const targets = asked.flatMap(({ port, protocol }): Target[] => {
    if (protocol !== null) return [{ protocol, port }];
    const led = ledFrom(report, { port, protocol: null }).filter(({ known }) => known);
    const here = [...report.listeners.filter((one) => one.port === port), ...led.map(({ listener }) => listener)];
    const listening = here.map((one) => one.protocol);
    return [...new Set(listening.length === 0 ? (['tcp'] as const) : listening)].map((found) => ({
      protocol: found,
      port,
    }));
  });
  return targets.filter(
    (target, index) =>
      targets.findIndex((one) => one.port === target.port && one.protocol === target.protocol) === index,
  );
}
