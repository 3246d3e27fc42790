/** The part of the Export view that makes a report, in German. */
import { foreign, number } from '../format.ts';
import type { ReportPartWords } from './part-en.ts';

export const reportPartInGerman: ReportPartWords = {
  language: 'de',
  title: 'Bericht',
  lead: 'Wer was erreicht und warum, der Rat und was nicht gelesen wurde, als Datei zum Weitergeben. Hier wird nichts geändert.',
  format: 'Als',
  formats: {
    html: { name: 'Seite', text: 'HTML, zum Lesen und Drucken' },
    md: { name: 'Markdown', text: 'Für Tickets und Chats' },
    csv: { name: 'Tabelle', text: 'CSV, für Tabellenprogramme' },
    json: { name: 'JSON', text: 'Für Skripte: was scan --json ausgibt' },
    sarif: { name: 'SARIF', text: 'Für das, was Prüfergebnisse sammelt' },
  },
  redact: 'Weglassen, wer und wo',
  redactHint: 'Namen, Adressen und Ordner werden ersetzt, und der Computer wird nicht genannt.',
  preview: 'Vorschau',
  previewOfPage: 'Was auf der Seite steht, als Text',
  making: 'Schreibt den Bericht …',
  tooLong: 'Er ist zu lang, um hier gezeigt zu werden. Speichere ihn, um ihn zu sehen.',
  goesOn: (lines) => `${number(lines)} weitere Zeilen stehen in der Datei.`,
  save: 'Bericht speichern …',
  saved: (path) => `Gespeichert als ${foreign(path)}`,
};
