/**
 * What a rule of Windows Firewall asks for and cannot be decided from here: as the registry has it (`LPort=RPC`), told apart by
 * what it is about, and its English. Sources: [MS-GPFAS] 2.2.2.19 for the keys, [MS-FASP] 2.2.2, 2.2.3, 2.2.5 and 2.2.37 for
 * what the words of ports, addresses, trust tuples and platforms stand for.
 */

export type Ask =
  /** A word that stands for ports which the system alone knows. */
  | { readonly about: 'ports' | 'other-ports'; readonly word: string }
  /** A word that stands for addresses. family: null, not told. `own`: this computer's. */
  | { readonly about: 'addresses'; readonly word: string; readonly family: 4 | 6 | null; readonly own: boolean }
  /** Programs of one account, by its SID. */
  | { readonly about: 'account'; readonly sid: string }
  /** What IPsec has authenticated; of some computers or people alone. `past`: it gets past every block then. */
  | { readonly about: 'ipsec'; readonly who: 'anybody' | 'computers' | 'people'; readonly past: boolean }
  /** Certain people of this computer. */
  | { readonly about: 'people' }
  /** Connections that the system itself has marked. */
  | { readonly about: 'marked'; readonly word: string }
  /** Versions of Windows, as the rule has them. */
  | { readonly about: 'versions'; readonly text: string }
  /** As the rule has it. */
  | { readonly about: 'other'; readonly text: string };

function askOf(text: string): Ask {
  const [, key = text, value = ''] = /^(\w+)=(.*)$/su.exec(text) ?? [];
  const name = key.toLowerCase();
  const address = /^([lr])a([46])?$/.exec(name);
  // `?` stands where the system did not tell.
  if (value === '?' || (value === '' && name !== 'security')) return { about: 'other', text };
  if (address !== null)
    return {
      about: 'addresses',
      word: value,
      family: address[2] === '4' ? 4 : address[2] === '6' ? 6 : null,
      own: address[1] === 'l',
    };
  if (name === 'lport') return { about: 'ports', word: value };
  if (name === 'rport') return { about: 'other-ports', word: value };
  if (name === 'luown' || name === 'owner') return { about: 'account', sid: value };
  if (name === 'security') return { about: 'ipsec', who: 'anybody', past: false };
  if (name === 'action' && value.toLowerCase() === 'bypass') return { about: 'ipsec', who: 'anybody', past: true };
  if (name === 'rmauth' || name === 'remotemachine') return { about: 'ipsec', who: 'computers', past: false };
  if (name === 'ruauth' || name === 'remoteuser') return { about: 'ipsec', who: 'people', past: false };
  if (name === 'luauth' || name === 'localuser') return { about: 'people' };
  if (/^ttk(2_\d+)?$/.test(name) || name === 'dynamictarget') return { about: 'marked', word: value };
  return /^platform2?$/.test(name) ? { about: 'versions', text } : { about: 'other', text };
}

/** Each once, and all that is asked of the version of Windows as one. */
export function asksOf(texts: readonly string[]): readonly Ask[] {
  const all = [...new Set(texts)].map(askOf);
  const versions = all.flatMap((one) => (one.about === 'versions' ? [one.text] : []));
  const others = all.filter(({ about }) => about !== 'versions');
  return versions.length === 0 ? others : [...others, { about: 'versions', text: versions.join(', ') }];
}

const PORTS: Readonly<Record<string, string>> = {
  rpc: 'a port that Windows gives to remote procedure calls (RPC)',
  rpcepmap: 'the port at which Windows tells the ports of remote procedure calls (RPCEPMap)',
  teredo: 'the port of Teredo, which carries IPv6 over IPv4',
  iphttpsin: 'the port of IP over HTTPS',
  playtodiscovery: 'a port at which devices to play to are found (PlayToDiscovery)',
};

const ADDRESSES: Readonly<Record<string, string>> = {
  localsubnet: 'the local network',
  dns: 'DNS servers',
  dhcp: 'DHCP servers',
  wins: 'WINS servers',
  defaultgateway: 'the router',
  intranet: 'the intranet',
  rmtintranet: 'the remote intranet',
  internet: 'the internet',
  ply2renders: 'devices to play to',
};

/** After “asks for”. */
export function askText(ask: Ask): string {
  switch (ask.about) {
    case 'ports':
      return PORTS[ask.word.toLowerCase()] ?? `the port ${ask.word}`;
    case 'other-ports':
      return `the other side’s port ${ask.word}`;
    case 'addresses':
      return `${ask.own ? 'own addresses' : 'addresses'} of ${addressesText(ask)}`;
    case 'account':
      return `a program of the account ${ask.sid}`;
    case 'ipsec':
      return `${WHO[ask.who]} IPsec has authenticated${ask.past ? ', who then gets past every block' : ''}`;
    case 'people':
      return 'a program of certain people';
    case 'marked':
      return `a connection that Windows itself has marked as ${ask.word}`;
    case 'versions':
      return `certain versions of Windows (${ask.text})`;
    case 'other':
      return ask.text;
  }
}

const WHO = {
  anybody: 'somebody whom',
  computers: 'one of certain computers that',
  people: 'one of certain people whom',
} as const;

/** `the local network (LocalSubnet, IPv4)`. */
export const addressesText = ({ word, family }: Extract<Ask, { about: 'addresses' }>): string => {
  const known = ADDRESSES[word.toLowerCase()];
  const ip = family === null ? '' : `IPv${family}`;
  if (known === undefined) return ip === '' ? word : `${word} (${ip})`;
  return `${known} (${[word, ...(ip === '' ? [] : [ip])].join(', ')})`;
};
