/** What would settle it, in German. Commands stay as they are. */
import type { GapHow } from '../../../core/gaps/index.ts';
import { visible } from '../../../core/visible.ts';
import { sentence } from '../format.ts';

export function germanHow(how: GapHow): string {
  switch (how.kind) {
    case 'exact':
      return 'portcullis scan --exact';
    case 'exact-outside':
      return 'portcullis scan --exact, auf dem Computer selbst und nicht in einem Container';
    case 'as-root':
      return 'sudo portcullis scan';
    case 'as-administrator':
      return 'scanne neu als Administrator';
    case 'scan-again':
      return 'scanne neu';
    case 'scan-there':
      return 'auf jenem Computer: portcullis snapshot';
    case 'install-iproute2':
      return 'installiere das Paket iproute2, in dem das Programm ss ist';
    case 'install-perl':
      return 'installiere perl und scanne dann neu';
    case 'other-tools':
      return 'Nimm firewall-cmd oder die Firewall-Einstellungen deines Systems.';
    case 'own-table':
      return 'Wenn eine Änderung unterbrochen wurde: portcullis undo. Eine Regel, die du dort eingefügt hast, gehört in eine eigene Tabelle: sudo nft list table inet portcullis';
    case 'application-settings':
      return 'sieh in den Systemeinstellungen unter Netzwerk, Firewall nach';
    case 'named-rule':
      return 'sieh dir die genannte Regel an';
    case 'command':
      return visible(how.command);
    case 'run':
      return `führe aus: ${visible(how.command)}`;
    case 'run-as-administrator':
      return `führe als Administrator aus: ${visible(how.command)}`;
    case 'other-firewall':
      return `sieh in den Einstellungen von ${sentence(how.name)} selbst nach`;
    case 'edit':
      return `bearbeite ${sentence(how.path)}`;
    case 'look-at':
      return `sieh in ${sentence(how.path)} nach`;
    case 'look-into':
      return `Sieh in ${sentence(how.path)} nach`;
    case 'look-or-remove':
      return `sieh in ${sentence(how.path)} nach oder lösche die Datei`;
  }
}
