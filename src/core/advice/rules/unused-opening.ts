/** Looks at allow rules of the user's for ports on which nothing listens for others: the next program there would be open at once. */
import { isListWhole } from '../../listeners/whole.ts';
import type { Family, ReportListener, Target } from '../../model.ts';
import type { OpeningSaid } from '../../says.ts';
import { asRoot } from '../../shell-command.ts';
import type { AdviceFacts, MachineRule, Opening } from '../rule.ts';

export const unusedOpening: MachineRule = {
  name: 'unused-opening',
  about: 'machine',
  advise: (facts) => unused(facts).map((opening) => (opening.beside ? halfDraft(opening) : draft(opening, facts))),
};

interface Unused {
  readonly target: Target;
  readonly openings: readonly Opening[];
  /** A program listens there, on this computer only. */
  readonly loopback: boolean;
  /** A program listens there in the other family. */
  readonly beside: boolean;
}

/** Ports that rules open and on which nothing listens for others in the families that they open. */
function unused(facts: AdviceFacts): readonly Unused[] {
  // Without the whole list of listeners "nothing listens" would be a guess.
  if (facts.listeners.length === 0 || !isListWhole({ unread: facts.gaps })) return [];
  return byTarget(facts.openings.filter((opening) => opens(opening, facts))).flatMap(({ target, openings }) => {
    const families = new Set(openings.flatMap((opening) => opening.families));
    const there = facts.listeners.filter(({ protocol, port }) => protocol === target.protocol && port === target.port);
    const outward = there.filter((listener) => !isLoopbackOnly(listener));
    const used =
      there.some(({ kept }) => kept) ||
      outward.some(({ addresses }) => addresses.some((one) => families.has(one.family)));
    if (used || isSideDoor(target, families, facts)) return [];
    return [{ target, openings, loopback: there.length > 0, beside: outward.length > 0 }];
  });
}

/** Does it let anybody in? One that another rule undoes is no opening: it is told among the rules that do nothing. */
const opens = (opening: Opening, { idle }: AdviceFacts): boolean =>
  !opening.families.every((family) =>
    idle.some(
      ({ rule, against, families }) =>
        against && rule.action === 'allow' && rule.text === opening.rule && families.includes(family),
    ),
  );

/** Is the rule one of those that open a port on which nothing listens? Then no more need be said of it. */
export const isUnused = (text: string, facts: AdviceFacts): boolean =>
  unused(facts).some(({ openings }) => openings.some(({ rule }) => rule === text));

/** What stands in both families under the same words is one rule to a person. */
const said = (openings: readonly Opening[]): readonly OpeningSaid[] => [
  ...new Map(openings.map(({ rule, firewall }) => [`${firewall} ${rule}`, { firewall, rule }])).values(),
];

function draft({ target, openings, loopback }: Unused, facts: AdviceFacts) {
  const off = facts.firewalls.some(({ id, active }) => id === openings[0]?.firewall && active === false);
  return {
    key: `${target.protocol}/${target.port}`,
    listener: null,
    advice: 'close' as const,
    severity: 'low' as const,
    ways: ['firewall' as const],
    says: { kind: 'unused-opening' as const, target, openings: said(openings), here: loopback, off },
  };
}

/** Half of a rule, as `ufw delete NUMBER` leaves it: the port itself is in use, so closing it would be too much. */
function halfDraft({ target, openings }: Unused) {
  const family = openings[0]?.families[0] ?? 6;
  const commands = openings.flatMap(({ removal }) => (removal.length === 0 ? [] : (asRoot(removal) ?? [])));
  return {
    key: `${target.port}-${target.protocol}-ipv${family}`,
    listener: null,
    advice: 'review' as const,
    severity: 'low' as const,
    ways: [],
    says: {
      kind: 'half-opening' as const,
      target,
      family,
      openings: said(openings),
      commands: commands.length === openings.length ? commands : null,
    },
  };
}

function byTarget(
  openings: readonly Opening[],
): readonly { readonly target: Target; readonly openings: readonly Opening[] }[] {
  const groups = new Map<string, { target: Target; openings: Opening[] }>();
  for (const opening of openings) {
    const key = `${opening.target.protocol}/${opening.target.port}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { target: opening.target, openings: [opening] });
    else group.openings.push(opening);
  }
  return [...groups.values()];
}

const isLoopbackOnly = ({ addresses }: ReportListener): boolean =>
  addresses.length > 0 && addresses.every(({ scope }) => scope === 'loopback');

/** Nothing listens on a port that is redirected to another, and it is used all the same. */
const isSideDoor = ({ protocol, port }: Target, families: ReadonlySet<Family>, { listeners }: AdviceFacts): boolean =>
  listeners.some(
    (listener) =>
      listener.protocol === protocol && listener.reach.some((way) => way.port === port && families.has(way.family)),
  );
