/** Kernel settings that change who gets through. */
import * as is from '../shape.ts';
import { type GapHow, type GapWhat, gap } from '../gaps/index.ts';
import type { Gap, Reading } from '../model.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { find } from '../transcripts.ts';
import { readLines } from './json-lines.ts';

const WHAT: GapWhat = { kind: 'sysctls' };
const HOW: GapHow = { kind: 'run', command: 'sysctl net.ipv4.conf net.ipv6.conf' };

/** `value` where it was read; `error` where the kernel has the setting and would not tell it. */
const schema = is.either(
  is.object({ key: is.string, value: is.string }),
  is.object({ key: is.string, error: is.string }),
);

/** `net.ipv4.conf.all.route_localnet` -> `0`. A setting that the kernel does not have is absent. */
export const readSysctls = perSnapshot((snapshot): Reading<ReadonlyMap<string, string>> => {
  const { items, gaps } = readLines(find(snapshot, 'sysctl'), schema, WHAT, HOW);
  const value = new Map<string, string>();
  let refused = 0;
  for (const item of items) {
    if ('value' in item) value.set(item.key, item.value);
    else refused++;
  }
  const unread: Gap[] =
    refused === 0 ? [] : [gap({ what: WHAT, why: { kind: 'settings-refused', count: refused }, how: HOW })];
  return { value, gaps: [...gaps, ...unread] };
});
