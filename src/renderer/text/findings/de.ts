/**
 * What findings say, in German, by what each says as data (`core/says.ts`); the files are those of `core/advice/english`.
 */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type { Subjects } from '../../../core/advice/subjects.ts';
import type { Says } from '../../../core/says.ts';
import { exposed } from './de-exposed.ts';
import { panic, restart, trusts, wide } from './de-firewalld.ts';
import { absent, allows, off, two } from './de-firewalls.ts';
import { leadsOn, ownAddress } from './de-forwards.ts';
import { pf, setting, signed, stealth, unlessPf } from './de-macos.ts';
import { halfOpening, idleRules, powerlessDeny, unusedOpening } from './de-rules.ts';
import { tunnel } from './de-tunnel.ts';
import { reachUnknown } from './de-unknown.ts';
import { guests, inert, privateNetwork, profile, refused, replaced, unfiltered } from './de-windows.ts';

export function inGerman(says: Says, subjects: Subjects): Sentences {
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
