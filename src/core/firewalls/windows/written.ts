/** Every rule in words: what it asks, whose it is, where it counts, and whether something listens that it is for. */
import { formatSet } from '../../address.ts';
import { has } from '../../intervals.ts';
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Family, Listener, Snapshot, WindowsRuleWords } from '../../model.ts';
import { type Gist, type WrittenRule, gistFor } from '../gist.ts';
import type { Policy } from './compile.ts';
import { isIgnored, profilesOf } from './force.ts';
import { isFor } from './holder.ts';
import { type AnyRule, type Profile, type WindowsRule, isUnread } from './model.ts';
import { nameOf } from './name.ts';
import { overriddenBy } from './overridden.ts';
import { type RuleGroups, groupOf, groupsOf, ownerOf } from './owner.ts';
import { possibleProfiles } from './in-use.ts';
import type { AllSettings } from './profiles.ts';

export interface WrittenWindowsRule extends WrittenRule {
  readonly windows: WindowsRuleWords;
  /** The block that undoes all of it. */
  readonly undoneBy: string | null;
  /** What listens for others that it is for; null: it is for something else than ports. */
  readonly meets: {
    /** Ids of listeners that it is for, and that it asks nothing else of. */
    readonly listeners: readonly string[];
    /** It may be for others. */
    readonly perhaps: boolean;
  } | null;
}

export interface WrittenFrom {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly listeners: readonly Listener[];
  readonly holderOf: (pid: number | null) => WindowsHolder;
}

export function writtenWindows({ snapshot, policy, listeners, holderOf }: WrittenFrom): readonly WrittenWindowsRule[] {
  const { rules, settings, adapters } = policy;
  const groups = groupsOf(snapshot);
  const used = possibleProfiles(adapters);
  const undone = overriddenBy(rules, settings);
  const meets = meetings(policy, listeners, holderOf);
  return rules.map((rule) => {
    if (isUnread(rule)) return unreadable(rule);
    const block = undone.get(rule);
    return {
      firewall: 'windows',
      place: null,
      text: nameOf(rule),
      action: actionOf(rule),
      traffic: rule.direction === 'out' ? 'out' : 'in',
      gists: rule.action === null || rule.direction === null ? [] : [gistOf(rule)],
      families: familiesOf(rule),
      kernel: null,
      ...ownerOf(rule, groups),
      windows: wordsOf(rule, groups, settings, used),
      undoneBy: block === undefined ? null : nameOf(block),
      meets: meets(rule),
    };
  });
}

/** It may be about anything. */
const unreadable = (rule: Extract<AnyRule, { readonly unread: string }>): WrittenWindowsRule => ({
  firewall: 'windows',
  place: null,
  text: rule.unread,
  action: 'depends',
  traffic: 'in',
  gists: [],
  families: [4, 6],
  owner: 'tool',
  tool: null,
  kernel: null,
  windows: { profiles: null, program: null, service: null, app: false, group: null, standing: 'counts' },
  undoneBy: null,
  meets: null,
});

function actionOf({ action, direction, secure }: WindowsRule): WrittenRule['action'] {
  if (direction === null) return 'depends';
  switch (action) {
    case null:
      return 'depends';
    case 'block':
      return secure ? 'depends' : 'deny';
    case 'bypass':
      // Only who is authenticated as it asks gets in by it.
      return 'depends';
    case 'allow':
      return 'allow';
  }
}

const FAMILIES: readonly Family[] = [4, 6];

/** A condition on addresses of one family says that the other does not match. */
const familiesOf = ({ remote }: WindowsRule): readonly Family[] =>
  remote === null
    ? FAMILIES
    : FAMILIES.filter((family) => {
        const { set, words, open } = remote[family];
        return set.length + words.length + open.length > 0;
      });

/** Words such as `LocalSubnet` stand as Windows has them. Of what goes out, the ports are those that it goes to. */
function gistOf(rule: WindowsRule): Gist {
  const { protocol, direction, local, remote, interfaces, narrows, secure, packaged, family } = rule;
  const out = direction === 'out';
  const [ports, others] = out ? [rule.remotePorts, rule.localPorts] : [rule.localPorts, rule.remotePorts];
  const asksMore =
    (ports?.open.length ?? 0) > 0 ||
    FAMILIES.some((one) => (remote?.[one].open.length ?? 0) > 0) ||
    others !== null ||
    local !== null ||
    (out && remote !== null) ||
    interfaces.length + narrows.length > 0 ||
    [secure, packaged, family !== null].includes(true);
  return gistFor(familiesOf(rule), {
    protocols: protocol === null ? null : [[protocol, protocol]],
    ports: ports === null ? null : ports.sure,
    from: remote === null || out ? null : sourcesOf(remote),
    more: asksMore,
  });
}

const sourcesOf = (remote: NonNullable<WindowsRule['remote']>): readonly string[] => [
  ...new Set(
    FAMILIES.flatMap((one) => [
      ...formatSet(remote[one].set, one).map((text) => text.replace(one === 4 ? /\/32$/ : /\/128$/, '')),
      ...remote[one].words,
    ]),
  ),
];

function wordsOf(
  rule: WindowsRule,
  groups: RuleGroups,
  settings: AllSettings,
  used: readonly Profile[],
): WindowsRuleWords {
  return {
    profiles: rule.profiles !== null && rule.profiles.length === 3 ? null : rule.profiles,
    program: rule.app,
    service: rule.service,
    app: rule.packaged || rule.family !== null,
    group: groupOf(rule, groups),
    standing: rule.active ? standingOf(rule, settings, used) : 'off',
  };
}

/** Where it counts in one of its networks, that is told; in those that the computer may be in, before others. */
function standingOf(rule: WindowsRule, settings: AllSettings, used: readonly Profile[]): WindowsRuleWords['standing'] {
  const own = profilesOf(rule);
  const here = own.filter((profile) => used.includes(profile));
  const stands = (profile: Profile): WindowsRuleWords['standing'] => {
    const { enabled, shielded, inbound } = settings[profile];
    if (enabled === false) return 'firewall-off';
    if (isIgnored(rule, profile, settings)) return 'policy';
    const lets = rule.direction === 'in' && rule.action === 'allow';
    return lets && shielded === true && inbound === 'block' ? 'shielded' : 'counts';
  };
  const all = (here.length === 0 ? own : here).map(stands);
  const [first = 'counts'] = all;
  if (!all.every((one) => one === first)) return 'counts';
  return first === 'counts' && here.length === 0 && used.length > 0 ? 'elsewhere' : first;
}

const NUMBER = { tcp: 6, udp: 17 } as const;

/** Told apart by protocol, port and file first: most rules are for other programs. */
function meetings(
  { environment }: Policy,
  listeners: readonly Listener[],
  holderOf: WrittenFrom['holderOf'],
): (rule: WindowsRule) => WrittenWindowsRule['meets'] {
  const sockets = listeners.flatMap(({ id, protocol, port, sockets: own }) =>
    [...new Set(own.filter(({ address }) => !/^(127\.|::1$)/.test(address)).map(({ pid }) => pid))].map((pid) => ({
      id,
      protocol: NUMBER[protocol],
      port,
      holder: holderOf(pid),
    })),
  );
  return (rule) => {
    const { protocol, localPorts, app } = rule;
    if (rule.direction !== 'in' || (protocol !== null && protocol !== 6 && protocol !== 17)) return null;
    const plain = !rule.secure && rule.narrows.length + rule.interfaces.length === 0 && rule.local === null;
    const found = new Set<string>();
    let perhaps = false;
    for (const one of sockets) {
      if (protocol !== null && protocol !== one.protocol) continue;
      const atPort = localPorts === null || has(localPorts.sure, one.port);
      if (!atPort && localPorts.open.length === 0) continue;
      if (app !== null && isOtherFile(app, one.holder.file)) continue;
      const holds = isFor(rule, one.holder, environment);
      if (holds === true && atPort && plain) found.add(one.id);
      else if (holds !== false) perhaps = true;
    }
    return { listeners: [...found], perhaps };
  };
}

/** The same as `isFor` says of two names of files that differ, without looking at paths. */
const isOtherFile = (app: string, file: string | null): boolean => {
  if (file === null || /[%~"]/.test(app.slice(app.lastIndexOf('\\') + 1))) return false;
  return (
    app
      .slice(app.lastIndexOf('\\') + 1)
      .trim()
      .toLowerCase() !== file.toLowerCase()
  );
};
