/** Private networks and anonymous ones, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const KEYS = 'Wenig: Nur Geräte, die einen Schlüssel dieses Netzwerks haben, bekommen Antwort.';
const JOINS = 'Verbindet diesen Computer mit einem privaten Netzwerk.';
const OWN = 'Verbindet deine Geräte zu einem eigenen privaten Netzwerk.';
const INDIRECT = 'Deine Geräte erreichen einander vielleicht nicht mehr direkt.';
const RELAY =
  'Verbindungen zwischen deinen Geräten gehen vielleicht über einen vermittelnden Server (Relay) und sind langsamer.';

export const vpn: Readonly<Record<string, GermanService>> = {
  ipsec: {
    purpose: JOINS,
    ifExposed: 'Wenig: Nur Partner mit dem richtigen Schlüssel oder Zertifikat bekommen volle Antwort.',
    ifClosed:
      'Andere können das VPN zu diesem Computer nicht mehr aufbauen; eine Verbindung von hier aus geht meist weiterhin.',
  },
  nebula: {
    purpose: OWN,
    ifExposed: KEYS,
    ifClosed: INDIRECT,
  },
  openvpn: {
    purpose: JOINS,
    ifExposed: 'Wenig: Nur Geräte mit einem Zertifikat oder Schlüssel dieses Netzwerks kommen herein.',
    ifClosed:
      'Andere können sich nicht mehr mit einem VPN-Server hier verbinden; eine Verbindung von hier nach anderswo geht weiterhin.',
    bindLocal: 'Als Client, in seiner Konfiguration: nobind',
  },
  proxy: {
    purpose: 'Holt Webseiten für andere Programme oder Geräte.',
    ifExposed:
      'Jemand könnte in deinem Namen das Internet nutzen und Seiten erreichen, die nur dieser Computer sehen darf.',
    ifClosed: 'Andere Geräte kommen nicht mehr über diesen Computer ins Internet.',
  },
  tailscale: {
    purpose: OWN,
    ifExposed: KEYS,
    ifClosed: RELAY,
  },
  tinc: {
    purpose: OWN,
    ifExposed: KEYS,
    ifClosed: INDIRECT,
  },
  tor: {
    purpose: 'Verbirgt, woher Verbindungen kommen, indem es sie über mehrere andere Computer leitet.',
    ifExposed: 'Jemand könnte Tor über diesen Computer nutzen und es steuern, wo sein Steuerungsport offen ist.',
    ifClosed: 'Andere Geräte können Tor nicht mehr über diesen Computer nutzen. Programme hier können es weiter.',
  },
  wireguard: {
    purpose: JOINS,
    ifExposed: KEYS,
    ifClosed:
      'Andere können keine Verbindung zu diesem Computer mehr beginnen; eine, die hier beginnt, geht weiterhin.',
  },
  zerotier: {
    purpose: OWN,
    ifExposed: KEYS,
    ifClosed: RELAY,
  },
};
