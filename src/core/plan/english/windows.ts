/** Parts of the English sentences about Windows Firewall. */
import { joined } from '../../advice/english/parts.ts';
import type { ProfileState } from '../../model.ts';
import type { Warning, WindowsCovers } from '../../told.ts';

/** `private and public networks`. */
export const networksWords = (profiles: readonly ProfileState['name'][]): string => `${joined(profiles)} networks`;

const PROTOCOLS: Readonly<Record<WindowsCovers['protocol'], string>> = {
  tcp: ' (TCP)',
  udp: ' (UDP)',
  any: ' of every protocol',
  other: ' of another protocol than TCP and UDP',
};

/** `ports 3000-3999 and 8080 (TCP) of C:\\dev\\node.exe`. */
function subjectWords({ protocol, ports, more, program, service }: WindowsCovers): string {
  const all = [...(ports ?? []), ...(more === 0 ? [] : [`${more} more`])];
  const where =
    ports === null ? 'every port' : `${all.length === 1 && !all[0]?.includes('-') ? 'port' : 'ports'} ${joined(all)}`;
  const who = [...(program === null ? [] : [program]), ...(service === null ? [] : [`the service ${service}`])];
  return `${where}${PROTOCOLS[protocol]}${who.length === 0 ? ', whichever program listens there' : ` of ${who.join(', ')}`}`;
}

/** What else changes with the rule, as a sentence behind a space; nothing where it is for one port alone. */
export function coversWords({
  kind,
  covers,
}: Extract<Warning, { readonly covers?: WindowsCovers | undefined }>): string {
  if (covers === undefined) return '';
  const lets = covers.does === 'lets-in';
  const passes = lets ? 'let in' : 'blocked';
  const then =
    kind === 'windows-rule-on' ? `all of that is ${passes} again` : `none of that is ${passes} by it any more`;
  return ` It ${lets ? 'lets in' : 'blocks'} ${subjectWords(covers)}: ${then}.`;
}
