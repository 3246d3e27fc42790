/** What a person types to follow a piece of advice. The same in every language. */
import type { Finding, Report, Target, Way } from '../model.ts';
import type { Says } from '../says.ts';

/** On macOS this version writes a script, and changes nothing itself. */
const toClose = (port: string, platform: Report['platform']): string =>
  platform === 'darwin' ? `portcullis export --for pf --ports ${port}` : `portcullis close ${port}`;

/** The same for what somebody can reach since just now, a listener or a forwarded port; null: it would be refused. */
export function typedToClose(
  { id, port, protocol }: Target & { readonly id: string },
  { platform, findings }: Pick<Report, 'platform' | 'findings'>,
): string | null {
  const about = findings.filter(({ listener }) => listener === id);
  if (about.some(({ ways }) => policyDecides(ways) === 'everywhere')) return null;
  if (about.some(({ says }) => says.kind === 'exposed' && says.passing)) return null;
  if (platform === 'win32' && about.some(isLeftAlone)) return null;
  return toClose(`${port}/${protocol}`, platform);
}

/** Open where Windows Firewall looks at no rule: it is not closed there, but the interface is taken in again. */
const isLeftAlone = ({ says, ways }: Finding): boolean =>
  says.kind === 'exposed' && says.others.length === 0 && !ways.includes('firewall');

/** Does policy alone decide, so that nothing closes it here: everywhere, or but where this computer's own rules count? */
export function policyDecides(ways: readonly Way[]): 'everywhere' | 'elsewhere' | null {
  if (!ways.includes('by-policy')) return null;
  return ways.includes('firewall') ? 'elsewhere' : 'everywhere';
}

/** The command, or null where the words of the advice must do. */
export function whatToType(finding: Finding, { platform }: Pick<Report, 'platform'>): string | null {
  const { advice, ways, listener } = finding;
  if (advice === 'keep') return null;
  const managed = policyDecides(ways) === 'everywhere';
  const doors = managed ? [] : doorsOf(finding.says);
  if (doors.length > 0) return `portcullis close ${doors.map((door) => `${door}/tcp`).join(' ')}`;
  const about = /:(?<protocol>tcp|udp)\/(?<port>\d+)(?:@.*)?$/.exec(finding.id)?.groups;
  const port = about === undefined ? null : `${about['port']}/${about['protocol']}`;
  const forwarded = finding.id.startsWith('forwarded-port:');
  if (advice === 'review' && !forwarded)
    return listener === null || port === null ? null : `portcullis explain ${port}`;
  if (managed) return null;
  const closes = ways.includes('firewall') || (ways.includes('own-table') && !ways.includes('install-firewall'));
  if (closes && port !== null) return toClose(port, platform);
  if (ways.includes('enable-firewall') && port === null) return 'portcullis firewall on';
  return (forwarded || listener !== null) && port !== null ? `portcullis explain ${port}` : null;
}

/** The ports through which somebody comes to what portproxy leads to, each closed by itself. It passes on TCP alone. */
const doorsOf = (says: Says): readonly number[] =>
  says.kind === 'exposed' && says.passedOn && says.others.length > 0
    ? [...(says.direct ? [Number(/\d+/.exec(says.listener)?.[0])] : []), ...says.others]
    : [];
