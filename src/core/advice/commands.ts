/**
 * The commands that the sentences of a finding name, so that a face can set each on a line of its own, to be copied. Every
 * one of them stands in the English sentences as it is given here, made visible.
 */
import { visible } from '../visible.ts';
import { settledTogether } from '../gaps/index.ts';
import type { GapHow } from '../gaps/meaning.ts';
import type { Way } from '../model.ts';
import type { Says, TunnelStop } from '../says.ts';

/** What sentences of a kind name, whatever the computer. */
export const FIXED = {
  asRoot: 'sudo portcullis scan',
  exact: 'portcullis scan --exact',
  json: 'portcullis scan --json',
  snapshot: 'portcullis snapshot',
  undo: 'portcullis undo',
  ownTable: 'sudo nft list table inet portcullis',
  ufwOff: 'sudo ufw disable',
  firewalldOff: 'sudo systemctl disable --now firewalld',
  installUfw: 'sudo apt install ufw',
  panicOff: 'sudo firewall-cmd --panic-off',
  keep: 'sudo firewall-cmd --runtime-to-permanent',
  reload: 'sudo firewall-cmd --reload',
  webServices: 'netsh http show servicestate',
  startFirewall: 'Start-Service mpssvc',
  hyperVRules: 'Get-NetFirewallHyperVRule',
  // The default of WSL, by the id of its guests. Source: Microsoft, "Configure Hyper-V firewall".
  hyperVDefault:
    "Get-NetFirewallHyperVVMSetting -PolicyStore ActiveStore -Name '{40E0AC32-46A5-438A-A0B2-2B479E8F2E90}'",
} as const;

/** Those that the words of a way to close a port name. */
export const commandsOfWay = (way: Way): readonly string[] => (way === 'install-firewall' ? [FIXED.installUfw] : []);

const given = (...commands: readonly (string | null | undefined)[]): readonly string[] =>
  commands.filter((command) => command !== null && command !== undefined);

/** In no order; each once. Empty where the sentences name none. */
export const commandsOf = (says: Says): readonly string[] => [...new Set(named(says).map(visible))];

function named(says: Says): readonly string[] {
  switch (says.kind) {
    case 'exposed':
      if (says.because === null || typeof says.because === 'string') return [];
      if ('urls' in says.because) return [FIXED.webServices];
      return 'passes' in says.because ? given(...says.because.passes.map(({ command }) => command)) : [];
    case 'leads-on':
      return says.close.by === 'option' ? [says.close.option] : [];
    case 'two-firewalls':
      return [FIXED.ufwOff, FIXED.firewalldOff];
    case 'firewalld-panic':
      return [FIXED.panicOff];
    case 'firewalld-restart':
      return [FIXED.keep, FIXED.reload];
    case 'firewalld-wide':
      return given(says.command, FIXED.reload);
    case 'reach-unknown':
      return says.cause.gaps.length > 0
        ? says.cause.gaps.flatMap(({ means }) => commandsThatSettle(means.how))
        : commandsThatSettle(settledTogether(says.cause.reasons));
    case 'powerless-deny':
      return given(says.command, says.rule.deletion);
    case 'idle-rules':
      // Of several, how each is deleted is not said.
      return given(
        says.rules.first.length === 1 ? says.rules.first[0]?.deletion : null,
        says.rules.first.length > 1 && says.rules.more > 0 ? FIXED.json : null,
      );
    case 'tunnel':
      return stopping(says.stop);
    case 'windows-guests':
      return [FIXED.hyperVRules, FIXED.hyperVDefault];
    case 'windows-replaced':
      return says.by === null ? [FIXED.startFirewall] : [];
    case 'mac-unless-pf':
      return [FIXED.asRoot];
    case 'half-opening':
    case 'windows-refused':
      return says.commands ?? [];
    case 'firewall-absent':
    case 'unused-opening':
    case 'windows-inert':
    case 'mac-setting':
    case 'mac-pf':
      return [];
    case 'firewall-allows':
    case 'firewall-off':
    case 'firewalld-trusts':
    case 'mac-signed':
    case 'mac-stealth':
    case 'own-address':
    case 'windows-private':
    case 'windows-profile':
    case 'windows-unfiltered':
      return given(says.command);
  }
}

/** Those that the words of what would settle a gap name. */
export function commandsThatSettle(how: GapHow): readonly string[] {
  switch (how.kind) {
    case 'exact':
    case 'exact-outside':
      return [FIXED.exact];
    case 'as-root':
      return [FIXED.asRoot];
    case 'scan-there':
      return [FIXED.snapshot];
    case 'own-table':
      return [FIXED.undo, FIXED.ownTable];
    case 'command':
    case 'run':
    case 'run-as-administrator':
      return [visible(how.command)];
    case 'application-settings':
    case 'as-administrator':
    case 'edit':
    case 'install-iproute2':
    case 'install-perl':
    case 'look-at':
    case 'look-into':
    case 'look-or-remove':
    case 'named-rule':
    case 'other-firewall':
    case 'other-tools':
    case 'scan-again':
      return [];
  }
}

const stopping = (stop: TunnelStop): readonly string[] => (stop.by === 'command' ? given(stop.command, stop.look) : []);
