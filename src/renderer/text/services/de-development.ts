/** Servers that people run while they write software, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLOSED = 'Dein eigener Browser erreicht ihn weiter. Handys und andere im Team erreichen ihn nicht mehr.';
const SOURCE_CODE =
  'Jemand könnte das Projekt und seine Dateien lesen und die unfertige Seite so nutzen, wie du es tust.';
const DRAFTS = 'Jemand könnte die Seite mit ihren Entwürfen lesen.';
const shows = (what: string): string => `Zeigt ${what}, während daran geschrieben wird.`;

export const development: Readonly<Record<string, GermanService>> = {
  adb: {
    purpose: 'Verbindet Android-Handys und Emulatoren mit Entwicklerwerkzeugen.',
    ifExposed:
      'Jemand könnte auf den angeschlossenen Handys Apps installieren, ihre Dateien lesen und Befehle ausführen.',
    ifClosed: 'Entwicklerwerkzeuge auf anderen Computern erreichen die Handys nicht mehr, die hier angeschlossen sind.',
    bindLocal: 'Den Server ohne -a starten: adb kill-server, dann adb start-server',
  },
  angular: {
    purpose: shows('ein Angular-Projekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  astro: {
    purpose: shows('ein Astro-Projekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
    bindLocal: 'Ohne --host starten: astro dev',
  },
  'dev-server': {
    purpose: 'Zeigt eine Website oder Anwendung, während daran geschrieben wird, oder die Dateien eines Ordners.',
    ifExposed:
      'Jemand könnte die Dateien lesen, die er ausliefert, und die unfertige Anwendung so nutzen, wie du es tust.',
    ifClosed: CLOSED,
    bindLocal: 'So starten, dass er an 127.0.0.1 lauscht und nicht an jeder Adresse',
  },
  django: {
    purpose: shows('ein Django-Projekt'),
    ifExposed: 'Jemand könnte die unfertige Seite nutzen und auf ihren Fehlerseiten Einstellungen und Quelltext sehen.',
    ifClosed: CLOSED,
  },
  'firebase-emulator': {
    purpose: 'Spielt die Firebase-Cloud, während an einer Anwendung geschrieben wird.',
    ifExposed:
      'Jemand könnte die Testdaten lesen, ändern und löschen, denn die Emulatoren fragen nach keinem Passwort.',
    ifClosed: CLOSED,
    bindLocal: 'In firebase.json, für jeden Emulator: "host": "127.0.0.1"',
  },
  flask: {
    purpose: shows('eine Flask-Anwendung'),
    ifExposed:
      'Jemand könnte die unfertige Anwendung nutzen; ist die Fehlersuche an, führt ihre Konsole Code auf diesem Computer aus.',
    ifClosed: CLOSED,
  },
  'git-daemon': {
    purpose: 'Lässt andere Git-Repositorys von diesem Computer holen, ohne Passwort.',
    ifExposed: 'Jemand könnte jedes Repository kopieren, das er freigibt.',
    ifClosed: 'Andere können von diesem Computer keine Repositorys mehr über git://-Adressen holen.',
  },
  hugo: {
    purpose: shows('eine Hugo-Website'),
    ifExposed: DRAFTS,
    ifClosed: CLOSED,
  },
  'java-web': {
    purpose: 'Liefert eine Webanwendung aus, die in Java geschrieben ist, meist eine, die gerade entwickelt wird.',
    ifExposed:
      'Jemand könnte die Anwendung so nutzen, wie du es tust, und ihre Verwaltungsseiten, wo sie eingeschaltet sind.',
    ifClosed: CLOSED,
    bindLocal:
      'Spring Boot: server.address=127.0.0.1 in application.properties; Tomcat: address="127.0.0.1" bei seinem Connector',
  },
  jekyll: {
    purpose: shows('eine Jekyll-Website'),
    ifExposed: DRAFTS,
    ifClosed: CLOSED,
  },
  jenkins: {
    purpose: 'Baut und testet Software nach Zeitplan oder nach jeder Änderung.',
    ifExposed:
      'Wer sich anmelden kann oder an der Anmeldung vorbeikommt, könnte auf diesem Computer Programme laufen lassen.',
    ifClosed: 'Andere Computer können Jenkins hier nicht mehr öffnen, und Webhooks stoßen keine Builds mehr an.',
    bindLocal: '--httpListenAddress=127.0.0.1 (in der systemd-Unit: JENKINS_LISTEN_ADDRESS)',
  },
  'jetbrains-ide': {
    purpose:
      'Lässt einen Browser und andere Werkzeuge mit dem Editor sprechen, etwa um Webseiten in einer Vorschau zu zeigen.',
    ifExposed: 'Jemand könnte über den eingebauten Webserver die Dateien offener Projekte lesen.',
    ifClosed: CLOSED,
    bindLocal: 'Unter Settings, Build, Debugger: „Can accept external connections“ abwählen',
  },
  jupyter: {
    purpose: 'Betreibt Notebooks: Dokumente, deren Code auf diesem Computer ausgeführt wird.',
    ifExposed:
      'Wer das Token hat oder errät, könnte mit deinen Rechten jedes Programm laufen lassen und alle deine Dateien lesen.',
    ifClosed: 'Du kannst deine Notebooks nicht mehr von einem anderen Gerät aus öffnen.',
  },
  'live-server': {
    purpose: 'Zeigt einen Ordner mit Webseiten und lädt sie nach jeder Änderung neu.',
    ifExposed: 'Jemand könnte jede Datei in dem Ordner lesen, den er zeigt.',
    ifClosed: CLOSED,
  },
  'mail-catcher': {
    purpose: 'Fängt die E-Mails ab, die eine Anwendung beim Testen verschickt.',
    ifExposed: 'Jemand könnte die Test-Mails lesen, samt Passwort-Links, die darin stehen.',
    ifClosed: CLOSED,
  },
  metro: {
    purpose: 'Schickt den Code einer App mit React Native oder Expo an das Handy oder den Emulator, wo sie läuft.',
    ifExposed:
      'Jemand könnte den Quelltext der App lesen; über alte Versionen des Servers ließen sich hier Programme starten.',
    ifClosed:
      'Ein Handy im selben Netzwerk kann die App nicht mehr von diesem Computer laden; Emulatoren und USB können es weiter.',
  },
  next: {
    purpose: shows('ein Next.js-Projekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  nuxt: {
    purpose: shows('ein Nuxt-Projekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  parcel: {
    purpose: shows('ein Webprojekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  'php-server': {
    purpose: 'Lässt eine PHP-Website laufen, während daran geschrieben wird.',
    ifExposed:
      'Jemand könnte die Skripte des Ordners ausführen, den er ausliefert, und die anderen Dateien darin lesen.',
    ifClosed: CLOSED,
  },
  rails: {
    purpose: shows('eine Anwendung mit Ruby on Rails'),
    ifExposed: 'Jemand könnte die unfertige Anwendung nutzen und auf ihren Fehlerseiten Quelltext sehen.',
    ifClosed: CLOSED,
  },
  rstudio: {
    purpose: 'Führt R im Browser aus, auf diesem Computer.',
    ifExposed: 'Wer ein Passwort dieses Computers kennt oder errät, könnte hier Programme laufen lassen.',
    ifClosed: 'Du kannst RStudio nicht mehr von einem anderen Gerät aus öffnen.',
  },
  storybook: {
    purpose: 'Zeigt die Bausteine einer Bedienoberfläche einzeln.',
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  streamlit: {
    purpose: 'Zeigt ein Python-Skript als kleine Webanwendung.',
    ifExposed: 'Jemand könnte die Anwendung so nutzen, wie du es tust, und die Daten darin sehen.',
    ifClosed: CLOSED,
  },
  tensorboard: {
    purpose: 'Zeichnet, wie das Training eines Modells verläuft.',
    ifExposed: 'Jemand könnte die Trainingsdaten und Ergebnisse sehen, die es zeigt.',
    ifClosed: CLOSED,
    bindLocal: 'Ohne --bind_all starten: tensorboard --host localhost',
  },
  verdaccio: {
    purpose: 'Bewahrt private npm-Pakete auf und Kopien öffentlicher.',
    ifExposed: 'Jemand könnte deine privaten Pakete holen und andere veröffentlichen, wo das allen offensteht.',
    ifClosed: CLOSED,
  },
  vite: {
    purpose: 'Zeigt ein Webprojekt (mit Vue, React, Svelte oder anderem), während daran geschrieben wird.',
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
    bindLocal: 'Ohne --host starten, oder in vite.config: server: { host: "127.0.0.1" }',
  },
  'vscode-server': {
    purpose: 'Betreibt den Editor Visual Studio Code auf diesem Computer für einen Browser anderswo.',
    ifExposed: 'Wer das Passwort hat oder errät, könnte hier ein Terminal öffnen und alle deine Dateien lesen.',
    ifClosed: 'Du kannst den Editor nicht mehr von einem anderen Gerät aus öffnen.',
  },
  webdriver: {
    purpose: 'Lässt Testprogramme einen Webbrowser auf diesem Computer steuern.',
    ifExposed:
      'Jemand könnte hier einen Browser steuern, Seiten in deinem Netzwerk öffnen und Dateien dieses Computers lesen.',
    ifClosed: 'Tests, die auf anderen Computern laufen, können diesen Browser nicht mehr nutzen.',
    bindLocal: 'chromedriver ohne --allowed-ips; selenium: --host 127.0.0.1',
  },
  webpack: {
    purpose: shows('ein Webprojekt'),
    ifExposed: SOURCE_CODE,
    ifClosed: CLOSED,
  },
  workerd: {
    purpose: 'Lässt einen Cloudflare Worker auf diesem Computer laufen, während daran geschrieben wird.',
    ifExposed: 'Jemand könnte die unfertige Anwendung nutzen und die lokalen Daten, mit denen sie arbeitet.',
    ifClosed: CLOSED,
  },
};
