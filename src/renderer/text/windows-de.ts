/** What a rule of Windows Firewall has beside those of others, and the networks of a computer, in German. */
import { TOOLS } from '../../core/firewalls/tool-names.ts';
import type { FirewallState, RuleInWords, WindowsRuleWords } from '../../core/model.ts';
import { foreign, list } from './format.ts';
import { NETWORK_PROFILE } from './names-de.ts';
import { fileOf } from './windows.ts';

const GROUPS: Readonly<Record<string, string>> = {
  '@firewallapi.dll,-28502': 'Datei- und Druckerfreigabe',
  '@firewallapi.dll,-28752': 'Remotedesktop',
};

const OWNERS: Readonly<Record<string, string>> = {
  [TOOLS.policy]: 'Gruppenrichtlinie',
  [TOOLS.mdm]: 'Geräteverwaltung',
  [TOOLS.app]: 'App aus dem Store',
};

/** Who has put a rule there; the core has English names for some. */
export const windowsTool = (tool: string): string => OWNERS[tool] ?? foreign(tool);

export function windowsPart({ profiles, program, service, app }: WindowsRuleWords): string {
  const whom =
    service !== null
      ? service === '*'
        ? ', nur für Dienste'
        : `, für den Dienst ${foreign(service)}`
      : program !== null
        ? `, für ${foreign(fileOf(program))}`
        : app
          ? ', für eine App aus dem Store'
          : '';
  return `${whom}${profiles === null ? '' : `, ${list(profiles.map((one) => NETWORK_PROFILE[one].in))}`}`;
}

export function windowsPlace({ group }: WindowsRuleWords): string {
  const named = group === null ? null : (GROUPS[group.toLowerCase()] ?? foreign(group));
  return named === null ? 'Windows-Firewall' : `Windows-Firewall, ${named}`;
}

export function windowsWhy({ use, windows }: RuleInWords): string | null {
  switch (windows?.standing) {
    case 'off':
      return 'Die Regel ist ausgeschaltet.';
    case 'firewall-off':
      return 'Die Firewall ist in den Netzwerken, für die sie gedacht ist, aus.';
    case 'policy':
      return 'Die Gruppenrichtlinie übergeht Regeln, die auf diesem Computer angelegt wurden.';
    case 'shielded':
      return 'In den Netzwerken, für die sie gedacht ist, sind alle eingehenden Verbindungen blockiert.';
    case 'elsewhere':
      return use === 'in-force' ? 'Dieser Computer ist gerade in keinem solchen Netzwerk.' : null;
    case 'counts':
    case undefined:
      return null;
  }
}

export function networksOf({ profiles }: FirewallState): string | null {
  const used = (profiles ?? []).filter(({ interfaces }) => interfaces.length > 0);
  if (used.length === 0) return null;
  const here = used.map(
    ({ name, interfaces }) =>
      `${list(interfaces.map(foreign))} ${interfaces.length === 1 ? `ist in einem ${NETWORK_PROFILE[name].one}` : `sind ${NETWORK_PROFILE[name].in}`}`,
  );
  const off = (profiles ?? []).filter(({ active }) => active === false).map(({ name }) => NETWORK_PROFILE[name].in);
  return `${here.join('; ')}.${off.length === 0 ? '' : ` Sie ist ${list(off)} aus.`}`;
}
