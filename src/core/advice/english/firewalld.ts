/** What firewalld's own settings say, in English. */
import type { Few, SaysFirewalldRestart, SaysFirewalldTrusts, SaysFirewalldWide } from '../../says.ts';
import { visible } from '../../visible.ts';
import { FIXED } from '../commands.ts';
import { joined, type Sentences } from './parts.ts';

export const panic: Sentences = {
  title: 'firewalld is in panic mode: nothing gets in or out',
  why: `Every packet is dropped until panic mode ends: ${FIXED.panicOff}.`,
  ifClosed: 'When panic mode ends, what the zones allow is open again, and this computer can reach others.',
};

const named = ({ first, more }: Few<string>): string =>
  joined([...first.map(visible), ...(more === 0 ? [] : [`${more} more`])]);

const KEEP = `To keep what acts now: ${FIXED.keep}. To take up what is kept: ${FIXED.reload}.`;

export function restart({ more, begins, ends }: SaysFirewalldRestart): Sentences {
  const sentence = (entries: Few<string>, says: string): string =>
    entries.first.length === 0 ? '' : `${says}: ${named(entries)}. `;
  return more
    ? {
        title: 'firewalld will let more in after its next restart',
        why: `${sentence(begins, 'Will open at the next restart')}${sentence(ends, 'Closed until the restart only')}${KEEP}`,
        ifClosed: 'Looking changes nothing. What is taken away does not open at the next restart.',
      }
    : {
        title: 'firewalld lets in less after its next restart',
        why: `${sentence(ends, 'Open until the restart only')}${sentence(begins, 'Will be closed by the next restart')}${KEEP}`,
        ifClosed: 'What is open until the restart closes then by itself.',
      };
}

export const wide = ({ zone, ports, command }: SaysFirewalldWide): Sentences => ({
  title: `firewalld's zone ${visible(zone)} lets in thousands of ports at once`,
  why: `It opens ${named(ports)}, so nearly every program that you start can be reached at once, firewall or not. Fedora Workstation is delivered like this. Open what you need, and take the range away${command === null ? '' : `: ${command}`}. It counts from then on: ${FIXED.reload}.`,
  ifClosed:
    'Programs that others on your network reach by a high port are closed to them: games, file transfers, screen sharing. Each can be opened by its own port.',
});

export function trusts({ zone, interfaces, command }: SaysFirewalldTrusts): Sentences {
  const names = joined(interfaces.map(visible));
  const bound = interfaces.length > 0;
  return {
    title: `firewalld is on but lets everything in ${bound ? `on ${names}` : 'wherever no other zone applies'}`,
    why: `${bound ? `${names} ${interfaces.length === 1 ? 'is' : 'are'} in` : 'The default zone is'} zone ${visible(zone)}, which accepts every connection. Another zone lets in what you choose${command === null ? '' : `: ${command}`}.`,
    ifClosed:
      'Programs that others reach on that network are closed to them until you open their ports in the new zone.',
  };
}
