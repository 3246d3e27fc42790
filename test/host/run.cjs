/**
 * The stand-in's start: what Electron's program does with its arguments, done by Node.
 *
 *   run       arguments, the application's entry, where `electron` is found
 *   electron  the module `electron` as far as the application uses it
 *   browser   the system's Chromium, its pages and its requests
 *   window    BrowserWindow and its web contents
 *   utility   what runs first in a utility process
 *   page      what runs in a page before its scripts: the preload
 *
 * What it cannot prove: the isolated world of a preload (here a closure in the page), permission handlers (recorded only),
 * a scheme of one's own (`app://x` is shown as `http://x.app.localhost`), the sandbox of the true runtime, and what a
 * desktop shows: whether there is a tray and what it makes of a picture, a tip and a menu, whether a notification is seen
 * and its button is there, that a second start reaches the first, and that a session starts what stands in its folder.
 */
'use strict';
const { existsSync, readFileSync, statSync } = require('node:fs');
const { Module } = require('node:module');
const { dirname, join, resolve } = require('node:path');

const electronModule = join(__dirname, 'electron.cjs');
const find = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'electron' ? electronModule : find.call(this, request, ...rest);
};
Object.defineProperty(process, 'type', { value: 'browser' });
Object.assign(process.versions, { electron: '0.0.0-stand-in' });

const preloaded = [];
const args = process.argv.slice(2);
let announcePort = false;
while (args[0]?.startsWith('-')) {
  const option = args.shift();
  if (option === '-r' || option === '--require') preloaded.push(resolve(args.shift()));
  // Prints "Debugger listening on ws://…", which whoever drives the application waits for.
  else if (option.startsWith('--inspect')) require('node:inspector').open(0, '127.0.0.1');
  else if (option.startsWith('--remote-debugging-port')) announcePort = true;
}
const entry = resolve(args.shift() ?? '.');
const folder = statSync(entry).isDirectory() ? entry : dirname(entry);
const packageFile = join(folder, 'package.json');
const description = existsSync(packageFile) ? JSON.parse(readFileSync(packageFile, 'utf8')) : {};
const main = folder === entry ? join(folder, description.main ?? 'index.js') : entry;

const host = require('./electron.cjs')[Symbol.for('stand-in')];
host.describe({ folder, description, announcePort });
process.argv = [process.argv[0], ...process.argv.slice(2)];
for (const file of preloaded) require(file);
process.argv = [process.argv[0], entry, ...args];
require(main);
host.start();
