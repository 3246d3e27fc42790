/**
 * What firewalld says of itself: whether it runs, its zones as they act now, and as they are kept for the next start. The
 * kernel's rules have the last word on reach; this gives them their names.
 *
 * Transcripts: `firewalld.running` is there on every machine that has firewalld. The next ones anybody may ask for:
 * `firewalld.default-zone`, `.active-zones`, `.panic`; what stands in zones, policies and services only root:
 * `firewalld.zone:home`, `.policy:NAME`, `.service:NAME`, and `firewalld.kept-zone:home`, `.kept-policy:NAME` for the
 * permanent form. `file:/etc/firewalld/firewalld.conf` and the file of its default zone, where firewalld is off.
 */
import { type GapHow, type GapWhat, gap } from '../../gaps/index.ts';
import type { Gap, Reading, Snapshot } from '../../model.ts';
import { find, gapOf, whyNot } from '../../transcripts.ts';
import { isDictionary, replyOf, stringsOf } from './replies.ts';
import { type Service, type Settings, serviceOf, settingsOf } from './settings.ts';

interface Binding {
  readonly interfaces: readonly string[];
  readonly sources: readonly string[];
}

export interface FirewalldState {
  /** null = cannot tell. */
  readonly running: boolean | null;
  readonly defaultZone: string | null;
  /** Target of the default zone where firewalld is off and only its files can say. */
  readonly defaultTarget: string | null;
  /** Zones that interfaces or sources are bound to; null = cannot tell. */
  readonly active: ReadonlyMap<string, Binding> | null;
  readonly panic: boolean | null;
  /** Zones in use (the default one among them) and policies, as they act now. */
  readonly zones: ReadonlyMap<string, Settings>;
  readonly policies: ReadonlyMap<string, Settings>;
  readonly services: ReadonlyMap<string, Service>;
  /** The same as they are kept on disk. */
  readonly keptZones: ReadonlyMap<string, Settings>;
  readonly keptPolicies: ReadonlyMap<string, Settings>;
  /** Everything of zones and policies was read: nothing is missing in the maps. */
  readonly whole: boolean;
}

const EXACT: GapHow = { kind: 'exact' };
const GARBLED = { kind: 'garbled', by: 'firewalld' } as const;
const CONF = 'file:/etc/firewalld/firewalld.conf';

/** firewalld's state, or null where it is not installed. Every part that could not be read is a gap. */
export function readFirewalld(snapshot: Snapshot): Reading<FirewalldState | null> {
  const asked = find(snapshot, 'firewalld.running');
  if (asked === undefined) return { value: null, gaps: [] };
  const gaps: Gap[] = [];
  type Part = Extract<GapWhat, { readonly kind: 'firewalld' }>['part'];
  const reply = <T>(id: string, part: Part, fits: (value: unknown) => T | null): T | null => {
    const transcript = find(snapshot, id);
    const what: GapWhat = { kind: 'firewalld', part };
    const failed = gapOf(transcript, what, EXACT);
    const value = failed === null && transcript !== undefined ? fits(replyOf(transcript.stdout)) : null;
    if (failed !== null) gaps.push(failed);
    else if (value === null)
      gaps.push(gap({ what, why: GARBLED, how: { kind: 'command', command: 'firewall-cmd --state' } }));
    return value;
  };
  const boolean = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);
  const running = reply('firewalld.running', 'on', boolean);
  if (running !== true) return { value: switchedOff(snapshot, running), gaps };
  const defaultZone = reply('firewalld.default-zone', 'default-zone', (value) =>
    typeof value === 'string' && value !== '' ? value : null,
  );
  const active = reply('firewalld.active-zones', 'active-zones', bindingsOf);
  const panic = reply('firewalld.panic', 'panic', boolean);
  const contents = readContents(snapshot);
  gaps.push(...contents.gaps);
  return { value: { running, defaultZone, defaultTarget: null, active, panic, ...contents.value }, gaps };
}

const nothingRead = {
  active: null,
  zones: new Map<string, Settings>(),
  policies: new Map<string, Settings>(),
  services: new Map<string, Service>(),
  keptZones: new Map<string, Settings>(),
  keptPolicies: new Map<string, Settings>(),
  whole: false,
};

/** Its settings name the default zone, and that zone's file the target. Defaults: firewalld.conf(5), firewalld.zone(5). */
function switchedOff(snapshot: Snapshot, running: boolean | null): FirewalldState {
  const conf = find(snapshot, CONF);
  const zone = conf?.failure === null ? (/^DefaultZone=(\S+)/m.exec(conf.stdout)?.[1] ?? 'public') : null;
  const files = ['/etc/firewalld', '/usr/lib/firewalld'].map((folder) =>
    find(snapshot, `file:${folder}/zones/${zone}.xml`),
  );
  const file = files.find((one) => one?.failure === null);
  const target = file === undefined ? null : (/<zone\b[^>]*\btarget="([^"]*)"/.exec(file.stdout)?.[1] ?? 'default');
  return { ...nothingRead, running, defaultZone: zone, defaultTarget: target, panic: running === false ? false : null };
}

function bindingsOf(value: unknown): ReadonlyMap<string, Binding> | null {
  if (!isDictionary(value)) return null;
  return new Map(
    Object.entries(value).map(([zone, bound]) => {
      const { interfaces, sources } = isDictionary(bound) ? bound : {};
      return [zone, { interfaces: stringsOf(interfaces), sources: stringsOf(sources) }];
    }),
  );
}

type Contents = Pick<FirewalldState, 'zones' | 'policies' | 'services' | 'keptZones' | 'keptPolicies' | 'whole'>;

function readContents(snapshot: Snapshot): Reading<Contents> {
  const gaps: Gap[] = [];
  const list = find(snapshot, 'firewalld.policies');
  const why = whyNot(list);
  if (why !== null) gaps.push(gap({ what: { kind: 'firewalld', part: 'zones' }, why, how: EXACT }));
  type Kind = Extract<GapWhat, { readonly kind: 'firewalld-entry' }>['of'];
  const all = <T>(kind: Kind, make: (reply: Record<string, unknown>) => T): ReadonlyMap<string, T> => {
    const found = new Map<string, T>();
    const prefix = `firewalld.${kind}:`;
    for (const transcript of snapshot.transcripts) {
      if (!transcript.id.startsWith(prefix)) continue;
      const name = transcript.id.slice(prefix.length);
      const value = transcript.failure === null ? replyOf(transcript.stdout) : undefined;
      if (isDictionary(value)) found.set(name, make(value));
      else {
        const what: GapWhat = { kind: 'firewalld-entry', of: kind, name };
        gaps.push(gap({ what, why: whyNot(transcript) ?? GARBLED, how: EXACT }));
      }
    }
    return found;
  };
  const value = {
    zones: all('zone', (reply) => settingsOf(reply, 'default')),
    policies: all('policy', (reply) => settingsOf(reply, 'CONTINUE')),
    services: all('service', serviceOf),
    keptZones: all('kept-zone', (reply) => settingsOf(reply, 'default')),
    keptPolicies: all('kept-policy', (reply) => settingsOf(reply, 'CONTINUE')),
  };
  return { value: { ...value, whole: gaps.length === 0 }, gaps };
}

/** Why a zone's rules cannot be found in the kernel, or null. */
export function kernelGap(snapshot: Snapshot): Gap | null {
  const nft = find(snapshot, 'nft');
  const unread = gapOf(nft, { kind: 'nftables-list' }, EXACT);
  if (unread !== null || /"table": ?"firewalld"/.test(nft?.stdout ?? '')) return unread;
  return gap({ what: { kind: 'firewalld-in-kernel' }, why: { kind: 'not-nftables' }, how: { kind: 'other-tools' } });
}
