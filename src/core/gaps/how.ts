/** What would settle it, in English. */
import type { GapHow } from './meaning.ts';

export function howText(how: GapHow): string {
  switch (how.kind) {
    case 'exact':
      return 'portcullis scan --exact';
    case 'exact-outside':
      return 'portcullis scan --exact, on the computer itself and not in a container';
    case 'as-root':
      return 'sudo portcullis scan';
    case 'as-administrator':
      return 'scan again as administrator';
    case 'scan-again':
      return 'scan again';
    case 'scan-there':
      return 'on that computer: portcullis snapshot';
    case 'install-iproute2':
      return 'install the package iproute2, which has the program ss';
    case 'install-perl':
      return 'install perl, then scan again';
    case 'other-tools':
      return 'Use firewall-cmd, or your system’s firewall settings.';
    case 'own-table':
      return 'If a change was interrupted: portcullis undo. A rule that you added there belongs in a table of your own: sudo nft list table inet portcullis';
    case 'application-settings':
      return 'look in System Settings, Network, Firewall';
    case 'named-rule':
      return 'look at the rule that is named';
    case 'command':
      return how.command;
    case 'run':
      return `run: ${how.command}`;
    case 'run-as-administrator':
      return `run, as administrator: ${how.command}`;
    case 'other-firewall':
      return `look in the settings of ${how.name} itself`;
    case 'edit':
      return `edit ${how.path}`;
    case 'look-at':
      return `look at ${how.path}`;
    case 'look-into':
      return `Look at ${how.path}`;
    case 'look-or-remove':
      return `look at ${how.path}, or remove it`;
  }
}
