/** The one list of formats: each writes an intent as a file, and its undo. */
import type { ExportItem, ExportSource, Intent } from '../../firewalls/export.ts';
import { alf, pf, windows } from '../../firewalls/registry.ts';
import type { ExportFormat, RuleFile } from '../../model.ts';
import { problem } from '../../problem.ts';
import { itemsOf, sourceOf } from '../parts.ts';
import { exportAnsible } from './ansible.ts';
import { exportFirewalldXml } from './firewalld-xml.ts';
import { exportFirewalld } from './firewalld.ts';
import { exportIptables } from './iptables.ts';
import { exportJson } from './json.ts';
import { exportNftables } from './nftables.ts';
import { exportUfwIntent } from './ufw.ts';

type SinglePorts = (items: readonly ExportItem[], from: ExportSource) => RuleFile;

/** A writer that knows of single ports alone. */
const single =
  (write: SinglePorts, format: ExportFormat) =>
  (intent: Intent): RuleFile => {
    const items = itemsOf(intent);
    if (items.length === 0) throw problem('bad-input', { kind: 'nothing-to-export', format });
    const passed = format === 'windows' || format === 'netsh' ? passedOn(intent) : [];
    return write(items, { ...sourceOf(intent), leftOut: [...passed, ...leftOut(intent)] });
  };

const WRITERS: Readonly<Record<ExportFormat, (intent: Intent) => RuleFile>> = {
  ufw: exportUfwIntent,
  firewalld: exportFirewalld,
  'firewalld-xml': exportFirewalldXml,
  nftables: exportNftables,
  iptables: exportIptables,
  ansible: exportAnsible,
  windows: single(windows.exportWindows, 'windows'),
  netsh: single(windows.exportNetsh, 'netsh'),
  pf: single(pf.exportPf, 'pf'),
  alf: single(alf.exportAlf, 'alf'),
  intent: exportJson,
};

/** @throws ProblemError `bad-input` where the format closes ports one by one and there is none to close */
export const writeIntent = (format: ExportFormat, intent: Intent): RuleFile => WRITERS[format](intent);

/** Windows Firewall sees the port that was knocked at: what this one passes on is not closed by a rule for where it leads. */
const passedOn = ({ close }: Intent): readonly string[] =>
  close
    .filter(({ passedBy = [] }) => passedBy.length > 0)
    .map(
      ({ protocol, port, passedBy = [] }) =>
        `${port}/${protocol} is also reached through port ${passedBy.join(', ')}, which is passed on to it (netsh interface portproxy): close that port.`,
    );

/** What an intent wants beside closing single ports for everyone. */
function leftOut(intent: Intent): readonly string[] {
  const excepted = itemsOf(intent).filter(({ allBut = [] }) => allBut.length > 0);
  return [
    ...(excepted.length === 0
      ? []
      : [
          `Nobody is left out: closed to everybody is ${excepted.map(({ target }) => `${target.port}/${target.protocol}`).join(', ')}.`,
        ]),
    ...(intent.rest === 'close'
      ? [
          'Only the ports that are named are closed: what this format cannot say is that all the rest shall be, and what is kept.',
        ]
      : []),
  ];
}
