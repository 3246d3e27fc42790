/** systemd's system units as `systemctl show` prints them: what runs, what starts it, what depends on it. systemd.unit(5). */
import type { Gap, Operation, Reading, Snapshot } from '../model.ts';
import { find, gapOf } from '../transcripts.ts';

export interface Unit {
  readonly id: string;
  readonly active: boolean;
  /** It was removed, or masked: it cannot be started. LoadState. */
  readonly gone: boolean;
  /** `enabled`, `disabled`, `static`, `masked`, …: UnitFileState. */
  readonly file: string;
  /** What systemd starts this one for: its sockets, paths, timers. */
  readonly triggeredBy: readonly string[];
  /** What systemd starts for this socket, path or timer. */
  readonly triggers: readonly string[];
  /** What starts it along with itself, if it can. */
  readonly wantedBy: readonly string[];
  /** What stops with it. */
  readonly neededBy: readonly string[];
  /** It may not be stopped by hand. */
  readonly refusesStop: boolean;
}

export const UNITS = 'systemctl.units';
const PROPERTIES = [
  'Id',
  'LoadState',
  'ActiveState',
  'UnitFileState',
  'TriggeredBy',
  'Triggers',
  'WantedBy',
  'RequiredBy',
  'BoundBy',
  'ConsistsOf',
  'RefuseManualStop',
] as const;

/**
 * What is to be run for the transcript `UNITS`. What neither runs nor starts with the computer is not among those that
 * systemd has in mind: such units are named.
 */
export const listUnits = (named: readonly string[]): readonly string[] => [
  'systemctl',
  'show',
  '--no-pager',
  `--property=${PROPERTIES.join(',')}`,
  '*',
  ...named.filter((id) => UNIT_NAME.test(id)),
];

/** The units that operations stop or start. */
export const unitsIn = (operations: readonly Operation[]): readonly string[] => [
  ...new Set(operations.flatMap((one) => ('unit' in one ? one.unit : []))),
];

/** A system unit's own name, as systemd allows it: systemd.unit(5). It never begins like an option. */
export const UNIT_NAME = /^[A-Za-z0-9_][A-Za-z0-9:_.\\@-]{0,200}\.(service|socket|path|timer)$/;

/** Gaps: the units are not known. */
export function readUnits(snapshot: Snapshot): Reading<ReadonlyMap<string, Unit>> {
  const transcript = find(snapshot, UNITS);
  const gap: Gap | null = gapOf(transcript, { kind: 'units' }, { kind: 'command', command: 'systemctl list-units' });
  if (gap !== null) return { value: new Map(), gaps: [gap] };
  const units = (transcript?.stdout ?? '').split('\n\n').flatMap((block) => unitOf(block) ?? []);
  return { value: new Map(units.map((unit) => [unit.id, unit])), gaps: [] };
}

function unitOf(block: string): Unit | null {
  const of = new Map(
    block.split('\n').flatMap((line): readonly [string, string][] => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
  const id = of.get('Id');
  if (id === undefined || id === '') return null;
  const list = (key: (typeof PROPERTIES)[number]): readonly string[] =>
    (of.get(key) ?? '').split(' ').filter((word) => word !== '');
  return {
    id,
    active: !['inactive', 'failed'].includes(of.get('ActiveState') ?? ''),
    gone: ['not-found', 'masked'].includes(of.get('LoadState') ?? ''),
    file: of.get('UnitFileState') ?? '',
    triggeredBy: list('TriggeredBy'),
    triggers: list('Triggers'),
    wantedBy: list('WantedBy'),
    neededBy: [...new Set([...list('RequiredBy'), ...list('BoundBy'), ...list('ConsistsOf')])],
    refusesStop: of.get('RefuseManualStop') === 'yes',
  };
}

/** The text of a unit's block with another state. */
export function printAs(stdout: string, id: string, now: { readonly active: boolean; readonly file: string }): string {
  return stdout
    .split('\n\n')
    .map((block) => {
      if (unitOf(block)?.id !== id) return block;
      return block
        .replace(/^ActiveState=.*$/m, `ActiveState=${now.active ? 'active' : 'inactive'}`)
        .replace(/^UnitFileState=.*$/m, `UnitFileState=${now.file}`);
    })
    .join('\n\n');
}
