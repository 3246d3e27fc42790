/** What a person types to follow a piece of advice. The same in every language. */
import type { Finding, Report } from '../model.ts';

/** The command, or null where the words of the advice must do. */
export function whatToType(finding: Finding, { platform }: Pick<Report, 'platform'>): string | null {
  const { advice, ways, listener } = finding;
  if (advice === 'keep') return null;
  const about = /:(?<protocol>tcp|udp)\/(?<port>\d+)(?:@.*)?$/.exec(finding.id)?.groups;
  const port = about === undefined ? null : `${about['port']}/${about['protocol']}`;
  const forwarded = finding.id.startsWith('forwarded-port:');
  if (advice === 'review' && !forwarded)
    return listener === null || port === null ? null : `portcullis explain ${port}`;
  if (ways.includes('by-policy')) return null;
  const closes = ways.includes('firewall') || (ways.includes('own-table') && !ways.includes('install-firewall'));
  if (closes && port !== null)
    // On macOS this version writes a script, and changes nothing itself.
    return platform === 'darwin' ? `portcullis export --for pf --ports ${port}` : `portcullis close ${port}`;
  if (ways.includes('enable-firewall') && port === null) return 'portcullis firewall on';
  return (forwarded || listener !== null) && port !== null ? `portcullis explain ${port}` : null;
}
