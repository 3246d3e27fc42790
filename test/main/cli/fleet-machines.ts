/**
 * A folder of machines: snapshots that were captured (capture.sh) under other names, Windows computers and logs of osquery
 * that are synthetic, and files that are damaged.
 */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Snapshot } from '../../../src/core/model.ts';
import { LINUX, MAC, snapshotLog } from '../../core/osquery/logs.ts';
import { snapshot as captured } from './program.ts';
import { WINDOWS } from './windows-machines.ts';

/** A captured one of another name; `instead`: text that stands for another. */
const renamed = (name: string, host: string, instead: readonly (readonly [RegExp, string])[] = []): string => {
  const text = instead.reduce((all, [of, by]) => all.replace(of, by), readFileSync(captured(name), 'utf8'));
  return JSON.stringify({ ...(JSON.parse(text) as Snapshot), host });
};

const WRITTEN = new Date('2026-11-29T12:00:00Z');

/** Twelve machines and three files that give none. @param folder an empty one */
export function makeFleet(folder: string): void {
  const put = (path: string, content: string | Buffer): void => writeFileSync(join(folder, path), content);
  mkdirSync(join(folder, 'berlin'));
  mkdirSync(join(folder, 'paris', 'desk-7'), { recursive: true });
  put('anna.json', renamed('on', 'anna'));
  put('ben.json', renamed('on', 'ben'));
  put('berlin/cleo.json', renamed('off', 'cleo'));
  put('berlin/dora.json.gz', gzipSync(renamed('absent', 'dora')));
  put('berlin/emil.json', renamed('ordinary', 'emil'));
  // A port that nobody else has.
  put('berlin/finn.json', renamed('on', 'finn', [[/\b9000\b/g, '5901']]));
  put('berlin/gina.json', renamed('firewalld', 'gina'));
  for (const [name, machine] of Object.entries(WINDOWS)) {
    if (name === 'windows-home' || name === 'windows-office') put(`${name}.json`, JSON.stringify(machine));
  }
  put('osqueryd.snapshots.log', snapshotLog('web-1', LINUX) + snapshotLog('air.local', MAC, 1_796_000_500));
  for (const [table, rows] of Object.entries(LINUX)) {
    const told = table === 'system_info' ? [{ hostname: 'desk-7', uuid: '7' }] : rows;
    put(`paris/desk-7/${table}.json`, JSON.stringify(told));
    // What has no time of its own is as old as its file.
    utimesSync(join(folder, `paris/desk-7/${table}.json`), WRITTEN, WRITTEN);
  }
  put('half.json', renamed('on', 'half').slice(0, 5000));
  put('notes.json', '{"shopping":["milk"]}');
  put('berlin/\u001b[31mred\u202e.json', '');
  put('readme.txt', 'Not looked at.');
}
