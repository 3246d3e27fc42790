/**
 * Looks at what Windows Firewall's settings say that its rules do not: off in some networks, interfaces that it leaves
 * alone, rules that do nothing, blocks that a question has left behind, guests with a firewall of their own.
 */
import type { Severity } from '../../model.ts';
import type { Says } from '../../says.ts';
import { few } from '../few.ts';
import { openPorts } from '../open-ports.ts';
import type { AdviceFacts, Draft, MachineRule, WindowsAdvice } from '../rule.ts';

/** Listeners and rules that are named one by one. */
const NAMED = 4;

type Found = Draft & { readonly key: string; readonly listener: string | null };

const about = (key: string, severity: Severity, says: Says, listener: string | null = null): Found => ({
  key,
  listener,
  advice: 'review',
  severity,
  ways: [],
  says,
});

/** A key for what has a name of its own, the same as long as that is. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export const windowsSettings: MachineRule = {
  name: 'windows',
  about: 'machine',
  advise: (facts) => {
    const { windows } = facts;
    if (windows === null) return [];
    return [
      ...profiles(windows, facts),
      ...unfiltered(windows, facts),
      ...replaced(windows),
      ...openAsPrivate(windows, facts),
      ...refused(windows),
      ...inert(windows),
      ...guests(windows),
    ];
  },
};

/** Where it is off in all networks that the computer is in, the rule about the firewall as a whole says so. */
function profiles({ profiles: notes }: WindowsAdvice, facts: AdviceFacts): readonly Found[] {
  const state = facts.firewalls.find(({ id }) => id === 'windows');
  if (state?.active === false) return [];
  const told = state?.active === true && state.defaults.inbound === 'allow';
  return notes.flatMap(({ profile, fault, interfaces, command }): readonly Found[] => {
    const now = interfaces.length > 0;
    if (fault === 'allows' && told && now) return [];
    const severity = !now ? 'low' : openPorts(facts).unneeded > 0 ? 'high' : 'medium';
    return [about(`${fault}-${profile}`, severity, { kind: 'windows-profile', profile, fault, interfaces, command })];
  });
}

const unfiltered = ({ unfiltered: notes }: WindowsAdvice, facts: AdviceFacts): readonly Found[] =>
  notes.map(({ profile, interfaces, command }) =>
    about(`unfiltered-${profile}`, openPorts(facts).unneeded > 0 ? 'high' : 'medium', {
      kind: 'windows-unfiltered',
      profile,
      interfaces,
      command,
    }),
  );

const replaced = ({ replaced: notes }: WindowsAdvice): readonly Found[] =>
  notes.map(({ by }) =>
    about(by === null ? 'stopped' : `replaced-${plain(by)}`, 'medium', { kind: 'windows-replaced', by }),
  );

const openAsPrivate = ({ openAsPrivate: networks }: WindowsAdvice, { interfaces, listeners }: AdviceFacts) =>
  networks.flatMap(({ interface: name, command, listeners: ids, opens, mayOpen }): readonly Found[] => {
    // What a door leads on to has no name of its own to be told by.
    if ([...opens, ...mayOpen].some((id) => listeners.every((one) => one.id !== id))) return [];
    // What the user said they need shall stay open.
    const unneeded = ids.filter((id) => listeners.some((one) => one.id === id && !one.kept));
    const network = interfaces.find((one) => one.name === name)?.kind ?? 'other';
    return unneeded.length === 0
      ? []
      : [
          about(`private-${plain(name)}`, 'low', {
            kind: 'windows-private',
            interface: name,
            network,
            listeners: few(unneeded, NAMED, 2),
            opens: few(opens, NAMED, 2),
            mayOpen: few(mayOpen, NAMED, 2),
            command: opens.length === 0 ? command : null,
          }),
        ];
  });

const refused = ({ refused: notes }: WindowsAdvice): readonly Found[] =>
  notes.map(({ path, profiles: where, listeners, over, removal }) =>
    about(
      `refused-${plain(path)}`,
      'low',
      {
        kind: 'windows-refused',
        program: path,
        profiles: where,
        listeners: few(listeners, NAMED, 2),
        over: few(over, NAMED, 2),
        commands: removal,
      },
      listeners.length === 1 ? (listeners[0] ?? null) : null,
    ),
  );

const inert = ({ inert: notes }: WindowsAdvice): readonly Found[] =>
  notes.map(({ because, profiles: where, rules }) =>
    about(`inert-${because}`, 'low', { kind: 'windows-inert', because, profiles: where, rules: few(rules, NAMED, 2) }),
  );

const guests = ({ guests: found }: WindowsAdvice): readonly Found[] =>
  found === null
    ? []
    : [
        about('guests', isOpenWithin(found) ? 'medium' : 'low', {
          kind: 'windows-guests',
          adapters: found.adapters,
          programs: found.programs,
          wsl: { ...found.wsl, openings: few(found.wsl.openings, NAMED, 2) },
        }),
      ];

/** Does a guest at this computer's own addresses stand open? */
const isOpenWithin = ({ unlisted, wsl }: NonNullable<WindowsAdvice['guests']>): boolean =>
  unlisted?.sure === true && (wsl.filter === 'off' || wsl.filter === 'allows');
