/** Programs that give folders of this computer to others, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLOSED = 'Andere Geräte können die Ordner nicht mehr öffnen, die dieser Computer freigibt.';

export const fileSharing: Readonly<Record<string, GermanService>> = {
  afp: {
    purpose: 'Gibt Ordner für ältere Macs frei.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte die freigegebenen Ordner lesen und ändern.',
    ifClosed: CLOSED,
  },
  ftp: {
    purpose: 'Lässt andere Dateien holen und ablegen, ohne Verschlüsselung.',
    ifExposed:
      'Jemand im selben Netzwerk könnte Passwörter und Dateien unterwegs mitlesen und sich mit ihnen anmelden.',
    ifClosed: 'Andere können hier mit FTP keine Dateien mehr holen oder ablegen.',
  },
  iscsi: {
    purpose: 'Verleiht ganze Festplatten an andere Computer.',
    ifExposed: 'Jemand könnte die verliehenen Festplatten lesen und überschreiben, wo kein Passwort gesetzt ist.',
    ifClosed: 'Andere Computer verlieren die Festplatten, die sie sich von diesem leihen.',
  },
  nfs: {
    purpose: 'Gibt Ordner für andere Linux- und Mac-Computer frei.',
    ifExposed:
      'Es vertraut Adressen, nicht Passwörtern: Jemand in einem erlaubten Netzwerk könnte die freigegebenen Ordner lesen und ändern.',
    ifClosed: CLOSED,
    bindLocal: 'In /etc/nfs.conf, Abschnitt [nfsd]: host=127.0.0.1',
  },
  rclone: {
    purpose: 'Zeigt Dateien dieses Computers oder einer Cloud als Webseite oder Netzwerkordner.',
    ifExposed:
      'Jemand könnte alles lesen und oft auch ändern, was er zeigt; einfach gestartet fragt er nach keinem Passwort.',
    ifClosed: CLOSED,
  },
  rsync: {
    purpose: 'Lässt andere ganze Ordner von diesem Computer holen oder auf ihn kopieren.',
    ifExposed: 'Jemand könnte die Ordner kopieren, die er anbietet; ohne Passwortliste wird niemand danach gefragt.',
    ifClosed:
      'Andere Computer können mit rsync:// nichts mehr von hier oder hierher kopieren. rsync über SSH geht weiterhin.',
  },
  smb: {
    purpose: 'Gibt Ordner und Drucker für Windows-, Mac- und Linux-Computer frei.',
    ifExposed:
      'Jemand könnte Ordner öffnen, die für Gäste freigegeben sind, Passwörter raten und Fehler ausnutzen, die schon Würmer ausgenutzt haben.',
    ifClosed: CLOSED,
    bindLocal: 'In smb.conf, Abschnitt [global]: interfaces = lo und bind interfaces only = yes',
  },
  tftp: {
    purpose: 'Gibt Dateien an Geräte, die über das Netzwerk starten.',
    ifExposed: 'Jemand könnte jede Datei holen, die er anbietet, ohne Passwort.',
    ifClosed: 'Geräte können von diesem Computer nicht mehr starten und keine Dateien mehr holen.',
  },
  webdav: {
    purpose: 'Gibt einen Ordner über das Protokoll des Webs frei, etwa den Ordner „Öffentlich“ von GNOME.',
    ifExposed: 'Jemand könnte den freigegebenen Ordner lesen und ihn ändern, wo kein Passwort gesetzt ist.',
    ifClosed: CLOSED,
  },
};
