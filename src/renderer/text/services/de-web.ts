/** Web servers, and programs of one's own that are used through a web page, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const PAGE =
  'Du kannst seine Seite nicht mehr von einem anderen Gerät aus öffnen. Auf diesem Computer geht es weiterhin.';
const MODEL =
  'Programme auf anderen Geräten können die Modelle auf diesem Computer nicht mehr nutzen. Programme hier können es weiter.';
const MODELS = 'Betreibt Sprachmodelle auf diesem Computer.';
const PICTURES =
  'Es fragt nach keinem Passwort: Jemand könnte deine Grafikkarte nutzen, deine Bilder sehen und über Erweiterungen Code ausführen.';

export const web: Readonly<Record<string, GermanService>> = {
  comfyui: {
    purpose: 'Erzeugt Bilder mit KI-Modellen auf diesem Computer.',
    ifExposed: PICTURES,
    ifClosed: PAGE,
    bindLocal: 'Ohne --listen starten: python main.py',
  },
  grafana: {
    purpose: 'Zeichnet Messwerte auf Webseiten.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte deine Messwerte sehen; viele behalten „admin“ und „admin“.',
    ifClosed: PAGE,
    bindLocal: 'In grafana.ini, Abschnitt [server]: http_addr = 127.0.0.1',
  },
  'home-assistant': {
    purpose: 'Steuert Licht, Heizung und andere Geräte zu Hause.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte schalten, was bei dir zu Hause ist.',
    ifClosed: 'Handys und Tablets können dein Zuhause nicht mehr über diesen Computer steuern.',
  },
  'llama-server': {
    purpose: 'Betreibt ein Sprachmodell auf diesem Computer.',
    ifExposed: 'Jemand könnte deine Grafikkarte nutzen und in manchen Versionen lesen, was du gefragt hast.',
    ifClosed: MODEL,
  },
  'lm-studio': {
    purpose: MODELS,
    ifExposed: 'Es fragt nach keinem Passwort: Jemand könnte deine Modelle und deine Grafikkarte nutzen.',
    ifClosed: MODEL,
    bindLocal: '„Serve on Local Network“ ausschalten, oder: lms server start --bind 127.0.0.1',
  },
  'node-red': {
    purpose: 'Verbindet Geräte und Dienste durch Linien, die man zwischen ihnen zieht.',
    ifExposed:
      'Frisch installiert fragt es nach keinem Passwort: Jemand könnte auf diesem Computer Programme laufen lassen.',
    ifClosed: PAGE,
  },
  ollama: {
    purpose: MODELS,
    ifExposed: 'Es fragt nach keinem Passwort: Jemand könnte deine Modelle nutzen, sie löschen und andere holen.',
    ifClosed: MODEL,
    bindLocal: 'In seiner Umgebung setzen: OLLAMA_HOST=127.0.0.1',
  },
  'open-webui': {
    purpose: 'Eine Webseite, um mit Sprachmodellen zu sprechen.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte Gespräche lesen; wer zuerst kommt, wird Administrator.',
    ifClosed: PAGE,
  },
  'pi-hole': {
    purpose: 'Beantwortet die Namensfragen deines Netzwerks und lässt Werbung aus.',
    ifExposed: 'Wer das Passwort kennt oder errät, könnte sehen und ändern, welche Namen beantwortet werden.',
    ifClosed: 'Andere Geräte können diesen Computer nicht mehr nach Namen fragen.',
  },
  prometheus: {
    purpose: 'Sammelt Messwerte von Programmen und Computern.',
    ifExposed:
      'Frisch installiert fragt es nach keinem Passwort: Jemand könnte alle Messwerte lesen und erfahren, was wo läuft.',
    ifClosed: PAGE,
  },
  'stable-diffusion': {
    purpose: 'Erzeugt Bilder oder Text mit KI-Modellen auf diesem Computer.',
    ifExposed: PICTURES,
    ifClosed: PAGE,
    bindLocal: 'Ohne --listen und --share starten',
  },
  unifi: {
    purpose: 'Verwaltet die WLAN-Zugangspunkte eines Herstellers.',
    ifExposed: 'Wer ein Passwort kennt oder errät, könnte dein WLAN ändern.',
    ifClosed: 'Zugangspunkte können nicht mehr von diesem Computer aus verwaltet werden.',
  },
  'web-server': {
    purpose: 'Zeigt Webseiten allen, die danach fragen.',
    ifExposed: 'Jemand könnte jede Seite und jede Anwendung öffnen, die er ausliefert.',
    bindLocal: 'In seiner Konfiguration an 127.0.0.1 lauschen lassen und nicht an jeder Adresse',
    ifClosed:
      'Andere Geräte können die Seiten dieses Computers nicht mehr öffnen. Auf diesem Computer gehen sie weiterhin.',
  },
};
