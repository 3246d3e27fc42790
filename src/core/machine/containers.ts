/** `docker ps` -> which container publishes which port. */
import * as is from '../shape.ts';
import type { Snapshot } from '../model.ts';
import { find } from '../transcripts.ts';
import { jsonLines } from './json-lines.ts';

const schema = is.object({ Names: is.filled, Ports: is.string });

/**
 * `tcp/8080` -> `web`. Docker prints `0.0.0.0:8080->80/tcp, :::8080->80/tcp, 127.0.0.1:9000-9002->9000-9002/tcp`. A name is
 * a comfort: where it was not read, none is known, and that is no gap.
 */
export function readContainers(snapshot: Snapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { Names, Ports } of jsonLines(find(snapshot, 'docker.ps')?.stdout ?? '', schema).items) {
    const [name = Names] = Names.split(',');
    for (const [, first, last, protocol] of Ports.matchAll(/:(\d+)(?:-(\d+))?->[\d-]+\/(tcp|udp)/g))
      for (let port = Number(first); port <= Math.min(Number(last ?? first), 65535); port++)
        names.set(`${protocol}/${port}`, name);
  }
  return names;
}
