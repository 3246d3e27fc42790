/**
 * Rule sets that people really run. Each is put into a real kernel in the lab (test/lab/rulesets.test.ts), read with the
 * real programs and asked with packets; what was read is kept in `snapshots.json.br`, and the report on it in `goldens`.
 * The rules are written from what the named documents and programs say, in our own words; sockets are composed, so that
 * every set is asked about the same ones.
 */
import type { Protocol } from '../../../src/core/model.ts';

export interface RealRuleset {
  /** Also the name of its goldens. */
  readonly name: string;
  /** Whose rules they are, for people. */
  readonly says: string;
  /** Where the facts come from. */
  readonly source: string;
  /**
   * `program`: the firewall's own program wrote the rules; `loaded`: written by hand from the source, loaded into a kernel
   * and read back; `synthetic`: composed as the program would print it and seen by no kernel here, which lacks what it needs.
   */
  readonly made: 'program' | 'loaded' | 'synthetic';
  /** Commands on the laptop before the rules are loaded. */
  readonly setup?: readonly string[];
  /** Interfaces that `setup` makes, with what the product finds in /sys/class/net about them. */
  readonly links?: Readonly<Record<string, 'bridge' | 'tun'>>;
  /** ufw with these rules, before everything else. */
  readonly ufw?: {
    readonly commands: readonly string[];
    readonly inbound?: 'deny' | 'reject' | 'allow';
  };
  /** For `iptables-restore -n` and its twin. */
  readonly iptables?: { readonly ipv4?: string; readonly ipv6?: string };
  /** For `iptables-legacy-restore -n`. */
  readonly legacy?: { readonly ipv4?: string; readonly ipv6?: string };
  /** What nft would print of it, instead of what it printed; only where it is synthetic. */
  readonly nftJson?: readonly object[];
  /** For `nft -f`. */
  readonly nftables?: string;
  /** Ports that are knocked at besides the usual ones. */
  readonly ports?: readonly (readonly [Protocol, number])[];
}

/** What listens on the laptop, whatever the rules: protocol, address, port, cgroup. */
export const listening: readonly (readonly [Protocol, string, number, string])[] = [
  ['tcp', '0.0.0.0', 22, '/system.slice/ssh.service'],
  ['tcp', '[::]', 22, '/system.slice/ssh.service'],
  ['tcp', '0.0.0.0', 445, '/system.slice/smbd.service'],
  ['tcp', '127.0.0.1', 631, '/system.slice/cups.service'],
  ['tcp', '*', 3000, '/user.slice/user-1000.slice/user@1000.service/app.slice/app-terminal.scope'],
  ['tcp', '192.168.77.10', 8000, '/user.slice/user-1000.slice/user@1000.service/app.slice/app-terminal.scope'],
  ['tcp', '*', 22000, '/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service'],
  ['udp', '0.0.0.0', 5353, '/system.slice/avahi-daemon.service'],
  ['udp', '[::]', 5353, '/system.slice/avahi-daemon.service'],
];

/** iptables text: one table. `chains` are policies (`INPUT DROP`) and own chains (`mine -`). */
export const table = (name: string, chains: readonly string[], rules: string): string =>
  `*${name}\n${chains.map((chain) => `:${chain} [0:0]`).join('\n')}\n${lines(rules)}COMMIT\n`;

/** A block of text without the indentation that it has in a source file. */
const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
