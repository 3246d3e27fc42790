/** What a generator makes: rules of one firewall or several, and what a probe must know about them. */
import type { Protocol } from '../../../src/core/model.ts';
import { type Firewalld, startFirewalld } from '../firewalld.ts';
import type { Lab, UfwSet } from '../harness.ts';
import type { FirewalldSet } from './firewalld.ts';

export interface RuleSet {
  /** Shell text that makes the machine ready for the rules: routes, settings, sets. It takes back what others have done. */
  readonly setup: string | null;
  /** The one protocol that is probed; null: both. */
  readonly only: Protocol | null;
  /** ufw first, then the others beside it. */
  readonly ufw: UfwSet | null;
  /** Text for `iptables-restore`, one family each; all tables are replaced. */
  readonly iptables: PerFamily | null;
  /** The same for the legacy backend. */
  readonly legacy: PerFamily | null;
  /** Text for `iptables-restore --noflush`, after those; what an earlier set put there this way is taken out before. */
  readonly added: PerFamily | null;
  /** Text for `nft -f`. */
  readonly nftables: string | null;
  /** Optional, so that recordings without it stay what they are. */
  readonly firewalld?: FirewalldSet;
  /** Probes of one source that may be sent before rationing rules would count them against each other. */
  readonly patience: number;
}

export interface PerFamily {
  readonly ipv4: string;
  readonly ipv6: string;
}

export const nothing: RuleSet = {
  setup: null,
  only: null,
  ufw: null,
  iptables: null,
  legacy: null,
  added: null,
  nftables: null,
  patience: Infinity,
};

const TABLES = ['t0', 't1', 't2'];
/** Everything that is not ufw's, out of the built-in chains; chains of one's own are emptied by being named again. */
const TAKE_OUT = `for ip in iptables ip6tables; do
  { for table in raw mangle nat; do echo "*$table"; for chain in PREROUTING POSTROUTING INPUT; do
      case "$table$chain" in rawPOSTROUTING|rawINPUT) continue ;; esac; echo "-F $chain"; done; echo COMMIT; done
    echo '*filter'; $ip-save -t filter | grep -E '^-A (INPUT|FORWARD) ' | grep -v ' ufw6*-' | sed 's/^-A/-D/'; echo COMMIT
  } | $ip-restore --noflush || exit 1
done`;

const remove = ['ip', 'ip6', 'inet']
  .flatMap((family) => TABLES.map((table) => `add table ${family} ${table}\ndelete table ${family} ${table}\n`))
  .concat(['ip', 'ip6'].map((family) => `add table ${family} docker-bridges\ndelete table ${family} docker-bridges\n`))
  .join('');

/**
 * Make these the rules of A. Whatever stood there from an earlier set of the same kind is gone afterwards. Gives back what
 * a program said that would not take them (a generator makes such rules now and then), or null.
 */
export async function apply(lab: Lab, set: RuleSet): Promise<string | null> {
  if (set.setup !== null) await lab.must('A', ['sh', '-e', '-c', set.setup]);
  if (set.ufw !== null) await lab.ufw(set.ufw);
  if (set.firewalld !== undefined) {
    const refused = await loadFirewalld(lab, set.firewalld);
    if (refused !== null) return `firewalld: ${refused}`;
  }
  const restores: (readonly [program: string, input: string, ...options: string[]])[] = [];
  if (set.iptables !== null) {
    restores.push(['iptables-restore', set.iptables.ipv4], ['ip6tables-restore', set.iptables.ipv6]);
  }
  if (set.legacy !== null) {
    restores.push(['iptables-legacy-restore', set.legacy.ipv4], ['ip6tables-legacy-restore', set.legacy.ipv6]);
  }
  if (set.added !== null) {
    if (set.iptables === null) await lab.must('A', ['sh', '-c', TAKE_OUT]);
    restores.push(
      ['iptables-restore', set.added.ipv4, '--noflush'],
      ['ip6tables-restore', set.added.ipv6, '--noflush'],
    );
  }
  for (const [program, input, ...options] of restores) {
    const { exit, stderr } = await lab.run('A', [program, ...options], { input });
    if (exit !== 0) return `${program}: ${stderr}`;
  }
  if (set.nftables === null) return null;
  const { exit, stderr } = await lab.run('A', ['nft', '-f', '-'], { input: remove + set.nftables });
  return exit === 0 ? null : `nft: ${stderr}`;
}

const running = new WeakMap<Lab, Firewalld>();

/** It is started once in a lab; later sets are loaded. */
async function loadFirewalld(lab: Lab, { backend, files, settings, panic }: FirewalldSet): Promise<string | null> {
  const firewalld = running.get(lab) ?? (await startFirewalld(lab, { backend }));
  running.set(lab, firewalld);
  if (((await firewalld.call('', 'queryPanicMode')) as readonly boolean[])[0] === true)
    await firewalld.call('', 'disablePanicMode');
  const refused = await firewalld.load(files, settings);
  if (panic) await firewalld.call('', 'enablePanicMode');
  return refused;
}
