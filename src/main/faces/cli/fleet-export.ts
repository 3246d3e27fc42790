/** `export` for many machines: one file that closes what is advised on any of them, and what it does to each of the others. */
import type { ExportAdvice } from '../../../core/firewalls/export.ts';
import { exportRules } from '../../../core/firewalls/registry.ts';
import {
  type Fleet,
  type FleetTarget,
  type Name,
  changingAdvised,
  nameOf,
  targetsOf,
} from '../../../core/fleet/index.ts';
import type { RuleFile, Target } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { count, portOf } from './words.ts';

type Format = Parameters<typeof exportRules>[0];

interface FleetFile {
  /** null: there is nothing to close. */
  readonly file: RuleFile | null;
  readonly targets: readonly Target[];
  /** What it does where, a line each. */
  readonly notes: readonly string[];
}

/** @param named these ports instead of the advised ones; null: the advised ones */
export function fleetFile(fleet: Fleet, format: Format, named: readonly Target[] | null): FleetFile {
  const targets = targetsOf(fleet, named);
  const notes = [
    ...targets.map((one) => noteOf(one, fleet)),
    ...changingAdvised(fleet).map(changing),
    ...elsewhere(fleet, format),
  ];
  if (targets.length === 0) return { file: null, targets: [], notes };
  const ports = targets.map(({ target }) => target);
  // Of many machines none is named in the file.
  const file = exportRules(format, { host: '', redacted: true }, adviceOn(targets, fleet), ports);
  return { file, targets: ports, notes };
}

/** `3000/tcp: advised on 4 of 12 machines; no effect on 6; …` */
function noteOf({ target, advised, wanted, idle, untold }: FleetTarget, { machines }: Fleet): string {
  const parts = [
    `advised on ${advised.count} of ${count(machines, 'machine')}`,
    ...(idle === 0 ? [] : [`no effect on ${idle}, where nobody gets in already`]),
    ...(untold.count === 0 ? [] : [`cannot tell for ${untold.count}: ${names(untold)}`]),
    ...(wanted.count === 0 ? [] : [`also closes it on ${wanted.count} where that was not advised: ${names(wanted)}`]),
  ];
  return `${portOf(target)}: ${parts.join('; ')}.`;
}

const changing = (row: ReturnType<typeof changingAdvised>[number]): string =>
  `${visible(nameOf(row))} (${row.protocol}): advised on ${count(row.advised.count, 'machine')}, and not in the file, since its port is another one at every start.`;

/** Machines of other systems than the file's: nothing happens there. */
function elsewhere({ platforms }: Fleet, format: Format): readonly string[] {
  const systems = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' } as const;
  const own = WINDOWS.has(format) ? 'win32' : 'linux';
  const others = (['linux', 'win32', 'darwin'] as const).filter((one) => one !== own && platforms[one] > 0);
  if (others.length === 0) return [];
  const many = others.map((one) => `${platforms[one]} with ${systems[one]}`);
  return [`This file is for ${systems[own]}: it has no effect on ${many.join(' and ')}.`];
}

/** The formats that only Windows takes. */
const WINDOWS: ReadonlySet<string> = new Set(['windows', 'netsh']);

/** How many machines are named in a note. */
const SHOWN = 6;

function names({ count: many, first }: { readonly count: number; readonly first: readonly Name[] }): string {
  const shown = first.slice(0, SHOWN).map(({ host }) => visible(host));
  return `${shown.join(', ')}${many > shown.length ? ` and ${many - shown.length} more` : ''}`;
}

/** The advice on a fleet as the writers of rules take it: its ports, their names, and why they are closed. */
const adviceOn = (targets: readonly FleetTarget[], { newest, machines }: Fleet): ExportAdvice => ({
  takenAt: newest,
  // Without a name there is nothing to say of a port but its number.
  listeners: targets.flatMap(({ target, name }) =>
    name === '' ? [] : [{ ...target, id: portOf(target), identity: { name } }],
  ),
  findings: targets.map(({ target, advised }) => ({
    listener: portOf(target),
    advice: 'close',
    why: `Closing it is advised on ${advised.count} of ${count(machines, 'machine')}.`,
  })),
});
