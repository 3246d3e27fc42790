/** Parts of the operating system, and programs that watch over it, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

export const system: Readonly<Record<string, GermanService>> = {
  'apt-cache': {
    purpose: 'Bewahrt Softwarepakete auf, damit andere Computer sie nur einmal holen.',
    ifExposed: 'Jemand könnte über diesen Computer Pakete holen und sehen, welche er hat.',
    ifClosed: 'Andere Computer können von hier keine Pakete mehr holen.',
  },
  'connected-devices': {
    purpose: 'Lässt deine Handys und anderen Computer teilen und weiterführen, was du auf diesem tust.',
    ifExposed:
      'Jemand könnte erfahren, dass dieser Computer da ist; was geteilt wird, ist für Geräte derselben Person.',
    ifClosed: 'Das Teilen in der Nähe und das Weitermachen auf einem anderen Gerät gehen vielleicht nicht mehr.',
  },
  'delivery-optimization': {
    purpose: 'Reicht Windows-Updates an andere Computer im Netzwerk weiter.',
    ifExposed: 'Jemand könnte sehen, welche Updates dieser Computer hat.',
    ifClosed: 'Andere Computer holen ihre Updates aus dem Internet. Updates hier gehen weiterhin.',
  },
  'dhcp-client': {
    purpose: 'Bittet das Netzwerk um eine Adresse. Ohne ihn ist dieser Computer offline.',
    ifExposed:
      'Wenig: Eine falsche Antwort könnte diesem Computer falsche Einstellungen geben, in einem Netzwerk, das sie zulässt.',
    ifClosed: 'Dieser Computer bekommt vielleicht keine Adresse mehr.',
  },
  'dhcp-server': {
    purpose:
      'Gibt virtuellen Maschinen, Containern oder Geräten, die die Verbindung dieses Computers mitnutzen, eine Adresse.',
    ifExposed: 'Jemand in einem Netzwerk, in dem er antwortet, bekäme eine Adresse von diesem Computer.',
    ifClosed: 'Virtuelle Maschinen oder Geräte, die diese Verbindung mitnutzen, bekommen keine Adresse.',
    bindLocal: 'dnsmasq: interface=virbr0 und bind-interfaces',
  },
  dns: {
    purpose: 'Macht aus Namen wie example.org Adressen.',
    ifExposed: 'Jemand könnte ihn nach Namen fragen, erfahren, was er weiß, und andere durch ihn mit Daten überfluten.',
    ifClosed: 'Andere Geräte, virtuelle Maschinen und Container können diesen Computer nicht mehr nach Namen fragen.',
    bindLocal:
      'dnsmasq: listen-address=127.0.0.1 und bind-interfaces; systemd-resolved: DNSStubListenerExtra= entfernen',
  },
  'http-sys': {
    purpose: 'Beantwortet Web-Anfragen für Programme und Dienste von Windows.',
    ifExposed: 'Jemand könnte die Windows-Dienste nutzen, die dort antworten; welche das sind, hängt vom Port ab.',
    ifClosed: 'Programme auf anderen Computern erreichen diese Windows-Dienste nicht mehr.',
    bindLocal: 'Als Administrator: netsh http add iplisten ipaddress=127.0.0.1',
  },
  'monitoring-agent': {
    purpose: 'Meldet einem Überwachungsprogramm, wie es diesem Computer geht.',
    ifExposed: 'Jemand könnte erfahren, welche Programme, Benutzer und Versionen dieser Computer hat.',
    ifClosed: 'Ein Überwachungsprogramm auf einem anderen Computer bekommt von hier keine Messwerte mehr.',
  },
  ntp: {
    purpose: 'Hält die Uhr richtig.',
    ifExposed: 'Wenig: Als Client nimmt er nur Antworten auf seine eigenen Fragen an.',
    ifClosed:
      'Andere Geräte können die Uhrzeit nicht mehr von diesem Computer holen. Seine eigene Uhr geht weiter richtig.',
  },
  opentelemetry: {
    purpose: 'Sammelt Ablaufspuren (Traces) und Messwerte von Programmen.',
    ifExposed: 'Jemand könnte falsche Daten senden und Ablaufspuren mit allem lesen, was sie enthalten.',
    ifClosed: 'Programme auf anderen Computern können keine Daten mehr hierher senden.',
    bindLocal: 'In seiner Konfiguration: endpoint: localhost:4317',
  },
  'port-proxy': {
    purpose: 'Nimmt an diesem Port Verbindungen an und leitet sie an einen anderen Port oder Computer weiter.',
    ifExposed: 'Jemand könnte nutzen, wohin er führt, auch ein Programm, das nur für diesen Computer selbst lauscht.',
    ifClosed: 'Andere Geräte gelangen durch diesen Port nicht mehr dorthin, wohin er führt. Dieser Computer schon.',
    bindLocal: 'Als Administrator: netsh interface portproxy, löschen und mit listenaddress=127.0.0.1 neu anlegen',
  },
  rpcbind: {
    purpose: 'Sagt anderen Computern, wo Netzwerkdienste alter Art zu finden sind, meist für NFS.',
    ifExposed:
      'Jemand könnte die Netzwerkdienste dieses Computers auflisten und andere durch ihn mit Daten überfluten.',
    ifClosed: 'NFS Version 3 geht für andere Computer nicht mehr. NFS Version 4 braucht ihn nicht.',
    bindLocal: 'systemctl disable --now rpcbind.socket rpcbind.service, wenn du nichts über NFS freigibst',
  },
  snmp: {
    purpose: 'Meldet einem Verwaltungsprogramm, wie es diesem Computer geht.',
    ifExposed: 'Wer den Community-Namen kennt, oft „public“, könnte vieles über diesen Computer lesen.',
    ifClosed: 'Ein Verwaltungsprogramm auf einem anderen Computer bekommt keine Antworten mehr.',
  },
  syslog: {
    purpose: 'Nimmt Protokollmeldungen anderer Geräte an.',
    ifExposed: 'Jemand könnte falsche Zeilen in die Protokolle schreiben und die Festplatte füllen.',
    ifClosed:
      'Andere Geräte können ihre Protokolle nicht mehr hierher senden. Die Protokolle dieses Computers werden weiter geschrieben.',
  },
  'windows-rpc': {
    purpose:
      'Lässt Windows-Computer gegenseitig ihre Dienste nutzen: Port 135 sagt, an welchen Ports, meist ab 49664, sie antworten.',
    ifExposed:
      'Jemand könnte herausfinden, welche Dienste hier laufen, und Fehler ausnutzen, die schon Würmer ausgenutzt haben.',
    ifClosed:
      'Administratoren können diesen Computer auf manche Arten nicht mehr von anderswo verwalten. Im Alltag ändert sich nichts.',
  },
};
