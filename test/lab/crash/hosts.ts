/** What the matrix of kills and errors is tried on: for each layer a computer, a change of it, and what must stay shut. */
import type { Choice } from '../../../src/core/model.ts';
import { startFirewalld, withoutFirewalld } from '../firewalld.ts';
import type { Lab } from '../harness.ts';

export interface Host {
  readonly name: string;
  /** Ports that listen, TCP, both families. */
  readonly ports: readonly number[];
  /** What it has before: others' rules too, which must all be there afterwards. */
  readonly start: (lab: Lab) => Promise<void>;
  /** Makes the firewall load its files, where its rules may not be loaded past it. */
  readonly reload?: readonly string[];
  /** Why it cannot be tried here; null: it can. */
  readonly without?: string | null;
  /** Changes made by Portcullis before, in this order. */
  readonly earlier: readonly Choice[];
  readonly choice: Choice;
  /** A port that nobody may reach at any moment, because it is closed before and after; null: there is none. */
  readonly shut: number | null;
  /** Of a sample over all layers, in hundredths. */
  readonly share: number;
}

const close = (way: 'firewall' | 'own-table', ...ports: readonly number[]): Choice => ({
  kind: 'close',
  targets: ports.map((port) => ({ protocol: 'tcp', port })),
  audience: 'everyone',
  way,
});

/** A table of somebody else's. */
const TABLE = `
nft -f - <<'RULES'
table inet mine {
  set friends { type ipv4_addr; elements = { 10.0.0.7, 10.0.0.8 } }
  chain input { type filter hook input priority -5; policy accept; ip saddr @friends counter accept; tcp dport 7777 drop; }
}
RULES
`;

/** The same, and chains of iptables; firewalld would empty those by itself. */
const OTHERS = `${TABLE}
for ip in iptables ip6tables; do
  $ip -N MINE
  $ip -A MINE -p tcp --dport 7000:7010 -j DROP
  $ip -A INPUT -j MINE
  $ip -t nat -A PREROUTING -p tcp --dport 7443 -j REDIRECT --to-ports 22
done
`;

const UFW = `
ufw allow 22/tcp
ufw limit 3000/tcp comment 'my web'
`;

/** The default zone: much is open, with two rules of somebody's and a comment that firewalld would lose. */
const PUBLIC = `<?xml version="1.0" encoding="utf-8"?>
<zone>
  <!-- mine -->
  <short>Public</short>
  <service name="ssh"/>
  <port port="1025-8999" protocol="tcp"/>
  <rule priority="-5"><port port="6000-6005" protocol="tcp"/><drop/></rule>
  <rule><service name="ftp"/><reject/></rule>
</zone>`;

const script = (text: string) => async (lab: Lab) => void (await lab.must('A', ['sh', '-e'], { input: text }));

export const hosts: readonly Host[] = [
  {
    name: 'ufw',
    ports: [22, 3000, 9000],
    start: script(`${OTHERS}${UFW}ufw --force enable`),
    earlier: [],
    choice: close('firewall', 3000),
    shut: 9000,
    share: 32,
  },
  {
    name: 'own table',
    ports: [22, 3000, 9000],
    start: script(OTHERS),
    earlier: [close('own-table', 9000)],
    choice: close('own-table', 3000),
    shut: 9000,
    share: 18,
  },
  {
    name: 'own table, made for the first time',
    ports: [22, 3000],
    start: script(OTHERS),
    earlier: [],
    choice: close('own-table', 3000),
    shut: null,
    share: 12,
  },
  {
    // What somebody accepts ahead of ufw, ufw cannot close.
    name: 'ufw and own table in one plan',
    ports: [22, 3000, 8080, 9000],
    start: script(`
${OTHERS}${UFW}ufw --force enable
for ip in iptables ip6tables; do $ip -I INPUT 1 -p tcp -m multiport --dports 8080,9000 -j ACCEPT; done
`),
    earlier: [close('own-table', 9000)],
    choice: close('firewall', 3000, 8080),
    shut: 9000,
    share: 30,
  },
  {
    name: 'firewalld',
    ports: [22, 3000, 9000],
    start: async (lab) => {
      await startFirewalld(lab, { files: { 'zones/public.xml': PUBLIC } });
      await script(TABLE)(lab);
    },
    reload: ['firewall-cmd', '--reload'],
    without: withoutFirewalld,
    earlier: [],
    choice: close('firewall', 3000),
    shut: 9000,
    share: 20,
  },
  {
    name: 'ufw, turned on by the change',
    ports: [22, 3000],
    start: script(`${OTHERS}${UFW}`),
    earlier: [],
    choice: close('firewall', 3000),
    shut: null,
    share: 8,
  },
];
