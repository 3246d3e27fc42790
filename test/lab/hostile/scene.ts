/** The machine that is attacked: what listens, ufw's rules, and rules of other people. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { printTable, TABLE_PATH } from '../../../src/core/firewalls/table/door.ts';
import { realSystem } from './trap.ts';

/** ufw's files as the rules below left them. */
const KEPT = '/mnt/ufw-kept';

const FOREIGN = `table inet somebody {
  set friends { type ipv4_addr; elements = { 10.1.2.3, 10.1.2.4 } }
  chain input { type filter hook input priority 10; policy accept; ip saddr @friends tcp dport 3000 accept; tcp dport 31337 drop; }
}
`;

function must(program: string, args: readonly string[], input = ''): void {
  const { status, stdout, stderr } = spawnSync(realSystem(program), args, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
}

export async function listen(): Promise<void> {
  for (const port of [22, 3000, 2222, 5000, 8080]) {
    for (const host of ['0.0.0.0', '::']) {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen({ host, port, ipv6Only: host === '::' }, resolve);
      });
    }
  }
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(7000, '0.0.0.0', resolve));
}

const UFW: readonly (readonly string[])[] = [
  ['allow', '22/tcp'],
  ['allow', '3000/tcp', 'comment', 'my web'],
  ['allow', '4000/tcp'],
  ['limit', '2222/tcp'],
  ['deny', '9999/tcp'],
  ['allow', '7000/udp'],
  ['allow', 'from', '192.168.77.0/24', 'to', 'any', 'port', '8080', 'proto', 'tcp'],
  ['allow', 'in', 'on', 'wlan0', 'to', 'any', 'port', '5000', 'proto', 'tcp'],
  ['route', 'allow', 'in', 'on', 'wlan0', 'out', 'on', 'eth0', 'to', '10.66.0.20', 'port', '80', 'proto', 'tcp'],
];

/** Two machines: ufw at work; and ufw off, with a port closed in Portcullis's own table. */
export type Scene = 'ufw is on' | 'ufw is off';
export const SCENES: readonly Scene[] = ['ufw is on', 'ufw is off'];

/** Rules that are not ufw's stay for both. */
export function others(): void {
  must('nft', ['-f', '-'], FOREIGN);
  for (const program of ['iptables', 'ip6tables']) {
    must(program, ['-N', 'SOMEBODY']);
    must(program, ['-A', 'SOMEBODY', '-p', 'tcp', '--dport', '31338', '-j', 'DROP']);
    must(program, ['-A', 'INPUT', '-j', 'SOMEBODY']);
  }
  for (const words of UFW) must('ufw', words);
  cpSync('/etc/ufw', KEPT, { recursive: true });
}

/** As if nothing had ever been attacked. */
export function enter(scene: Scene): void {
  rmSync('/var/lib/portcullis', { recursive: true, force: true });
  for (const name of readdirSync('/etc/default')) {
    if (name.includes('portcullis')) rmSync(`/etc/default/${name}`);
  }
  rmSync('/etc/ufw', { recursive: true });
  cpSync(KEPT, '/etc/ufw', { recursive: true });
  rmSync('/etc/portcullis', { recursive: true, force: true });
  spawnSync(realSystem('nft'), ['delete', 'table', 'inet', 'portcullis']);
  must('ufw', ['--force', scene === 'ufw is on' ? 'enable' : 'disable']);
  if (scene === 'ufw is on') return;
  const text = printTable([{ protocol: 'tcp', port: 8080, except: [] }]) ?? '';
  mkdirSync('/etc/portcullis', { mode: 0o755 });
  writeFileSync(TABLE_PATH, text, { mode: 0o644 });
  must('nft', ['-f', '-'], text);
}
