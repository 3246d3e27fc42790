/** What there is to do, as every format tells it. */
import { commandsOf, commandsOfWay } from '../../advice/commands.ts';
import { whatToType } from '../../advice/typed.ts';
import { localCommands } from '../../catalog/by-program.ts';
import type { Finding, Severity } from '../../model.ts';
import { visible } from '../../visible.ts';
import type { ReportSource } from '../source.ts';

export interface Advice {
  readonly finding: Finding;
  readonly severity: Severity;
  readonly severityWords: string;
  readonly title: string;
  readonly why: string;
  /** Empty: nothing is said of it. */
  readonly ifClosed: string;
  /** What `why` and `ifClosed` name to be typed, as it stands in them. */
  readonly commands: readonly string[];
  /** What a person types; null: the ways must do. */
  readonly command: string | null;
  readonly ways: readonly { readonly title: string; readonly text: string; readonly commands: readonly string[] }[];
  /** A document about what listens there, of the catalog: never a text of the machine. */
  readonly source: string | null;
}

/** What there is to do, the most pressing first. What is kept on purpose is no advice. */
export function adviceOf({ report, words }: ReportSource): readonly Advice[] {
  const listeners = new Map(report.listeners.map((one) => [one.id, one]));
  return report.findings
    .filter(({ advice }) => advice !== 'keep')
    .map((finding): Advice => {
      const { title, why, ifClosed } = words.finding(finding, report);
      const service = listeners.get(finding.listener ?? '')?.identity.service ?? null;
      const bind = service === null ? null : words.service(service).bindLocal;
      return {
        finding,
        severity: finding.severity,
        severityWords: words.severity[finding.severity],
        title: visible(title),
        why: visible(why),
        ifClosed: visible(ifClosed),
        commands: commandsOf(finding.says),
        command: whatToType(finding, report),
        ways: finding.ways.map((way) => {
          const { title: name, text } = words.ways[way];
          return {
            title: name,
            text: way === 'bind-loopback' && bind !== null ? visible(bind) : text,
            commands: way === 'bind-loopback' && bind !== null ? localCommands(bind) : commandsOfWay(way),
          };
        }),
        source: service === null || !/^https:\/\/\S+$/.test(service.source) ? null : service.source,
      };
    });
}
