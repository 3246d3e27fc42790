/** Words of ports, addresses and profiles -> conditions. Both sources of rules write them in nearly the same way. */
import { NOTHING, parseRange } from '../../address.ts';
import { type Intervals, normalize } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import type { AddressCondition, AddressWord, PortCondition, Profile, WindowsRule } from './model.ts';

const PORT = /^(\d{1,5})(?:-(\d{1,5}))?$/;

/** The endpoint mapper of RPC is always there; what else it answers on is told by the system alone. */
const EPMAP: Intervals<number> = [[135, 135]];

/** Ports from texts such as `80`, `8000-8010`, `RPC`; `label` says where they stand. Null: any. */
export function portsOf(texts: readonly string[], label: string): PortCondition | null {
  if (texts.length === 0 || texts.some((text) => /^(any|\*)$/i.test(text))) return null;
  const sure: (readonly [number, number])[] = [];
  const open: string[] = [];
  for (const text of texts) {
    const match = PORT.exec(text);
    const first = Number(match?.[1]);
    const last = match?.[2] === undefined ? first : Number(match[2]);
    if (match !== null && first <= last && last <= 65535) sure.push([first, last]);
    else {
      if (/^RPC-?EPMap$/i.test(text)) sure.push(...EPMAP);
      open.push(`${label}=${PORT_WORDS[text.toLowerCase()] ?? text}`);
    }
  }
  return { sure: normalize(sure), open };
}

/** The cmdlets have other words than the registry for some ports. */
const PORT_WORDS: Readonly<Record<string, string>> = {
  'rpc-epmap': 'RPCEPMap',
  iptlsin: 'IPHTTPSIn',
  iptlsout: 'IPHTTPSOut',
  ply2disc: 'PlayToDiscovery',
};

const WORDS: Readonly<Record<string, AddressWord>> = {
  localsubnet: 'LocalSubnet',
  dns: 'DNS',
  dhcp: 'DHCP',
  wins: 'WINS',
  defaultgateway: 'DefaultGateway',
};

export interface AddressText {
  /** null: both, as the text has it. */
  readonly family: Family | null;
  readonly text: string;
}

const nowhere: AddressCondition = { set: NOTHING, words: [], open: [] };

/** Addresses from texts such as `10.0.0.0/255.0.0.0`, `a-b`, `LocalSubnet`. Null: any. */
export function addressesOf(texts: readonly AddressText[], label: string): WindowsRule['remote'] {
  if (texts.length === 0) return null;
  const out: Record<Family, AddressCondition> = { 4: nowhere, 6: nowhere };
  for (const { family, text } of texts) {
    for (const one of family === null ? ([4, 6] as const) : [family]) {
      const read = oneAddress(text, one, family === null, label);
      const { set, words, open } = out[one];
      out[one] = {
        set: normalize([...set, ...read.set]),
        words: [...new Set([...words, ...read.words])],
        open: [...open, ...read.open],
      };
    }
  }
  return out;
}

function oneAddress(text: string, family: Family, either: boolean, label: string): AddressCondition {
  const word = WORDS[text.toLowerCase()];
  if (word !== undefined) return { ...nowhere, words: [word] };
  const read = parseRange(text);
  if (read?.family === family) return { ...nowhere, set: [read.range] };
  // An address of the other family says nothing about this one.
  if (read !== null && either) return nowhere;
  return { ...nowhere, open: [`${label}=${text}`] };
}

const PROFILE: Readonly<Record<string, Profile>> = { domain: 'domain', private: 'private', public: 'public' };

export const profileOf = (text: string): Profile | null => PROFILE[text.trim().toLowerCase()] ?? null;
