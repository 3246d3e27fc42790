/** What a rule of Windows Firewall has beside those of others, and the networks of a computer, in English. */
import type { FirewallState, ProfileState, RuleInWords, WindowsRuleWords } from '../../core/model.ts';
import { foreign, list } from './format.ts';

/** Groups of which Microsoft documents the id. Source: Microsoft Learn, unattend, FirewallGroup, Group. */
const GROUPS: Readonly<Record<string, string>> = {
  '@firewallapi.dll,-28502': 'File and Printer Sharing',
  '@firewallapi.dll,-28752': 'Remote Desktop',
};

/** The last part of a path. */
export const fileOf = (path: string): string => path.split('\\').at(-1) ?? path;

const networks = (profiles: readonly ProfileState['name'][]): string => `${list(profiles)} networks`;

/** `, for node.exe, in private networks`: what stands in a rule's sentence behind what it lets in. */
export function windowsPart({ profiles, program, service, app }: WindowsRuleWords): string {
  const whom =
    service !== null
      ? service === '*'
        ? ', for services alone'
        : `, for the service ${foreign(service)}`
      : program !== null
        ? `, for ${foreign(fileOf(program))}`
        : app
          ? ', for one app of the store'
          : '';
  return `${whom}${profiles === null ? '' : `, in ${networks(profiles)}`}`;
}

/** Where it stands: its firewall, with the group that Windows shows it in. */
export function windowsPlace({ group }: WindowsRuleWords): string {
  const named = group === null ? null : (GROUPS[group.toLowerCase()] ?? foreign(group));
  return named === null ? 'Windows Firewall' : `Windows Firewall, ${named}`;
}

/** Why it is of no use, as far as that lies in where it counts. */
export function windowsWhy({ use, windows }: RuleInWords): string | null {
  switch (windows?.standing) {
    case 'off':
      return 'The rule is switched off.';
    case 'firewall-off':
      return 'The firewall is off in the networks that it is for.';
    case 'policy':
      return 'Group policy ignores rules that were made on this computer.';
    case 'shielded':
      return 'All incoming connections are blocked in the networks that it is for.';
    case 'elsewhere':
      return use === 'in-force' ? 'This computer is in no such network now.' : null;
    case 'counts':
    case undefined:
      return null;
  }
}

/** In which networks the computer is, and where its firewall is off; null for firewalls that know no kinds of networks. */
export function networksOf({ profiles }: FirewallState): string | null {
  const used = (profiles ?? []).filter(({ interfaces }) => interfaces.length > 0);
  if (used.length === 0) return null;
  const here = used.map(
    ({ name, interfaces }) =>
      `${list(interfaces.map(foreign))} ${interfaces.length === 1 ? 'is in a' : 'are in'} ${name} ${interfaces.length === 1 ? 'network' : 'networks'}`,
  );
  const off = (profiles ?? []).filter(({ active }) => active === false).map(({ name }) => name);
  return `${here.join('; ')}.${off.length === 0 ? '' : ` It is off in ${networks(off)}.`}`;
}
