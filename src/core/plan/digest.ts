/** A fingerprint of the rules that a plan was made from. Counters, times and handles do not count; every rule does. */
import type { Snapshot } from '../model.ts';
import { firewalld, windows } from '../firewalls/registry.ts';
import { find } from '../transcripts.ts';
import { canonicalJson } from './canonical.ts';

const FILES = [
  '/etc/portcullis/table.nft',
  '/etc/default/ufw',
  ...['ufw.conf', 'user.rules', 'user6.rules', 'before.rules', 'before6.rules', 'after.rules', 'after6.rules'].map(
    (name) => `/etc/ufw/${name}`,
  ),
].map((path) => `file:${path}`);
const KERNEL = ['iptables-save', 'ip6tables-save', 'iptables-legacy-save', 'ip6tables-legacy-save'];

const withoutCounters = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replace(/^\[\d+:\d+\] |\[\d+:\d+\]$/g, ''))
    .join('\n');

/** nft's JSON: counters, what a quota has used and how long an element still lives change by themselves. */
const withoutUse = (text: string): string =>
  text.replace(/"(packets|bytes|used|expires|handle|index)":\s*\d+/g, '"$1":0');

/** Rich rules of firewalld's zones, now and kept; firewalld gives the same ones in an order of its own. */
function zoneRules(snapshot: Snapshot): readonly unknown[] {
  const { value: state } = firewalld.readFirewalld(snapshot);
  if (state?.running !== true) return [];
  return [state.zones, state.keptZones].map((zones) =>
    [...zones]
      .map(([name, { richRules }]) => [name, [...richRules].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** SHA-256, hex, over ufw's files, firewalld's rules and the kernel's; of Windows over its firewall's rules and settings. `sha256` takes text and gives hex. */
export function rulesDigest(snapshot: Snapshot, sha256: (text: string) => string): string {
  if (snapshot.platform === 'win32') return sha256(canonicalJson(windows.digestParts(snapshot)));
  const parts = (ids: readonly string[], clean: (text: string) => string) =>
    ids.map((id) => {
      const transcript = find(snapshot, id);
      return [id, transcript?.failure ?? null, transcript === undefined ? null : clean(transcript.stdout)];
    });
  return sha256(
    canonicalJson([
      ...parts(FILES, (text) => text),
      ...parts(KERNEL, withoutCounters),
      ...parts(['nft'], withoutUse),
      ...zoneRules(snapshot),
    ]),
  );
}
