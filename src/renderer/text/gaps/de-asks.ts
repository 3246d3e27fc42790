/** What a rule of Windows Firewall asks for and cannot be decided from here, in German. */
import type { Ask } from '../../../core/gaps/asks.ts';
import { foreign, sentence } from '../format.ts';

const PORTS: Readonly<Record<string, string>> = {
  rpc: 'einen Port, den Windows für Remoteprozeduraufrufe vergibt (RPC)',
  rpcepmap: 'den Port, an dem Windows die Ports der Remoteprozeduraufrufe nennt (RPCEPMap)',
  teredo: 'den Port von Teredo, das IPv6 über IPv4 befördert',
  iphttpsin: 'den Port für IP über HTTPS',
  playtodiscovery: 'einen Port, an dem sich Abspielgeräte finden (PlayToDiscovery)',
};

const ADDRESSES: Readonly<Record<string, string>> = {
  localsubnet: 'dem lokalen Netz',
  dns: 'DNS-Servern',
  dhcp: 'DHCP-Servern',
  wins: 'WINS-Servern',
  defaultgateway: 'dem Router',
  intranet: 'dem Intranet',
  rmtintranet: 'dem entfernten Intranet',
  internet: 'dem Internet',
  ply2renders: 'Abspielgeräten',
};

const WHO = {
  anybody: 'eine Gegenseite, die sich über IPsec ausweist',
  computers: 'einen bestimmten Computer, der sich über IPsec ausweist',
  people: 'eine bestimmte Person, die sich über IPsec ausweist',
} as const;

/** After “verlangt”. */
export function germanAsk(ask: Ask): string {
  switch (ask.about) {
    case 'ports':
      return PORTS[ask.word.toLowerCase()] ?? `den Port ${foreign(ask.word)}`;
    case 'other-ports':
      return `den Port ${foreign(ask.word)} der Gegenseite`;
    case 'addresses':
      return `${ask.own ? 'eigene Adressen' : 'Adressen'} von ${germanAddresses(ask)}`;
    case 'account':
      return `ein Programm des Kontos ${foreign(ask.sid)}`;
    case 'ipsec':
      return `${WHO[ask.who]}${ask.past ? ' und dann an jeder Sperre vorbeikommt' : ''}`;
    case 'people':
      return 'ein Programm bestimmter Personen';
    case 'marked':
      return `eine Verbindung, die Windows selbst als ${foreign(ask.word)} gekennzeichnet hat`;
    case 'versions':
      return `bestimmte Versionen von Windows (${sentence(ask.text)})`;
    case 'other':
      return sentence(ask.text);
  }
}

/** After “von”: `dem lokalen Netz (LocalSubnet, IPv4)`. */
export function germanAddresses({ word, family }: Extract<Ask, { about: 'addresses' }>): string {
  const known = ADDRESSES[word.toLowerCase()];
  const ip = family === null ? [] : [`IPv${family}`];
  if (known === undefined) return ip.length === 0 ? foreign(word) : `${foreign(word)} (${ip.join('')})`;
  return `${known} (${[foreign(word), ...ip].join(', ')})`;
}
