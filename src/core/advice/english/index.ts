/**
 * What findings say, in English: for the report, the terminal and whatever reads them.
 *
 *   parts.ts       what firewalls, listeners and ports are called, and who gets in
 *   exposed.ts     an exposed listener             forwards.ts    a port that leads on
 *   firewalls.ts   off, absent, two at once        firewalld.ts   its own settings
 *   rules.ts       rules that do nothing, openings for nothing
 *   macos.ts       what is particular to macOS
 *   unknown.ts     what cannot be told             tunnel.ts      connections that lead in
 *   windows.ts     what a Windows computer has of its own
 */
import type { Says } from '../../says.ts';
import type { Subjects } from '../subjects.ts';
import { exposed } from './exposed.ts';
import { panic, restart, trusts, wide } from './firewalld.ts';
import { absent, allows, off, two } from './firewalls.ts';
import { leadsOn, ownAddress } from './forwards.ts';
import { pf, setting, signed, stealth, unlessPf } from './macos.ts';
import type { Sentences } from './parts.ts';
import { halfOpening, idleRules, powerlessDeny, unusedOpening } from './rules.ts';
import { tunnel } from './tunnel.ts';
import { reachUnknown } from './unknown.ts';
import { guests, inert, privateNetwork, profile, refused, replaced, unfiltered } from './windows.ts';

export function inEnglish(says: Says, subjects: Subjects): Sentences {
  switch (says.kind) {
    case 'exposed':
      return exposed(says, subjects);
    case 'leads-on':
      return leadsOn(says, subjects);
    case 'own-address':
      return ownAddress(says, subjects);
    case 'firewall-off':
      return off(says);
    case 'firewall-absent':
      return absent(says);
    case 'firewall-allows':
      return allows(says);
    case 'two-firewalls':
      return two(says);
    case 'firewalld-panic':
      return panic;
    case 'firewalld-restart':
      return restart(says);
    case 'firewalld-wide':
      return wide(says);
    case 'firewalld-trusts':
      return trusts(says);
    case 'reach-unknown':
      return reachUnknown(says, subjects);
    case 'powerless-deny':
      return powerlessDeny(says, subjects);
    case 'unused-opening':
      return unusedOpening(says);
    case 'half-opening':
      return halfOpening(says);
    case 'idle-rules':
      return idleRules(says);
    case 'tunnel':
      return tunnel(says, subjects);
    case 'windows-refused':
      return refused(says, subjects);
    case 'windows-guests':
      return guests(says);
    case 'windows-private':
      return privateNetwork(says, subjects);
    case 'windows-profile':
      return profile(says);
    case 'windows-unfiltered':
      return unfiltered(says);
    case 'windows-inert':
      return inert(says);
    case 'windows-replaced':
      return replaced(says);
    case 'mac-setting':
      return setting(says, subjects);
    case 'mac-unless-pf':
      return unlessPf(says);
    case 'mac-pf':
      return pf(says);
    case 'mac-stealth':
      return stealth(says);
    case 'mac-signed':
      return signed(says);
  }
}
