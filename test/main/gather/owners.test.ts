import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { linkOf } from '../../../src/main/gather/files.ts';
import { collectOwners } from '../../../src/main/gather/owners.ts';

interface Line {
  readonly pid?: number;
  readonly comm?: string;
  readonly cmdline?: string;
  readonly inodes?: readonly number[];
  readonly cut?: string;
}

const euid = process.geteuid?.() ?? -1;
const servers: Server[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const socketsOf = (pid: number | 'self'): ReadonlySet<number> =>
  new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [Number(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? 0)].filter(
          (n) => n > 0,
        );
      } catch {
        return [];
      }
    }),
  );

/** A socket of this process that listens; its inode. */
async function listening(): Promise<number> {
  const before = socketsOf('self');
  const server = createServer();
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [...socketsOf('self')].find((inode) => !before.has(inode)) ?? -1;
}

const find = (inode: number, cgroup: string | null): readonly Line[] =>
  collectOwners([{ inode, uid: euid, cgroup }], euid)
    .stdout.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

describe.skipIf(process.platform !== 'linux')('who holds a socket', () => {
  test('is found where the cgroup leads nowhere, and again by the hint of last time', async () => {
    const inode = await listening();
    for (let n = 0; n < 2; n++) {
      const [line, ...more] = find(inode, '/portcullis-no-such-cgroup');
      expect(more).toEqual([]);
      expect(line).toMatchObject({ pid: process.pid, inodes: [inode] });
      expect(line?.cmdline?.length).toBeGreaterThan(0);
    }
    expect(find(inode, null)).toMatchObject([{ pid: process.pid }]);
  });

  test('is looked for anew when the hint no longer holds', async () => {
    const inode = await listening();
    expect(find(inode, null)).toMatchObject([{ pid: process.pid }]);
    servers.pop()?.close();
    expect(find(inode, null)).toEqual([]);
  });

  test('of several holders one is named, not each of them', async () => {
    const server = createServer();
    servers.push(server);
    const before = socketsOf('self');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const inode = [...socketsOf('self')].find((n) => !before.has(n)) ?? -1;
    const descriptor = readdirSync('/proc/self/fd').find((fd) => linkOf(`/proc/self/fd/${fd}`) === `socket:[${inode}]`);
    const child = spawn('sleep', ['20'], { stdio: ['ignore', 'ignore', 'ignore', Number(descriptor)] });
    children.push(child);
    await once(child, 'spawn');
    expect(socketsOf(child.pid ?? 0)).toContain(inode);
    const lines = find(inode, '/');
    expect(lines.filter(({ inodes }) => inodes?.includes(inode) === true)).toHaveLength(1);
  });

  test('nobody, for a socket that no process holds; that is no error', () => {
    expect(find(4_000_000_001, '/')).toEqual([]);
    expect(find(4_000_000_001, null)).toEqual([]);
  });
});
