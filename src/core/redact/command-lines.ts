/** Command lines -> no more of them than names the service. */
import { identify, readLocalNames, tunnelsOf } from '../catalog/index.ts';
import { readListeners, readProcesses } from '../listeners/index.ts';
import type { Listener, Snapshot } from '../model.ts';

const GONE = '…';

/**
 * For each command line of the snapshot's processes what is left of it: the words without which a listener of that
 * process would be taken for something else, or a tunnel for none, `…` for the rest. `python3 -m http.server` may stay, `--token 1234` never
 * does, unless a port's name depends on it.
 */
export function commandLineRedactor(snapshot: Snapshot): (pid: number, commandLine: string) => string {
  const names = readLocalNames(snapshot);
  const listeners = readListeners(snapshot).value;
  const processes = new Map(readProcesses(snapshot).map((one) => [one.pid, one]));
  const publishes = (pid: number, cmdline: string): string => {
    const process = processes.get(pid);
    return process === undefined ? '' : JSON.stringify(tunnelsOf({ ...process, cmdline }));
  };
  const nameOf = (listener: Listener, commandLine: string): string => {
    const { service, by, name } = identify({ ...listener, owner: { ...listener.owner, commandLine } }, names);
    return `${service?.id ?? ''} ${by} ${name}`;
  };
  return (pid, commandLine) => {
    const own = listeners.filter(({ owner }) => owner.pid === pid);
    const same = (candidate: string): boolean =>
      own.every((listener) => nameOf(listener, candidate) === nameOf(listener, commandLine)) &&
      publishes(pid, candidate) === publishes(pid, commandLine);
    if (same(GONE)) return GONE;
    const words = commandLine.split(' ');
    for (const [index, word] of words.entries()) {
      const shorter = [GONE, word.slice(word.lastIndexOf('/') + 1)];
      for (const candidate of shorter) {
        if (!same(words.with(index, candidate).join(' '))) continue;
        words[index] = candidate;
        break;
      }
    }
    return words.filter((word, index) => word !== GONE || words[index - 1] !== GONE).join(' ');
  };
}
