/** Many machines at once: reading them one file at a time, with what has been done on the last line of a terminal. */
import type { Fleet, Machine, Unread } from '../../../core/fleet/index.ts';
import { visible } from '../../../core/visible.ts';
import { fileSettings } from '../../settings.ts';
import type { Unit } from '../../fleet/files.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between two lines of what has been done. */
const EVERY = 200;

interface Each {
  readonly onMachine?: (machine: Machine) => void;
  readonly onUnread?: (unread: Unread) => void;
}

/** All of them as one. In bounded memory: of a machine nothing stays but what it adds. */
export async function readFleet(units: readonly Unit[], terminal: Terminal, each: Each = {}): Promise<Fleet> {
  const { addMachine, addUnread, emptyFleet } = await import('../../../core/fleet/index.ts');
  const { readAll } = await import('../../fleet/pool.ts');
  const { kept, gap } = await fileSettings().kept();
  if (gap !== null) terminal.note(`${visible(gap.what)}: ${visible(gap.why)}.\n`);
  const fleet = emptyFleet();
  const hosts = new Set<string>();
  let [shown, twice] = [0, 0];
  try {
    await readAll({
      units,
      kept: [...kept],
      onDone: ({ machines, unread }, at) => {
        for (const machine of machines) {
          const { host } = machine.name;
          if (hosts.has(host)) twice++;
          else if (hosts.size < HOSTS) hosts.add(host);
          addMachine(fleet, machine);
          each.onMachine?.(machine);
        }
        for (const one of unread) {
          addUnread(fleet, one);
          each.onUnread?.(one);
        }
        if (performance.now() - shown < EVERY) return;
        shown = performance.now();
        terminal.status(`Read ${at + 1} of ${units.length} files: ${fleet.machines} machines …`);
      },
    });
  } finally {
    terminal.status(null);
  }
  if (twice > 0)
    terminal.note(
      `${twice} of them ${twice === 1 ? 'has' : 'have'} the name of another one. Each file counts as a machine of its own.\n`,
    );
  return fleet;
}

/** Names that are remembered, to tell that one comes again. */
const HOSTS = 100_000;
