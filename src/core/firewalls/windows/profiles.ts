/**
 * What each profile does to what no rule names, and whose rules count in it.
 *
 * Group policy stands over what was set on the computer itself, value by value; what nobody set is enabled, inbound Block,
 * outbound Allow. Sources: [MS-FASP] 2.2.38 FW_PROFILE_CONFIG with its merge laws, [MS-GPFAS] 2.2.2 for the names in the
 * registry, Get-NetFirewallProfile on Microsoft Learn.
 */
import { type Gap } from '../../model.ts';
import { type GapWhy, gap } from '../../gaps/index.ts';
import * as is from '../../shape.ts';
import type { Snapshot } from '../../model.ts';
import { isLost, listed, pairSchema, windowsItems, windowsPart } from '../../machine/windows.ts';
import { fieldOf, memberOf, textsOf } from './json-values.ts';
import { PROFILES, type Profile } from './model.ts';

/** null everywhere: it cannot be told. */
export interface ProfileSettings {
  readonly enabled: boolean | null;
  readonly inbound: 'allow' | 'block' | null;
  readonly outbound: 'allow' | 'block' | null;
  /** No rule lets anything in ("block all incoming connections"). */
  readonly shielded: boolean | null;
  /** False: rules that were made on this computer are inert. */
  readonly localRules: boolean | null;
  /** Names or guids of interfaces that this profile does not filter; null: it cannot be told which. */
  readonly unfiltered: readonly string[] | null;
}

export type AllSettings = Readonly<Record<Profile, ProfileSettings>>;

/** Values of the registry by their names in lower case; null: they could not be read. */
type Values = ReadonlyMap<string, string | number> | null;

export interface SettingsRead {
  readonly settings: AllSettings;
  readonly gaps: readonly Gap[];
}

const WHAT = { kind: 'windows', part: 'settings' } as const;
const HOW = { kind: 'scan-again' } as const;
const ADMIN = { kind: 'as-administrator' } as const;
const NOT_GATHERED = { kind: 'not-gathered' } as const;

/**
 * A management service may have turned it off, or taken the force from rules, without any rule of its own: where that is not
 * ruled out, only the system itself tells.
 *
 * @param managed such a service sets rules here, and so perhaps settings
 */
export function readSettings(snapshot: Snapshot, managed: boolean): SettingsRead {
  const local = valuesOf(snapshot, 'localSettings');
  const policy = valuesOf(snapshot, 'policySettings');
  const effective = effectiveOf(snapshot);
  const settings = Object.fromEntries(
    PROFILES.map((profile) => [
      profile,
      effective.profiles?.[profile] ?? merged(local.of(profile), policy.of(profile)),
    ]),
  ) as Record<Profile, ProfileSettings>;
  const known = effective.profiles !== null;
  const others = windowsItems(snapshot, 'mdmSettings', pairSchema);
  const untold: GapWhy | null = others.why ?? (managed || others.items.length > 0 ? NOT_GATHERED : null);
  const why = known ? null : (local.why ?? policy.why ?? effective.bad ?? untold);
  return { settings, gaps: why === null ? [] : [gap({ what: WHAT, why, how: why.kind === 'refused' ? ADMIN : HOW })] };
}

interface Stored {
  readonly of: (profile: Profile) => Values;
  readonly why: GapWhy | null;
}

function valuesOf(snapshot: Snapshot, part: 'localSettings' | 'policySettings'): Stored {
  const read = windowsPart(snapshot, part);
  if ('why' in read) return { of: () => null, why: read.why };
  const all = new Map<Profile, Values>();
  let why: GapWhy | null = null;
  for (const profile of PROFILES) {
    const found = fieldOf(read.value, profile);
    const pairs = listed(found).map((one) => pairSchema.safeParse(one));
    const good = found !== undefined && !isLost(found) && pairs.every(({ success }) => success);
    if (!good) why = { kind: 'garbled', by: 'powershell' };
    const values = pairs.flatMap((pair) =>
      pair.success ? [[pair.data.name.toLowerCase(), pair.data.value] as const] : [],
    );
    all.set(profile, good ? new Map(values) : null);
  }
  return { of: (profile) => all.get(profile) ?? null, why };
}

/** One setting: policy over local, then the default. `undefined` of `read`: it is not set. */
function choose<T>(
  local: Values,
  policy: Values,
  names: readonly string[],
  read: (value: string | number) => T | null,
  otherwise: T,
): T | null {
  // Whatever was not read may hold it.
  if (policy === null) return null;
  for (const values of [policy, local]) {
    if (values === null) return null;
    const value = names.map((name) => values.get(name)).find((found) => found !== undefined);
    if (value !== undefined) return read(value);
  }
  return otherwise;
}

const number = (value: string | number): number | null =>
  typeof value === 'number' ? value : /^\d{1,10}$/.test(value) ? Number(value) : null;
const truth = (value: string | number): boolean | null => {
  const read = number(value);
  return read === null ? null : read !== 0;
};
/** 0 allows, 1 blocks. Source: [MS-GPFAS] 2.2.2, DefaultInboundAction. */
const action = (value: string | number): 'allow' | 'block' | null =>
  ({ 0: 'allow' as const, 1: 'block' as const })[number(value) ?? -1] ?? null;
const names = (value: string | number): readonly string[] | null =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== '')
    : null;

const merged = (local: Values, policy: Values): ProfileSettings => ({
  enabled: choose(local, policy, ['enablefirewall'], truth, true),
  inbound: choose(local, policy, ['defaultinboundaction'], action, 'block'),
  outbound: choose(local, policy, ['defaultoutboundaction'], action, 'allow'),
  shielded: shieldedBy(local, policy),
  localRules: mergesLocal(policy),
  unfiltered: choose(local, policy, ['disabledinterfaces', 'disabledinterfacealiases'], names, []),
});

/** Whoever sets it wins. Source: [MS-FASP] 2.2.38, the merge law of FW_PROFILE_CONFIG_SHIELDED. */
function shieldedBy(local: Values, policy: Values): boolean | null {
  const said = [local, policy].map((values) => {
    const value = values?.get('donotallowexceptions');
    return values === null ? null : value === undefined ? false : truth(value);
  });
  return said.includes(true) ? true : said.includes(null) ? null : false;
}

/** Only policy takes force from local rules. Source: the merge law of FW_PROFILE_CONFIG_ALLOW_LOCAL_POLICY_MERGE. */
function mergesLocal(policy: Values): boolean | null {
  const found = policy?.get('allowlocalpolicymerge');
  return policy === null ? null : found === undefined ? true : truth(found);
}

/** Members of GpoBoolean and of Action, as numbers and as names. */
const BOOLEAN = { False: 0, True: 1, NotConfigured: 2 };
const ACTION = { NotConfigured: 0, Allow: 2, Block: 4 };

/** What the system itself says is in force. */
function effectiveOf(snapshot: Snapshot): { readonly profiles: AllSettings | null; readonly bad: GapWhy | null } {
  const read = windowsPart(snapshot, 'effectiveProfiles');
  // Where it was not gathered the registry may tell; what failed says why.
  if ('why' in read) return { profiles: null, bad: read.why.kind === 'garbled' ? read.why : null };
  const found = new Map<string, ProfileSettings>();
  for (const one of listed(read.value)) {
    const name = fieldOf(one, 'Name');
    if (typeof name === 'string') found.set(name.toLowerCase(), effective(one));
  }
  const [domain, own, everyone] = PROFILES.map((profile) => found.get(profile));
  return domain === undefined || own === undefined || everyone === undefined
    ? { profiles: null, bad: { kind: 'garbled', by: 'powershell' } }
    : { profiles: { domain, private: own, public: everyone }, bad: null };
}

function effective(one: unknown): ProfileSettings {
  const flag = (name: string, otherwise: boolean): boolean | null => {
    const value = fieldOf(one, name);
    if (is.boolean.safeParse(value).success) return value === true;
    const member = memberOf(value, BOOLEAN);
    return member === null ? null : member === 'NotConfigured' ? otherwise : member === 'True';
  };
  const does = (name: string, otherwise: 'allow' | 'block'): 'allow' | 'block' | null => {
    const member = memberOf(fieldOf(one, name), ACTION);
    return member === null ? null : ({ NotConfigured: otherwise, Allow: 'allow', Block: 'block' } as const)[member];
  };
  const rules = flag('AllowInboundRules', true);
  const aliases = fieldOf(one, 'DisabledInterfaceAliases');
  // Some of the local rules are ignored then: which ones is not said in a way that could be told from here.
  const restricted = ['AllowUserApps', 'AllowUserPorts'].some(
    (name) => fieldOf(one, name) !== undefined && flag(name, true) !== true,
  );
  const local = flag('AllowLocalFirewallRules', true);
  return {
    enabled: flag('Enabled', true),
    inbound: does('DefaultInboundAction', 'block'),
    outbound: does('DefaultOutboundAction', 'allow'),
    shielded: rules === null ? null : !rules,
    localRules: local === true && restricted ? null : local,
    unfiltered:
      aliases === undefined || isLost(aliases)
        ? null
        : (textsOf(aliases)?.filter((text) => !/^notconfigured$/i.test(text)) ?? null),
  };
}
