/**
 * Rules in the kernel that a person wrote: those of chains that no program is known to keep. Only plain ones, that test
 * and then decide; what visits other chains, marks or counts may be there for more than its verdict.
 */
import { type Intervals, has, intersect } from '../../intervals.ts';
import type { OwnedRule, PortSet } from '../owned.ts';
import { split } from './iptables-save.ts';
import type { Chain, Netfilter, Rule, Test } from './model.ts';

/** Chains of the filter table that programs are documented to make. */
const KEPT_CHAINS =
  /^(ufw6?-|DOCKER|ts-|LIBVIRT_|NETAVARK|CNI|KUBE-|f2b-|fail2ban|sshguard|nm-|sh[-_]|lxd?-|nixos-|cali-|WEAVE|nordvpn|mullvad|(INPUT|FORWARD|OUTPUT|IN|FWD|FWDI|FWDO|FWDP|PRE|POST)_)/i;
/** Tables of nft that programs are documented to make. */
const KEPT_TABLES =
  /^(firewalld|libvirt_network|netavark|portcullis|docker.*|f2b-.*|fail2ban|wg-quick-.*|mullvad|nordvpn|lxc|lxd|incus|sshguard|crowdsec.*|nm-.*|podman|tailscale|kube-.*|cilium.*)$/i;
/** What programs put into the built-in chains for the networks that they make. */
const KEPT_RULES =
  / "?(virbr|lxcbr|lxdbr|incusbr|docker|br-|podman|cni|waydroid|mpqemubr|tailscale)[\w-]*"?( |$)|generated (for|by)|managed by/;

/** It writes to the log, keeps count of packets, or does what has no short form: gives a helper, a named counter, a header. */
const DOES_MORE =
  /\b(log|update|add|delete|quota|dup|fwd|meter)\b|-m (recent|hashlimit|connlimit|limit|quota|statistic|connbytes|nfacct|account)\b|\{"/;

/** Only what is looked at for incoming connections: the caller names the chains. */
export function plainRules({ chains }: Netfilter): readonly OwnedRule[] {
  return chains.filter(isNobodys).flatMap((chain) =>
    chain.rules.flatMap((rule, at): OwnedRule[] => {
      const action = actionOf(rule);
      if (action === null || KEPT_RULES.test(rule.text)) return [];
      return [
        {
          firewall: chain.backend === 'nftables' ? 'nftables' : 'iptables',
          text: rule.text.replace(/^\[\d+:\d+\] /, ''),
          families: chain.families,
          action,
          chain: chain.key,
          lines: [at],
          doesMore: DOES_MORE.test(rule.text),
          ours: /\bportcullis\b/i.test(rule.text),
          ports: portsOf(rule),
          forAll: isForAll(rule),
          removal: removalOf(rule, chain),
        },
      ];
    }),
  );
}

/** Put there by a person, and not by a program that is known to. */
export const isByHand = (chain: Chain, { text }: Rule): boolean => isNobodys(chain) && !KEPT_RULES.test(text);

/** A chain that no program is known to keep. */
function isNobodys({ backend, table, name }: Chain): boolean {
  if (backend === 'nftables') return !KEPT_TABLES.test(table.replace(/^\S+ /, ''));
  return table === 'filter' && !KEPT_CHAINS.test(name);
}

/** Of a rule that tests, then decides, and does nothing else. */
function actionOf({ statements }: Rule): OwnedRule['action'] | null {
  const last = statements.at(-1);
  if (last?.kind !== 'effect' || statements.slice(0, -1).some(({ kind }) => kind !== 'test')) return null;
  const { do: does } = last.effect;
  return does === 'accept' ? 'allow' : does === 'drop' || does === 'reject' ? 'deny' : null;
}

/** Does it look at protocol and port alone? */
export const isForAll = (rule: Rule): boolean =>
  rule.statements.every(
    (one) =>
      one.kind !== 'test' ||
      one.test.field.on === 'protocol' ||
      one.test.field.on === 'destination-port' ||
      one.test.field.on === 'always',
  );

/** nft deletes by a number that changes with every load: there the words must do. */
function removalOf({ text }: Rule, { backend, families }: Chain): readonly string[] {
  const words = split(text.replace(/^\[\d+:\d+\] /, ''));
  if (backend === 'nftables' || words === null) return [];
  const program = `${families[0] === 6 ? 'ip6tables' : 'iptables'}${backend === 'iptables-legacy' ? '-legacy' : ''}`;
  return [program, '-D', ...words.slice(1)];
}

const TCP = 6;
const UDP = 17;

/** The ports that a rule's tests name; null where none are named. */
export function portsOf(rule: Rule): PortSet | null {
  const tests = rule.statements.flatMap((statement): Test[] => (statement.kind === 'test' ? [statement.test] : []));
  let ports: Intervals<number> | null = null;
  for (const { field, negate } of tests)
    if (field.on === 'destination-port' && !negate) ports = intersect(ports ?? [[0, 65535]], field.ports);
  if (ports === null) return null;
  const named = ports;
  const of = (protocol: number): Intervals<number> =>
    tests.every(({ field, negate }) => field.on !== 'protocol' || has(field.protocols, protocol) !== negate)
      ? named
      : [];
  return { tcp: of(TCP), udp: of(UDP) };
}
