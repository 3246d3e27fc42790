/** Databases, in German. In alphabetical order. */
import type { GermanService } from './german.ts';

const CLOSED =
  'Programme auf anderen Computern können diese Datenbank nicht mehr nutzen. Programme auf diesem Computer können es weiter.';
const NO_PASSWORD =
  'Frisch installiert fragt sie nach keinem Passwort: Jemand könnte alle Daten darin lesen, ändern und löschen.';
const PASSWORD = 'Wer ein Passwort kennt oder errät, könnte die Daten darin lesen, ändern und löschen.';
const MEMORY = 'Hält Daten im Arbeitsspeicher, damit Programme sie schnell finden.';

export const database: Readonly<Record<string, GermanService>> = {
  cassandra: {
    purpose: 'Eine Datenbank, die ihre Daten über mehrere Computer verteilt.',
    ifExposed: NO_PASSWORD,
    ifClosed: CLOSED,
    bindLocal: 'In cassandra.yaml: listen_address: localhost und rpc_address: localhost',
  },
  clickhouse: {
    purpose: 'Eine Datenbank, um große Mengen von Daten auszuwerten.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
  },
  couchdb: {
    purpose: 'Eine Datenbank für Dokumente, ansprechbar über das Web.',
    ifExposed: PASSWORD,
    ifClosed: 'Programme und Geräte, die sich mit dieser Datenbank abgleichen, erreichen sie nicht mehr.',
    bindLocal: 'In local.ini, Abschnitt [chttpd]: bind_address = 127.0.0.1',
  },
  elasticsearch: {
    purpose: 'Durchsucht große Mengen von Text und Protokollen.',
    ifExposed: 'Wo die Sicherheit ausgeschaltet ist, könnte jemand alles darin lesen, ändern und löschen.',
    ifClosed: CLOSED,
  },
  influxdb: {
    purpose: 'Eine Datenbank für Messwerte im Lauf der Zeit.',
    ifExposed: PASSWORD,
    ifClosed: 'Sensoren und Programme anderswo können keine Messwerte mehr hierher senden.',
  },
  memcached: {
    purpose: MEMORY,
    ifExposed: 'Es fragt nach keinem Passwort: Jemand könnte lesen und ändern, was Programme darin ablegen.',
    ifClosed: CLOSED,
  },
  minio: {
    purpose: 'Speichert Dateien für Programme, wie Amazon S3 es tut.',
    ifExposed:
      'Wer die Schlüssel kennt, könnte jede Datei darin lesen und löschen; viele behalten die allgemein bekannten ersten Schlüssel.',
    ifClosed: CLOSED,
  },
  mongodb: {
    purpose: 'Eine Datenbank für Dokumente.',
    ifExposed: NO_PASSWORD,
    ifClosed: CLOSED,
  },
  mssql: {
    purpose: 'Eine Datenbank.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
  },
  mysql: {
    purpose: 'Eine Datenbank, die viele Websites nutzen.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
    bindLocal: 'Im Abschnitt [mysqld] ihrer Konfiguration: bind-address = 127.0.0.1',
  },
  neo4j: {
    purpose: 'Eine Datenbank für Dinge und wie sie zusammenhängen.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
  },
  'oracle-database': {
    purpose: 'Eine Datenbank.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
  },
  postgresql: {
    purpose: 'Eine Datenbank, die viele Websites und Programme nutzen.',
    ifExposed: PASSWORD,
    ifClosed: CLOSED,
  },
  qdrant: {
    purpose: 'Findet ähnliche Texte und Bilder für Programme, die mit Sprachmodellen arbeiten.',
    ifExposed: NO_PASSWORD,
    ifClosed: CLOSED,
  },
  redis: {
    purpose: MEMORY,
    ifExposed:
      'Ohne Passwort könnte jemand alles darin lesen und ändern und sogar Dateien auf diesen Computer schreiben.',
    ifClosed: CLOSED,
  },
};
