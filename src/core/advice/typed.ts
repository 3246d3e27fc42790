/** What a person types to follow a piece of advice. The same in every language. */
import type { Finding, Report } from '../model.ts';
import type { Says } from '../says.ts';

/** The command, or null where the words of the advice must do. */
export function whatToType(finding: Finding, { platform }: Pick<Report, 'platform'>): string | null {
  const { advice, ways, listener } = finding;
  if (advice === 'keep') return null;
  const doors = doorsOf(finding.says);
  if (doors.length > 0) return `portcullis close ${doors.map((port) => `${port}/tcp`).join(' ')}`;
  const about = /:(?<protocol>tcp|udp)\/(?<port>\d+)(?:@.*)?$/.exec(finding.id)?.groups;
  const port = about === undefined ? null : `${about['port']}/${about['protocol']}`;
  const forwarded = finding.id.startsWith('forwarded-port:');
  if (advice === 'review' && !forwarded)
    return listener === null || port === null ? null : `portcullis explain ${port}`;
  const closes = ways.includes('firewall') || (ways.includes('own-table') && !ways.includes('install-firewall'));
  if (closes && port !== null)
    // On macOS this version writes a script, and changes nothing itself.
    return platform === 'darwin' ? `portcullis export --for pf --ports ${port}` : `portcullis close ${port}`;
  if (ways.includes('enable-firewall') && port === null) return 'portcullis firewall on';
  return (forwarded || listener !== null) && port !== null ? `portcullis explain ${port}` : null;
}

/** The ports through which somebody comes to what portproxy leads to, each closed by itself. It passes on TCP alone. */
const doorsOf = (says: Says): readonly number[] =>
  says.kind === 'exposed' && says.passedOn && says.others.length > 0
    ? [...(says.direct ? [Number(/\d+/.exec(says.listener)?.[0])] : []), ...says.others]
    : [];
