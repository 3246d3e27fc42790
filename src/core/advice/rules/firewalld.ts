/**
 * Looks at what firewalld's own settings say that its rules in the kernel do not: what the next start changes, zones that
 * let nearly everything in, panic mode.
 */
import type { FirewalldNotes } from '../../firewalls/registry.ts';
import { visible } from '../../visible.ts';
import { joined } from '../audience.ts';
import type { AdviceFacts, Draft, MachineRule } from '../rule.ts';

type Found = Draft & { readonly key: string; readonly listener: null };

const about = (key: string, severity: Draft['severity'], title: string, why: string, ifClosed: string): Found => ({
  key,
  listener: null,
  advice: 'review',
  severity,
  title,
  why,
  ifClosed,
  ways: [],
});

export const firewalld: MachineRule = {
  name: 'firewalld',
  about: 'machine',
  advise: ({ firewalld: notes, interfaces }) =>
    notes === null
      ? []
      : [...panic(notes), ...differences(notes), ...wide(notes), ...trusting(notes, interfaces ?? [])],
};

const panic = (notes: FirewalldNotes): readonly Found[] =>
  notes.panic
    ? [
        about(
          'panic',
          'medium',
          'firewalld is in panic mode: nothing gets in or out',
          'Every packet is dropped until panic mode ends: sudo firewall-cmd --panic-off.',
          'When panic mode ends, what the zones allow is open again, and this computer can reach others.',
        ),
      ]
    : [];

const NAMED = 4;
const named = (entries: readonly string[]): string => {
  const shown = entries.slice(0, NAMED).map((entry) => visible(entry));
  return joined(entries.length > NAMED ? [...shown, `${entries.length - NAMED} more`] : shown);
};

const KEEP =
  'To keep what acts now: sudo firewall-cmd --runtime-to-permanent. To take up what is kept: sudo firewall-cmd --reload.';

function differences(notes: FirewalldNotes): readonly Found[] {
  const { openAfterRestart, closedUntilRestart, openUntilRestart, closedAfterRestart } = notes;
  const opens = [...openAfterRestart, ...closedUntilRestart];
  const closes = [...openUntilRestart, ...closedAfterRestart];
  const sentence = (entries: readonly string[], says: string): string =>
    entries.length === 0 ? '' : `${says}: ${named(entries)}. `;
  return [
    ...(opens.length === 0
      ? []
      : [
          about(
            'opens-at-restart',
            'medium',
            'firewalld will let more in after its next restart',
            `${sentence(openAfterRestart, 'Will open at the next restart')}${sentence(closedUntilRestart, 'Closed until the restart only')}${KEEP}`,
            'Looking changes nothing. What is taken away does not open at the next restart.',
          ),
        ]),
    ...(closes.length === 0
      ? []
      : [
          about(
            'closes-at-restart',
            'low',
            'firewalld lets in less after its next restart',
            `${sentence(openUntilRestart, 'Open until the restart only')}${sentence(closedAfterRestart, 'Will be closed by the next restart')}${KEEP}`,
            'What is open until the restart closes then by itself.',
          ),
        ]),
  ];
}

const wide = ({ wide: zones }: FirewalldNotes): readonly Found[] =>
  zones.map(({ zone, ports }) =>
    about(
      `wide-${zone}`,
      'medium',
      `firewalld's zone ${visible(zone)} lets in thousands of ports at once`,
      `It opens ${named(ports)}, so nearly every program that you start can be reached at once, firewall or not. Fedora Workstation is delivered like this. Take the range away (sudo firewall-cmd --permanent --zone=${visible(zone)} --remove-port=${visible(ports[0] ?? '')}, then --reload) and open what you need.`,
      'Programs that others on your network reach by a high port are closed to them: games, file transfers, screen sharing. Each can be opened by its own port.',
    ),
  );

/** Networks with strangers on them. A bridge of containers or a tunnel is often trusted on purpose. */
const OUTSIDE = new Set(['wifi', 'ethernet', 'mobile']);

function trusting(
  { trusting: zones }: FirewalldNotes,
  interfaces: NonNullable<AdviceFacts['interfaces']>,
): readonly Found[] {
  const isOutside = (name: string): boolean => interfaces.some((one) => one.name === name && OUTSIDE.has(one.kind));
  return zones.flatMap(({ zone, interfaces: bound, isDefault }) => {
    const outside = bound.filter(isOutside);
    if (outside.length === 0 && !isDefault) return [];
    const where =
      outside.length > 0 ? `on ${joined(outside.map((name) => visible(name)))}` : 'wherever no other zone applies';
    return [
      about(
        `trusts-${zone}`,
        'medium',
        `firewalld is on but lets everything in ${where}`,
        `${outside.length > 0 ? `${joined(outside.map((name) => visible(name)))} ${outside.length === 1 ? 'is' : 'are'} in` : 'The default zone is'} zone ${visible(zone)}, which accepts every connection. Another zone lets in what you choose: sudo firewall-cmd ${outside.length > 0 ? `--zone=public --change-interface=${visible(outside[0] ?? '')}` : '--set-default-zone=public'}.`,
        'Programs that others reach on that network are closed to them until you open their ports in the new zone.',
      ),
    ];
  });
}
