/**
 * The networking that WSL has, by the person's own .wslconfig and by policy, read as WSL itself reads them.
 *
 * A value ends at `#` outside quotes, `"` and `\` are taken off, and of one key the first line counts, `wsl2` and
 * `experimental` being two names of it. With none the policy DefaultNetworkingMode decides, else it is NAT; where policy
 * forbids an own choice (AllowNetworkingModeUserSetting 0), `none` is the only one that still counts. Mirrored networking has
 * the Hyper-V firewall always, elsewhere `firewall=false` takes it away unless AllowFirewallUserSetting is 0.
 *
 * Sources: microsoft/WSL, src/shared/configfile/configfile.cpp (ParseConfigFile, ConfigKey::Parse),
 * src/windows/common/WslCoreConfig.cpp (ParseConfigFile, Initialize) and WslCoreConfig.h (NetworkingModes, whose numbers are
 * those of the policy), src/windows/inc/wslpolicies.h (HKLM\Software\Policies\WSL).
 */
import { windowsItems } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';

/** `other`: a network of its own behind this computer. `bridged`: an address of its own in the network. */
export type WslNetworking = 'mirrored' | 'bridged' | 'none' | 'other';

export interface WslSettings {
  /** null: not known. */
  readonly networking: WslNetworking | null;
  /** The Hyper-V firewall is taken away by .wslconfig. */
  readonly unfiltered: boolean;
}

/** Those that are named; virtioproxy is the older name of consomme. */
const MODES: ReadonlyMap<string, WslNetworking> = new Map([
  ['none', 'none'],
  ['nat', 'other'],
  ['bridged', 'bridged'],
  ['mirrored', 'mirrored'],
  ['virtioproxy', 'other'],
  ['consomme', 'other'],
]);
/** By the numbers of the policy. Bridged (2) needs more than a number, so WSL does not take it from there. */
const DEFAULTS: ReadonlyMap<number, WslNetworking> = new Map([
  [0, 'none'],
  [3, 'mirrored'],
]);
const NO = /^(false|0)$/i;

const pairSchema = is.object({ name: is.filled, value: is.either(is.string, is.number) });

export function wslSettings(snapshot: Snapshot): WslSettings {
  const file = fileOf(snapshot);
  const policy = policyOf(snapshot);
  const networking = networkingOf(file, policy);
  // An account that was not seen, a policy that was not read: then it is not said to be away.
  const away = NO.test(file?.get('firewall') ?? '') && policy !== null && policy.get('allowfirewallusersetting') !== 0;
  return { networking, unfiltered: away && networking !== null && networking !== 'mirrored' };
}

type Read = ReadonlyMap<string, string> | null;
type Policy = ReadonlyMap<string, number> | null;

function networkingOf(file: Read, policy: Policy): WslNetworking | null {
  const said = file?.get('networkingmode');
  const own = said === undefined ? undefined : MODES.get(said.toLowerCase());
  // Policy never takes away that there is no network. Mirrored is kept where policy was not read: nothing is hidden then.
  if (own === 'none' || (policy === null && own === 'mirrored')) return own;
  if (policy === null) return null;
  const byDefault = DEFAULTS.get(policy.get('defaultnetworkingmode') ?? 1) ?? 'other';
  const fixed = policy.get('allownetworkingmodeusersetting') === 0;
  if (file === null) return fixed && byDefault !== 'mirrored' ? byDefault : null;
  if (fixed || said === undefined) return byDefault;
  // A mode that is not known here may be one of a newer WSL.
  return own ?? null;
}

/** By their keys in lower case, the first line of each. Null: they were not read. */
function fileOf(snapshot: Snapshot): Read {
  const { items, why } = windowsItems(snapshot, 'wsl', pairSchema);
  if (why !== null) return null;
  const all = new Map<string, string>();
  for (const { name, value } of items) {
    const key = /^(?:wsl2|experimental)\.(\w+)$/i.exec(name)?.[1]?.toLowerCase();
    const read = valueIn(String(value));
    if (key !== undefined && read !== null && !all.has(key)) all.set(key, read);
  }
  return all;
}

/** Numbers alone count there. Null: they were not read. */
function policyOf(snapshot: Snapshot): Policy {
  const { items, why } = windowsItems(snapshot, 'wslPolicy', pairSchema);
  if (why !== null) return null;
  return new Map(
    items.flatMap(({ name, value }): readonly (readonly [string, number])[] =>
      typeof value === 'number' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', b: '\b', n: '\n', t: '\t' };

/**
 * What stands behind `=`, as WSL takes it. Null: it is no such line, and is passed over there. One that goes on in the next
 * line keeps its `\`, so that it is no word that is known.
 */
function valueIn(text: string): string | null {
  let value = '';
  // Blanks at the end are cut off but where quotes hold them.
  let length = 0;
  let quoted = false;
  const raw = text.replace(/^[ \t]+/, '');
  for (let at = 0; at < raw.length; at++) {
    const sign = raw.charAt(at);
    if (sign === '#' && !quoted) break;
    if (sign === '"') quoted = !quoted;
    else if (sign === '\\') {
      if (at === raw.length - 1) return `${value}\\`;
      const meant = ESCAPES[raw.charAt(++at)];
      if (meant === undefined) return null;
      value += meant;
    } else value += sign;
    if (sign !== ' ' && sign !== '\t') length = value.length;
  }
  return quoted ? null : value.slice(0, length);
}
