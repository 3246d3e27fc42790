/**
 * Looks at what firewalld's own settings say that its rules in the kernel do not: what the next start changes, zones that
 * let nearly everything in, panic mode.
 */
import type { FirewalldNotes } from '../../firewalls/registry.ts';
import type { Says } from '../../says.ts';
import { asRoot } from '../../shell-command.ts';
import { few } from '../few.ts';
import type { AdviceFacts, Draft, MachineRule } from '../rule.ts';

type Found = Draft & { readonly key: string; readonly listener: null };

const about = (key: string, severity: Draft['severity'], says: Says): Found => ({
  key,
  listener: null,
  advice: 'review',
  severity,
  ways: [],
  says,
});

export const firewalld: MachineRule = {
  name: 'firewalld',
  about: 'machine',
  advise: ({ firewalld: notes, interfaces }) =>
    notes === null ? [] : [...panic(notes), ...differences(notes), ...wide(notes), ...trusting(notes, interfaces)],
};

const panic = (notes: FirewalldNotes): readonly Found[] =>
  notes.panic ? [about('panic', 'medium', { kind: 'firewalld-panic' })] : [];

const NAMED = 4;
const named = (entries: readonly string[]) => few(entries, NAMED, 1);

function differences(notes: FirewalldNotes): readonly Found[] {
  const { openAfterRestart, closedUntilRestart, openUntilRestart, closedAfterRestart } = notes;
  const restart = (more: boolean, begins: readonly string[], ends: readonly string[]): Says => ({
    kind: 'firewalld-restart',
    more,
    begins: named(begins),
    ends: named(ends),
  });
  return [
    ...(openAfterRestart.length + closedUntilRestart.length === 0
      ? []
      : [about('opens-at-restart', 'medium', restart(true, openAfterRestart, closedUntilRestart))]),
    ...(openUntilRestart.length + closedAfterRestart.length === 0
      ? []
      : [about('closes-at-restart', 'low', restart(false, closedAfterRestart, openUntilRestart))]),
  ];
}

const wide = ({ wide: zones }: FirewalldNotes): readonly Found[] =>
  zones.map(({ zone, ports }) =>
    about(`wide-${zone}`, 'medium', {
      kind: 'firewalld-wide',
      zone,
      ports: named(ports),
      command: asRoot(['firewall-cmd', '--permanent', `--zone=${zone}`, `--remove-port=${ports[0] ?? ''}`]),
    }),
  );

/** Networks with strangers on them. A bridge of containers or a tunnel is often trusted on purpose. */
const OUTSIDE = new Set(['wifi', 'ethernet', 'mobile']);

function trusting({ trusting: zones }: FirewalldNotes, interfaces: AdviceFacts['interfaces']): readonly Found[] {
  const isOutside = (name: string): boolean => interfaces.some((one) => one.name === name && OUTSIDE.has(one.kind));
  return zones.flatMap(({ zone, interfaces: bound, isDefault }) => {
    const outside = bound.filter(isOutside);
    if (outside.length === 0 && !isDefault) return [];
    const [first] = outside;
    const options =
      first === undefined ? ['--set-default-zone=public'] : ['--zone=public', `--change-interface=${first}`];
    return [
      about(`trusts-${zone}`, 'medium', {
        kind: 'firewalld-trusts',
        zone,
        interfaces: outside,
        command: asRoot(['firewall-cmd', ...options]),
      }),
    ];
  });
}
