/** `export` for many machines: one file that closes what is advised on any of them, and what it does to each of the others. */
import type { Intent } from '../../../core/firewalls/export.ts';
import { writeIntent } from '../../../core/intent/index.ts';
import {
  type Fleet,
  type FleetTarget,
  type Name,
  changingAdvised,
  nameOf,
  restrictAdvised,
  targetsOf,
} from '../../../core/fleet/index.ts';
import type { ExportFormat, RuleFile, Target } from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import { count, portOf } from './words.ts';

interface FleetFile {
  /** null: there is nothing to close. */
  readonly file: RuleFile | null;
  readonly targets: readonly Target[];
  /** What it does where, a line each. */
  readonly notes: readonly string[];
}

/** @param named these ports instead of the advised ones; null: the advised ones */
export function fleetFile(fleet: Fleet, format: ExportFormat, named: readonly Target[] | null): FleetFile {
  const targets = targetsOf(fleet, named);
  const notes = [
    ...targets.map((one) => noteOf(one, fleet)),
    ...changingAdvised(fleet).map(changing),
    ...restrictAdvised(fleet)
      .filter(({ port, protocol }) => named?.some((one) => one.port === port && one.protocol === protocol) !== true)
      .map(restricting),
    ...elsewhere(fleet, format),
  ];
  if (targets.length === 0) return { file: null, targets: [], notes };
  const ports = targets.map(({ target }) => target);
  return { file: writeIntent(format, intentFor(targets, fleet)), targets: ports, notes };
}

/** `3000/tcp: advised on 4 of 12 machines; no effect on 6; …` */
function noteOf({ target, advised, wanted, idle, untold }: FleetTarget, { machines }: Fleet): string {
  const parts = [
    `advised on ${advised.count} of ${count(machines, 'machine')}`,
    ...(idle === 0 ? [] : [`no effect on ${idle}, where nobody gets in already`]),
    ...(untold.count === 0
      ? []
      : [`cannot tell for ${untold.count}${untold.first.length === 0 ? '' : `: ${names(untold)}`}`]),
    ...(wanted.count === 0 ? [] : [`also closes it on ${wanted.count} where that was not advised: ${names(wanted)}`]),
  ];
  return `${portOf(target)}: ${parts.join('; ')}.`;
}

const changing = (row: ReturnType<typeof changingAdvised>[number]): string =>
  `${visible(nameOf(row))} (${row.protocol}): advised on ${count(row.advised.count, 'machine')}, and not in the file, since its port is another one at every start.`;

function restricting({ protocol, port, restrict, names: called }: ReturnType<typeof restrictAdvised>[number]): string {
  const on = `keeping some out is advised on ${count(restrict.count, 'machine')}`;
  return port === null
    ? `${visible(nameOf({ names: called }))} (${protocol}): ${on}, and not in the file, since its port is another one at every start.`
    : `${portOf({ protocol, port })}: ${on}, and not in the file, which closes for everyone. To close it: --ports ${portOf({ protocol, port })}`;
}

/** Machines of other systems than the file's: nothing happens there. */
function elsewhere({ platforms }: Fleet, format: ExportFormat): readonly string[] {
  const systems = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' } as const;
  if (format === 'ansible' || format === 'intent') return [];
  const own = SYSTEM[format] ?? 'linux';
  const others = (['linux', 'win32', 'darwin'] as const).filter((one) => one !== own && platforms[one] > 0);
  if (others.length === 0) return [];
  const many = others.map((one) => `${platforms[one]} with ${systems[one]}`);
  return [`This file is for ${systems[own]}: it has no effect on ${many.join(' and ')}.`];
}

/** The formats that Linux does not take. */
const SYSTEM: { readonly [format in ExportFormat]?: 'win32' | 'darwin' } = {
  windows: 'win32',
  netsh: 'win32',
  pf: 'darwin',
  alf: 'darwin',
};

/** How many machines are named in a note. */
const SHOWN = 6;

function names({ count: many, first }: { readonly count: number; readonly first: readonly Name[] }): string {
  const shown = first.slice(0, SHOWN).map(({ host }) => visible(host));
  return `${shown.join(', ')}${many > shown.length ? ` and ${many - shown.length} more` : ''}`;
}

/** Of many machines none is named in the file. */
const intentFor = (targets: readonly FleetTarget[], { newest, machines }: Fleet): Intent => ({
  schema: 1,
  madeAt: newest,
  host: null,
  close: targets.map(({ target, name, advised }) => ({
    ...target,
    for: 'everyone',
    // Without a name there is nothing to say of a port but its number.
    name: name === '' ? null : name,
    why: `Closing it is advised on ${advised.count} of ${count(machines, 'machine')}.`,
  })),
  keep: [],
  rest: 'leave',
});
