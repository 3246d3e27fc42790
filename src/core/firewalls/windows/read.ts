/** Transcripts of a Windows computer -> its firewall's rules and settings, with what was not read. */
import { type GapHow, type GapWhy, gap } from '../../gaps/index.ts';
import { readAdapters } from '../../machine/index.ts';
import { isLost, listed, pairSchema, windowsItems, windowsPart } from '../../machine/windows.ts';
import type { Gap, Snapshot } from '../../model.ts';
import * as is from '../../shape.ts';
import { appRules } from './apps.ts';
import type { Policy } from './compile.ts';
import type { Environment } from './holder.ts';
import type { AnyRule, Store } from './model.ts';
import { readSettings } from './profiles.ts';
import { readRegistryRule } from './registry-rule.ts';
import { readJsonRules } from './rule-json.ts';

export interface WindowsRead {
  readonly policy: Policy;
  /** What could hold rules, or settings, and was not read: any makes every verdict unknown. */
  readonly gaps: readonly Gap[];
}

const SETTINGS = { kind: 'windows', part: 'settings' } as const;
const HOW = { kind: 'scan-again' } as const;
const GARBLED = { kind: 'garbled', by: 'powershell' } as const;
const ADMIN = { kind: 'as-administrator' } as const;

const known = new WeakMap<Snapshot, WindowsRead>();

/** Once of each snapshot: verdicts, states and plans all ask. */
export function readWindows(snapshot: Snapshot): WindowsRead {
  const read = known.get(snapshot) ?? readAnew(snapshot);
  known.set(snapshot, read);
  return read;
}

function readAnew(snapshot: Snapshot): WindowsRead {
  const found = stored(snapshot, 'localRules', 'local');
  // Windows always has some: none means that none was printed.
  const local = found.why === null && found.rules.length === 0 ? { ...found, why: GARBLED } : found;
  const policy = stored(snapshot, 'policyRules', 'policy');
  // What the older templates write is not understood here, so each entry may decide anything.
  const older = windowsItems(snapshot, 'policyExceptions', pairSchema);
  const exceptions = older.items.map(
    ({ name, value }): AnyRule => ({ id: name, store: 'policy', unread: `${name} = ${value}` }),
  );
  const mdm = stored(snapshot, 'mdmRules', 'mdm');
  const failed = [local, policy, mdm, older].some(({ why }) => why !== null);
  const shown = failed ? windowsPart(snapshot, 'rules') : null;
  const settings = readSettings(snapshot, mdm.rules.length > 0);
  const adapters = readAdapters(snapshot);
  const said = shown === null || 'why' in shown ? null : readJsonRules(shown.value);
  const ordinary = said ?? [...local.rules, ...policy.rules, ...exceptions, ...mdm.rules];
  const rules = [...ordinary, ...appRules(snapshot)];
  const gaps =
    said === null ? [...gapOf(local.why, 'rules'), ...gapOf(policy.why ?? older.why ?? mdm.why, 'policy')] : [];
  return {
    policy: {
      rules,
      settings: settings.settings,
      adapters: adapters.value,
      environment: environmentOf(snapshot),
      taken: takenOf(snapshot),
    },
    gaps: [...gaps, ...settings.gaps, ...withoutForce(snapshot)],
  };
}

const gapOf = (why: GapWhy | null, part: 'rules' | 'policy' | 'services' | 'products'): readonly Gap[] =>
  why === null ? [] : [gap({ what: { kind: 'windows', part }, why, how: howOf(why) })];

/** What would settle it: where rights were missing, more of them. */
export const howOf = (why: GapWhy): GapHow => (why.kind === 'refused' ? ADMIN : HOW);

/** A service that does not run is not read better another time. Source: Microsoft Learn, Start-Service. */
const START: GapHow = { kind: 'run-as-administrator', command: 'Start-Service mpssvc' };

const serviceSchema = is.object({ name: is.string });
const productSchema = is.object({ name: is.string, categories: is.unknown });

/** NET_FW_RULE_CATEGORY_FIREWALL. Source: Microsoft Learn, icftypes.h. */
const FIREWALL = 2;

/** Numbers, which may be printed as text; null: something else is among them, or none was printed. */
function kindsOf(value: unknown): readonly number[] | null {
  const all = listed(value).map((one) => (/^\d{1,9}$/.test(String(one)) ? Number(one) : null));
  return isLost(value) || all.includes(null) ? null : all.filter((one) => one !== null);
}

/** Where its service does not run, or another product has taken its place, its rules say nothing of what gets through. */
function withoutForce(snapshot: Snapshot): readonly Gap[] {
  const services = windowsItems(snapshot, 'services', serviceSchema);
  const runs = services.items.some(({ name }) => name.toLowerCase() === 'mpssvc');
  const stopped = services.why === null && !runs;
  const products = windowsItems(snapshot, 'products', productSchema);
  const kinds = products.items.map(({ name, categories }) => ({ name, of: kindsOf(categories) }));
  const other = kinds.find(({ of }) => of?.includes(FIREWALL));
  return [
    ...(stopped ? [gap({ what: SETTINGS, why: { kind: 'no-force', other: null }, how: START })] : []),
    ...(other === undefined
      ? []
      : [
          gap({
            what: SETTINGS,
            why: { kind: 'no-force', other: other.name },
            how: { kind: 'other-firewall', name: other.name },
          }),
        ]),
    // A list that was not read does not say that it runs.
    ...(runs ? [] : gapOf(services.why, 'services')),
    ...gapOf(products.why ?? (kinds.some(({ of }) => of === null) ? GARBLED : null), 'products'),
  ];
}

/**
 * While the server of file sharing runs, these ports are its own: Direct TCP and NetBIOS session service. Source: [MS-SMB]
 * 1.9 and 2.1; RFC 1002, 4.3.
 */
const takenOf = (snapshot: Snapshot): Policy['taken'] =>
  windowsItems(snapshot, 'services', serviceSchema).items.some(({ name }) => name.toLowerCase() === 'lanmanserver')
    ? [
        [139, 139],
        [445, 445],
      ]
    : [];

interface Stored {
  readonly rules: readonly AnyRule[];
  readonly why: GapWhy | null;
}

function stored(snapshot: Snapshot, part: 'localRules' | 'policyRules' | 'mdmRules', store: Store): Stored {
  const { items, why } = windowsItems(snapshot, part, pairSchema);
  return { rules: items.map(({ name, value }) => readRegistryRule(name, String(value), store)), why };
}

/** Variables that are the same for every account: the firewall does not run as the person who reads. */
const MACHINES =
  /^(systemroot|windir|systemdrive|programfiles|programfiles\(x86\)|programw6432|commonprogramfiles|commonprogramfiles\(x86\)|commonprogramw6432|programdata|allusersprofile|public)$/;

/** Variables that were not gathered stay in a path, which is then not compared for certain. */
function environmentOf(snapshot: Snapshot): Environment {
  const read = windowsPart(snapshot, 'environment');
  const value = 'why' in read ? null : read.value;
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(
    entries.flatMap(([name, text]) =>
      typeof text === 'string' && text !== '' && MACHINES.test(name.toLowerCase())
        ? [[name.toLowerCase(), text] as const]
        : [],
    ),
  );
}
