/**
 * The one list of firewalls: what state each is in, which ports the user's rules open, and who writes files for whom.
 * Nobody else imports a backend; plans reach them through here.
 */
import type {
  Deciding,
  Family,
  FirewallState,
  Gap,
  Layer,
  Operation,
  Policy,
  Protocol,
  Reading,
  Snapshot,
  Target,
  UfwTuple,
} from '../model.ts';
import { problem } from '../problem.ts';
import { predictEnd, predictServices } from '../services/index.ts';
import { find, gapOf } from '../transcripts.ts';
import * as alf from './alf/index.ts';
import * as firewalld from './firewalld/index.ts';
import { isOfIptables } from './netfilter/index.ts';
import type { Netfilter } from './netfilter/model.ts';
import { type NftChain, parseNft } from './netfilter/nft-json.ts';
import { isByHand, isForAll, plainRules, portsOf } from './netfilter/owned.ts';
import { type GapWhat, gap } from '../gaps/index.ts';
import type { WrittenRule } from './gist.ts';
import type { OwnedRule } from './owned.ts';
import * as pf from './pf/index.ts';
import * as table from './table/index.ts';
import * as ufw from './ufw/index.ts';
import * as windows from './windows/index.ts';

export { exportUfw } from './ufw/script.ts';
export type { BlockLine } from './ufw/script-block.ts';
export { alf, firewalld, isByHand, pf, table, ufw, windows };
export type FirewalldNotes = firewalld.FirewalldNotes;
export type WindowsNotes = windows.WindowsNotes;
export type WrittenWindowsRule = windows.WrittenWindowsRule;

/** An allow rule of the user's for exactly one port. Ranges and lists are left alone: they open more than one thing. */
interface Opening {
  readonly target: Target;
  readonly firewall: 'ufw';
  readonly rule: string;
  /** In which it stands: half of it may have been deleted. */
  readonly families: readonly Family[];
  /** The command that deletes it in the one family that is left. */
  readonly removal: readonly string[];
}

/** Gaps that leave the number of rules open. */
const OF_RULES: ReadonlySet<GapWhat['kind']> = new Set(['ufw-rules', 'ufw-rules-end', 'ufw-rule']);

function ufwState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { value: state, gaps } = ufw.readUfw(snapshot);
  if (state === null) return { value: [], gaps };
  const kernel = ufw.whyNoKernel(snapshot, 4);
  // Switched on in its settings says nothing about the kernel: another program may have emptied it.
  const loaded = kernel === null ? ufw.isLoaded(snapshot, 4) : null;
  const active = state.enabled === false ? (loaded ?? false) : loaded;
  const known = gaps.every(({ means }) => !OF_RULES.has(means.what.kind));
  return {
    value: [
      {
        id: 'ufw',
        active,
        defaults: { inbound: state.defaults.inbound, outbound: state.defaults.outbound },
        rules: known ? new Set(state.tuples.map(({ line, family }) => key(line, family))).size : null,
      },
    ],
    gaps,
  };
}

/** A rule that stands in both families counts once, as ufw shows it. */
const key = (line: string, family: 4 | 6): string => (family === 6 ? line.replaceAll('::/0', '0.0.0.0/0') : line);

const POLICY: Record<string, Policy> = { ACCEPT: 'allow', DROP: 'deny' };

/** iptables rules that are not ufw's own. */
function iptablesState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const ids = ['iptables-save', 'ip6tables-save', 'iptables-legacy-save', 'ip6tables-legacy-save'];
  const gaps: Gap[] = [];
  let rules = 0;
  let inbound: Policy = 'allow';
  let outbound: Policy = 'allow';
  for (const id of ids) {
    const transcript = find(snapshot, id);
    if (transcript === undefined && id.includes('legacy')) continue;
    const failed = gapOf(transcript, { kind: 'kernel-tables' }, { kind: 'exact' });
    if (failed !== null) {
      if (transcript?.failure !== 'missing') gaps.push(failed);
      continue;
    }
    const text = transcript?.stdout ?? '';
    const isFirewalld = /^:INPUT_ZONES /m.test(text);
    const foreign = text
      .split('\n')
      .filter((line) => /^(\[\d+:\d+\] )?-A /.test(line) && !/ -[Ajg] ufw6?-/.test(` ${line}`))
      .filter((line) => !isFirewalld || !firewalld.isFirewalldLine(line));
    const own = isFirewalld || /^:ufw6?-user-input /m.test(text);
    rules += foreign.length;
    const policy = (chain: string) =>
      POLICY[new RegExp(`^:${chain} (\\w+)`, 'm').exec(text)?.[1] ?? 'ACCEPT'] ?? 'unknown';
    if (!own && policy('INPUT') !== 'allow') inbound = policy('INPUT');
    if (!own && policy('OUTPUT') !== 'allow') outbound = policy('OUTPUT');
  }
  if (gaps.length > 0) return { value: [], gaps: gaps.slice(0, 1) };
  const present = rules > 0 || inbound !== 'allow' || outbound !== 'allow';
  return { value: present ? [{ id: 'iptables', active: true, defaults: { inbound, outbound }, rules }] : [], gaps };
}

const XT_TABLES = /^(ip|ip6|arp|bridge) (filter|nat|mangle|raw|security)$/;

/** Made by iptables, or by its kin for bridges and ARP, whose chains have priorities of their own. */
const isCompat = (chain: NftChain): boolean =>
  chain.family === 'bridge' || chain.family === 'arp' || isOfIptables(chain);

/** firewalld makes these, and is listed itself. */
const FIREWALLD_TABLES = /^firewalld(_policy_drop)?$/;

/** Native nftables chains, without firewalld's and the ones that are iptables' own in another form. */
function nftablesState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const transcript = find(snapshot, 'nft');
  if (transcript === undefined || transcript.failure !== null) return { value: [], gaps: [] };
  const nft = parseNft(transcript.stdout);
  if (nft === null) {
    const how = { kind: 'command', command: 'sudo nft -j list ruleset' } as const;
    return { value: [], gaps: [gap({ what: { kind: 'nftables' }, why: { kind: 'garbled', by: 'nft' }, how })] };
  }
  const native = nft.chains.filter(
    (chain) =>
      !FIREWALLD_TABLES.test(chain.table) &&
      !(XT_TABLES.test(`${chain.family} ${chain.table}`) && (chain.hook === null || isCompat(chain))),
  );
  const rules = native.reduce((sum, chain) => sum + chain.rules.length, 0);
  const policy = (hook: string): Policy =>
    native.some((chain) => chain.hook === hook && chain.policy === 'drop') ? 'deny' : 'allow';
  const defaults = { inbound: policy('input'), outbound: policy('output') };
  const present = rules > 0 || defaults.inbound !== 'allow' || defaults.outbound !== 'allow';
  return { value: present ? [{ id: 'nftables', active: true, defaults, rules }] : [], gaps: [] };
}

function firewalldState(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  const { value: state, gaps } = firewalld.readFirewalld(snapshot);
  return { value: state === null ? [] : [firewalld.stateOf(state, snapshot)], gaps };
}

/** What is noteworthy about firewalld; null where it does not run, or did not tell. */
export function firewalldNotes(snapshot: Snapshot): FirewalldNotes | null {
  const state = firewalld.readFirewalld(snapshot).value;
  return state?.running === true ? firewalld.notesOf(state) : null;
}

/** A rule that lets pass whatever another rule has forwarded: it is not what opened the port. */
export const passesForwarded = ({ firewall, rule }: Deciding): boolean =>
  firewall === 'firewalld' && rule === firewalld.FORWARDED;

/** The kernel's rules with the names that the programs which made them have for them. */
export const nameRules = (netfilter: Netfilter, snapshot: Snapshot): Netfilter =>
  firewalld.nameRules(netfilter, firewalld.readFirewalld(snapshot).value);

/** Every firewall that is there, with what could not be read about them. */
export function firewallStates(snapshot: Snapshot): Reading<readonly FirewallState[]> {
  if (snapshot.platform === 'win32') return windows.stateOf(snapshot);
  const states =
    snapshot.platform === 'darwin'
      ? [alf.alfState, pf.pfState]
      : [ufwState, firewalldState, iptablesState, nftablesState];
  const read = states.map((state) => state(snapshot));
  return { value: read.flatMap(({ value }) => value), gaps: read.flatMap(({ gaps }) => gaps) };
}

const opens = (tuple: UfwTuple): boolean =>
  (tuple.action === 'allow' || tuple.action === 'limit') &&
  tuple.direction === 'in' &&
  !tuple.route &&
  tuple.dapp === null &&
  tuple.sapp === null &&
  /^\d+$/.test(tuple.dport);

/** Ports that the user's own rules open, each rule once. */
export function openingsOf(snapshot: Snapshot): readonly Opening[] {
  const openings = new Map<string, Opening>();
  for (const tuple of ufw.readUfw(snapshot).value?.tuples ?? []) {
    if (!opens(tuple)) continue;
    const protocols: readonly Protocol[] =
      tuple.protocol === 'any'
        ? ['tcp', 'udp']
        : tuple.protocol === 'tcp' || tuple.protocol === 'udp'
          ? [tuple.protocol]
          : [];
    for (const protocol of protocols) {
      const target: Target = { protocol, port: Number(tuple.dport) };
      const rule = ufw.ruleText(tuple);
      const key = JSON.stringify([target, rule]);
      openings.set(key, {
        target,
        firewall: 'ufw',
        rule,
        families: [...new Set([...(openings.get(key)?.families ?? []), tuple.family])],
        removal: ufw.commandsOf({ kind: 'ufw-delete', tuple }).flat(),
      });
    }
  }
  return [...openings.values()];
}

/** Rules that people wrote, with their places in the kernel: ufw's for incoming connections, and those made by hand. */
export function ownedRules(snapshot: Snapshot, netfilter: Netfilter): readonly OwnedRule[] {
  const { value: state } = ufw.readUfw(snapshot);
  const chains = netfilter.chains.filter(({ backend, table }) => backend === 'iptables' && table === 'filter');
  const byKey = new Map(chains.map((chain) => [chain.key, chain]));
  const placed = ([4, 6] as const).flatMap((family) => ufw.placeTuples(state?.tuples ?? [], chains, family));
  const ufws = placed.map(({ tuple, chain, lines }): OwnedRule => {
    const kernel = lines.flatMap((line) => byKey.get(chain)?.rules[line] ?? []);
    const ports = kernel.map(portsOf);
    return {
      firewall: 'ufw',
      text: ufw.ruleText(tuple),
      families: [tuple.family],
      action: tuple.action === 'allow' || tuple.action === 'limit' ? 'allow' : 'deny',
      chain,
      lines,
      doesMore: tuple.log !== null || tuple.action === 'limit',
      ours: tuple.comment === ufw.COMMENT_HEX,
      ports: ports.includes(null)
        ? null
        : { tcp: ports.flatMap((one) => one?.tcp ?? []), udp: ports.flatMap((one) => one?.udp ?? []) },
      forAll: kernel.every(isForAll),
      removal: ufw.commandsOf({ kind: 'ufw-delete', tuple }).flat(),
    };
  });
  return [...ufws, ...plainRules(netfilter)];
}

/** Rules as the front ends list them: ufw's own list, and firewalld's zones. */
export function writtenRules(snapshot: Snapshot): readonly WrittenRule[] {
  const tuples = ufw.readUfw(snapshot).value?.tuples ?? [];
  const zones = firewalld.readFirewalld(snapshot).value;
  return [...ufw.writtenTuples(tuples), ...(zones?.running === true ? firewalld.writtenEntries(zones) : [])];
}

/** The firewall that an operation is for. */
export function layerOf({ kind }: Operation): Layer {
  switch (kind) {
    case 'table-close':
    case 'table-open':
    case 'table-restore':
      return 'nftables';
    case 'firewalld-add':
    case 'firewalld-remove':
    case 'firewalld-restore':
      return 'firewalld';
    case 'ufw-delete':
    case 'ufw-prepend':
    case 'ufw-insert':
    case 'ufw-enable':
    case 'ufw-disable':
    case 'ufw-restore':
      return 'ufw';
    case 'service-stop':
    case 'service-start':
    case 'service-restore':
      return 'services';
    case 'program-end':
      return 'programs';
    case 'connections-drop':
      return 'connections';
    case 'windows-block':
    case 'windows-unblock':
    case 'windows-disable':
    case 'windows-enable':
    case 'windows-profile-on':
    case 'windows-profile-off':
      return 'windows';
  }
}

/** Each once, in the order of the operations. */
export const layersOf = (operations: readonly Operation[]): readonly Layer[] => [...new Set(operations.map(layerOf))];

/** The snapshot as it will print after the operations, in their order. Throws a ProblemError where that cannot be told. */
export function predict(snapshot: Snapshot, operations: readonly Operation[]): Snapshot {
  return operations.reduce((before, operation) => {
    switch (operation.kind) {
      case 'table-close':
      case 'table-open':
        return table.predictTable(before, operation);
      case 'firewalld-add':
      case 'firewalld-remove':
        return firewalld.predictFirewalld(before, operation);
      case 'table-restore':
      case 'service-restore':
      case 'firewalld-restore':
        throw problem('unsupported', { kind: 'saved-not-read' });
      case 'service-stop':
      case 'service-start':
        return predictServices(before, operation);
      case 'program-end':
        return predictEnd(before, operation);
      case 'connections-drop':
        return before;
      case 'ufw-delete':
      case 'ufw-prepend':
      case 'ufw-insert':
      case 'ufw-enable':
      case 'ufw-disable':
      case 'ufw-restore':
        return ufw.predictUfw(before, [operation]);
      case 'windows-block':
      case 'windows-unblock':
      case 'windows-disable':
      case 'windows-enable':
      case 'windows-profile-on':
      case 'windows-profile-off':
        return windows.predictWindows(before, operation);
    }
  }, snapshot);
}

/** The commands that an operation amounts to, as argument lists. */
export function commandsOf(operation: Operation): readonly (readonly string[])[] {
  switch (operation.kind) {
    case 'table-close':
    case 'table-open':
    case 'table-restore':
      return [['nft', '-f', table.TABLE_PATH]];
    case 'firewalld-add':
    case 'firewalld-remove':
    case 'firewalld-restore':
      return firewalld.commandsOf(operation);
    case 'ufw-delete':
    case 'ufw-prepend':
    case 'ufw-insert':
    case 'ufw-enable':
    case 'ufw-disable':
    case 'ufw-restore':
      return ufw.commandsOf(operation);
    case 'service-stop':
      return [
        ...(operation.boot ? [['systemctl', 'disable', operation.unit]] : []),
        ['systemctl', 'stop', operation.unit],
      ];
    case 'service-start':
      return [
        ...(operation.boot ? [['systemctl', 'enable', operation.unit]] : []),
        ['systemctl', 'start', operation.unit],
      ];
    case 'service-restore':
      return [];
    case 'program-end':
      return [['kill', String(operation.pid)]];
    case 'connections-drop':
      return operation.from.map((address) => dropCommand(operation.port, address));
    case 'windows-block':
    case 'windows-unblock':
    case 'windows-disable':
    case 'windows-enable':
    case 'windows-profile-on':
    case 'windows-profile-off':
      return []; // one script does all of it and checks it: firewalls/windows/change-script.ts
  }
}

/** What ends the connections of one address to a port: ss(8), -K. */
const dropCommand = (port: number, address: string): readonly string[] => [
  'ss',
  '-K',
  '-H',
  '-t',
  'state',
  'connected',
  'sport',
  '=',
  `:${port}`,
  'dst',
  address,
];
