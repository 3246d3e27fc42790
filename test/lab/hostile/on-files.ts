/** Attacks by the plan in a file: what lies there, whose it is, and who says to be asking. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { sha256 } from '../../../src/main/apply/files.ts';
import type { Random } from '../generate/random.ts';
import { attack, type Attack } from './attack.ts';
import type { Order } from './bases.ts';
import { HONEY, real } from './trap.ts';

const UID = 1000;
const FOLDER = `/run/user/${UID}`;
const FILE = `${FOLDER}/portcullis-plan.json`;

function fresh(): void {
  rmSync('/run/user', { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  chownSync(FOLDER, UID, UID);
}

const clean = (): void => rmSync('/run/user', { recursive: true, force: true });

function lay(path: string, text: string | Buffer, { mode = 0o600, uid = UID } = {}): void {
  writeFileSync(path, text);
  chmodSync(path, mode);
  chownSync(path, uid, uid);
}

const make = (program: string, ...args: readonly string[]): void => void spawnSync(real(program), args);

type Trick = readonly [lay: (text: string) => void, hashOf?: (text: string) => string];

const TRICKS: readonly Trick[] = [
  [(text) => (lay(`${FOLDER}/other`, text), symlinkSync('other', FILE))],
  [() => symlinkSync('/etc/shadow', FILE), () => `root:${HONEY}:20000:0:99999:7:::\n`],
  [() => symlinkSync('/root/honey', FILE), () => `${HONEY}\n`],
  [() => symlinkSync('/dev/zero', FILE)],
  [() => symlinkSync('/proc/self/environ', FILE)],
  [(text) => (lay(`${FOLDER}/other`, text), linkSync(`${FOLDER}/other`, FILE))],
  [() => make('mkfifo', FILE)],
  [() => mkdirSync(FILE)],
  [() => make('mknod', FILE, 'c', '1', '5')],
  [(text) => lay(FILE, text, { uid: 1001 })],
  [(text) => lay(FILE, text, { uid: 0 })],
  [(text) => lay(FILE, text, { mode: 0o620 })],
  [(text) => lay(FILE, text, { mode: 0o602 })],
  [(text) => lay(FILE, text, { mode: 0o666 })],
  // Agreed to was another.
  [(text) => lay(FILE, `${text} `)],
  [(text) => lay(FILE, text.replace('"tcp"', '"udp"').replace('"schema":1', '"schema": 1'))],
  [(text) => lay(FILE, text.slice(0, -1))],
  [(text) => lay(FILE, text), () => 'another'],
  [() => lay(FILE, '')],
  [() => lay(FILE, Buffer.alloc(5 * 1024 * 1024, '{'))],
  [() => {}],
];

export function files(order: Order, random: Random): Attack {
  const text = JSON.stringify(order);
  const [trick, hashOf] = random.pick(TRICKS);
  const token = sha256(hashOf?.(text) ?? text);
  return attack('refused', {
    words: [
      'apply',
      random.chance(0.9)
        ? token
        : random.pick([token.toUpperCase(), `${token}0`, `${token}\n`, token.slice(1), ` ${token}`]),
    ],
    env: { [random.pick(['PKEXEC_UID', 'SUDO_UID'])]: String(UID) },
    lays: true,
    prepare: () => {
      fresh();
      trick(text);
    },
    clean,
  });
}

const NO_UIDS = [
  '',
  ' ',
  '-1',
  '-0',
  '1e3',
  '0x3e8',
  ' 1000',
  '1000 ',
  '1000\n',
  '+1000',
  '01000',
  '1000.0',
  '1000.5',
  '1,000',
  '١٠٠٠',
  'NaN',
  'Infinity',
  'root',
  '4294967296',
  '99999999999999999999',
  '../../../root',
  '1000/../0',
  '1000/../../../tmp',
  '$(id -u)',
  '; reboot',
  '1000\t',
  'null',
  '1000,0',
  '1001',
  '4294967295',
  '0b1111101000',
  '0o1750',
];

/** A right file of a right owner, and somebody who does not say rightly who asks; or a question that said something else. */
export function askers(order: Order, random: Random): Attack {
  const text = JSON.stringify(order);
  if (random.chance(0.3)) {
    const summary = String(order['summary']);
    const said = random.pick([
      [],
      [`${summary}.`],
      [summary.toUpperCase()],
      [summary.slice(1)],
      [`${summary}\n`],
      ['Nothing'],
      ['x'],
      [summary, summary],
    ]);
    return attack('refused', {
      words: ['apply', ...said],
      env: { PKEXEC_UID: random.pick(['1000', '0', '', '-1', 'x']) },
      input: Buffer.from(`${text}\n`),
    });
  }
  return attack('refused', {
    words: ['apply', sha256(text)],
    env: random.chance(0.1) ? {} : { [random.pick(['PKEXEC_UID', 'SUDO_UID'])]: random.pick(NO_UIDS) },
    lays: true,
    prepare: () => {
      fresh();
      lay(FILE, text);
      // Where a careless reading of the number would look.
      for (const folder of ['/run/user/0', '/run/user/1001']) {
        mkdirSync(folder, { recursive: true });
        lay(`${folder}/portcullis-plan.json`, text, { uid: UID });
      }
      lay('/run/user/0/portcullis-plan.json', text, { uid: 0 });
    },
    clean,
  });
}
