/**
 * What is closed stays closed, and what was not confirmed is put back, on a computer that really starts: its systemd, the
 * package's units, a network that comes up late. While it starts a neighbour knocks every few milliseconds, so that a
 * port which were open for a moment would be seen.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type BootedHost, type Door, prepareBootedHost } from './booted-host.ts';
import { installDeb, makeDeb } from './deb.ts';
import { cannotTry } from './full-host.ts';

/** Closed in the own table, closed in ufw, and one that always stays open: through it the network is seen to be there. */
const TABLE: Door = 3000;
const UFW: Door = 3001;
const OPEN: Door = 8080;
const both = (answer: Answer): readonly Answer[] => [answer, answer];
const whyNot =
  cannotTry ?? (spawnSync('dpkg-deb', ['--version']).error === undefined ? null : 'a package needs dpkg-deb');
if (whyNot !== null) console.warn(`SKIPPED the computer that starts: ${whyNot}`);

/** Started by its socket, and with something that needs it. */
const SERVICE: Door = 3002;
const SHOP = `
cd /etc/systemd/system
printf '[Socket]\\nListenStream=[::]:3002\\nBindIPv6Only=both\\n[Install]\\nWantedBy=sockets.target\\n' >shop.socket
printf '[Unit]\\nRequires=shop.socket\\nAfter=network.target\\n[Service]\\nExecStart=/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:8080\\n' >shop.service
printf '[Unit]\\nRequires=shop.service\\nAfter=shop.service network.target\\n[Service]\\nExecStart=sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >till.service
systemctl daemon-reload
systemctl --quiet enable --now shop.socket
systemctl --quiet enable --now till.service
`;

const LINKED = `
systemctl --quiet disable --now till.service
mkdir -p /opt/till
mv /etc/systemd/system/till.service /opt/till/
systemctl daemon-reload
systemctl --quiet enable --now /opt/till/till.service
`;

/** Its file is a package's, so that masking it makes a link that was not there. */
const PACKAGED = `
systemctl --quiet disable --now till.service
mv /etc/systemd/system/till.service /usr/lib/systemd/system/
systemctl daemon-reload
systemctl --quiet enable --now till.service
`;

/**
 * Each alone in the folder of its link, which goes with it; a service that does not need its socket, so that the socket has
 * to start first; and a timer that is switched off along with it.
 */
const STALL = `
cd /etc/systemd/system
printf '[Socket]\\nListenStream=[::]:3002\\nBindIPv6Only=both\\n[Install]\\nWantedBy=graphical.target\\n' >shop.socket
printf '[Service]\\nExecStart=sleep infinity\\n[Install]\\nWantedBy=printer.target\\nAlso=till.timer\\n' >shop.service
printf '[Timer]\\nOnUnitActiveSec=1d\\n[Install]\\nWantedBy=usb-gadget.target\\n' >till.timer
printf '[Service]\\nExecStart=true\\n' >till.service
systemctl daemon-reload
systemctl --quiet enable --now shop.socket
systemctl --quiet enable shop.service till.timer
systemctl start shop.service
`;

/** As the installation left it. */
const KEEP = 'cp -a /etc/ufw /root/ufw; cp -a /usr/sbin/ufw /root/ufw.program';
const RENEW = `
rm -rf /etc/portcullis /var/lib/portcullis /etc/ufw
cp -a /root/ufw /etc/ufw
cp -a /root/ufw.program /usr/sbin/ufw
rm -f /etc/systemd/system/*.wants/nftables.service
rm -f /etc/systemd/system/shop.* /etc/systemd/system/till.* /etc/systemd/system/wpa_supplicant.*
rm -f /usr/lib/systemd/system/till.service
rm -f /etc/systemd/system/*.wants/shop.* /etc/systemd/system/*.wants/till.* /etc/systemd/system/*.wants/wpa_*
cd /etc/systemd/system; rmdir --ignore-fail-on-non-empty graphical.target.wants printer.target.wants usb-gadget.target.wants 2>/dev/null || true
`;

interface Entry {
  readonly id: string;
  readonly state: string;
  readonly note: string | null;
}

describe.skipIf(whyNot !== null)('a computer that starts', () => {
  let folder: string;
  let host: BootedHost;
  let why: string | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portcullis-boot-'));
    await chmod(folder, 0o755);
    const started = await prepareBootedHost(folder);
    if (typeof started === 'string') {
      why = started;
      console.warn(`SKIPPED the computer that starts: ${why}`);
      return;
    }
    host = started;
    const file = await makeDeb(folder);
    await host.boot();
    await installDeb(host, file);
    await host.cut();
    await host.disk(KEEP);
  }, 600_000);
  beforeEach(async (context) => {
    if (why !== null) return context.skip(why);
    await host.cut();
    await host.disk(RENEW);
    await host.boot();
  });
  afterAll(async () => {
    await host?.[Symbol.asyncDispose]();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const portcullis = (...words: readonly string[]) => host.must('portcullis', ...words, '--yes');
  const last = async (): Promise<Entry | undefined> =>
    (JSON.parse(await host.must('portcullis', 'history', '--json')) as { changes: readonly Entry[] }).changes[0];
  const files = () => host.must('sh', '-c', 'cd /etc/ufw; tail -n +1 ufw.conf user.rules user6.rules');
  const knock = async (expected: Partial<Record<Door, Answer>>, when = ''): Promise<void> => {
    for (const [door, answer] of Object.entries(expected))
      expect(await host.knock(Number(door) as Door), `${door} ${when}`).toEqual(both(answer));
  };

  /** Start it; nobody gets through to these doors at any moment, while the open one shows that packets arrive. */
  const bootWithout = async (...doors: readonly Door[]): Promise<void> => {
    const met = await host.boot([OPEN, ...doors]);
    for (const { opened } of met.slice(0, 2)) expect(opened).toBeGreaterThan(0);
    for (const { knocks, opened, refused } of met.slice(2)) {
      expect(knocks).toBeGreaterThan(20);
      expect({ opened, refused }).toEqual({ opened: 0, refused: 0 });
    }
    for (const door of doors) await knock({ [door]: 'filtered' }, 'after the start');
  };

  /** These came one after the other, as systemd noted it. */
  const inOrder = async (...asked: readonly (readonly [unit: string, moment: string])[]): Promise<void> => {
    const found: number[] = [];
    for (const [unit, moment] of asked)
      found.push(Number(await host.must('systemctl', 'show', '--value', '-p', `${moment}TimestampMonotonic`, unit)));
    for (const time of found) expect(time, String(found)).toBeGreaterThan(0);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  };
  const NETWORK = [
    ['network-pre.target', 'ActiveEnter'],
    ['systemd-networkd.service', 'InactiveExit'],
    ['network.target', 'ActiveEnter'],
  ] as const;

  /** A change that waits for its confirmation, made by a unit of its own. */
  const leaveWaiting = async (...words: readonly string[]): Promise<Entry> => {
    await host.must('systemd-run', '--quiet', '--unit=changing', 'portcullis', ...words, '--yes');
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      const entry = await last();
      if (entry?.state === 'waiting') return entry;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    throw new Error(`no change waits: ${await host.must('journalctl', '--unit=changing', '--lines=20')}`);
  };

  test('what the own table closes is closed from the first packet after a start', async () => {
    await knock({ [TABLE]: 'open', [OPEN]: 'open' });
    await portcullis('close', String(TABLE), '--way', 'own-table');
    await knock({ [TABLE]: 'filtered', [OPEN]: 'open' });
    await host.down();
    await bootWithout(TABLE);
    await inOrder(['portcullis-table.service', 'ActiveEnter'], ...NETWORK);
    await host.must('portcullis', 'undo');
    await host.down();
    await host.boot();
    await knock({ [TABLE]: 'open' });
  });

  test('a table that cannot be loaded is told by its unit, and what the kernel has stays', async () => {
    await portcullis('close', String(TABLE), '--way', 'own-table');
    await host.must('sh', '-c', 'echo nonsense >> /etc/portcullis/table.nft');
    expect((await host.run(['systemctl', 'restart', 'portcullis-table'])).exit).not.toBe(0);
    expect((await host.run(['systemctl', 'is-failed', 'portcullis-table'])).stdout).toBe('failed\n');
    await knock({ [TABLE]: 'filtered', [OPEN]: 'open' });
  });

  test('nftables’ unit flushes every rule, and what the own table closes is closed again', async () => {
    await portcullis('close', String(TABLE), '--way', 'own-table');
    expect(await host.must('cat', '/etc/nftables.conf')).toContain('\nflush ruleset\n');
    for (const verb of ['start', 'reload', 'restart', 'stop', 'start']) {
      await host.must('systemctl', verb, 'nftables');
      const tables = await host.must('nft', 'list', 'tables');
      expect(tables.includes('table inet filter'), verb).toBe(verb !== 'stop');
      await knock({ [TABLE]: 'filtered', [OPEN]: 'open' }, verb);
    }
    await host.must('systemctl', '--quiet', 'enable', 'nftables');
    await host.down();
    await bootWithout(TABLE);
    await inOrder(['nftables.service', 'ActiveEnter'], ['portcullis-table.service', 'ActiveEnter'], ...NETWORK);
  });

  test('ufw turned on and a port closed in it: closed after a start; ufw’s own commands keep it, and the table', async () => {
    await portcullis('firewall', 'on', '--keep', `${TABLE},${UFW},${OPEN}`);
    await portcullis('close', String(TABLE), '--way', 'own-table');
    await portcullis('close', String(UFW));
    const closed = { [TABLE]: 'filtered', [UFW]: 'filtered', [OPEN]: 'open' } as const;
    await knock(closed);
    await host.down();
    await bootWithout(TABLE, UFW);
    await host.must('ufw', 'reload');
    await knock(closed, 'ufw reload');
    await host.must('ufw', 'disable');
    await knock({ ...closed, [UFW]: 'open' }, 'ufw disable');
    await host.must('ufw', '--force', 'enable');
    await knock(closed, 'ufw enable');
  });

  test('the power goes while closing in ufw waits for its confirmation: put back before there is a network', async () => {
    await portcullis('firewall', 'on', '--keep', `${UFW},${OPEN}`);
    const before = await files();
    const { id } = await leaveWaiting('close', String(UFW), '--confirm', '600');
    await knock({ [UFW]: 'filtered', [OPEN]: 'open' });
    await host.cut();
    await host.boot();
    expect(await last()).toMatchObject({ id, state: 'rolled-back' });
    expect(await files()).toBe(before);
    await knock({ [UFW]: 'open' });
    await inOrder(
      ['ufw.service', 'ActiveEnter'],
      ['portcullis-recover.service', 'InactiveExit'],
      ['portcullis-recover.service', 'InactiveEnter'],
      ...NETWORK,
    );
  });

  test('the power goes while opening waits for its confirmation: not one packet gets in at the next start', async () => {
    await portcullis('close', String(TABLE), '--way', 'own-table');
    const { id } = await leaveWaiting('reopen', String(TABLE), '--way', 'own-table', '--confirm', '600');
    await knock({ [TABLE]: 'open' });
    await host.cut();
    await bootWithout(TABLE);
    expect(await last()).toMatchObject({ id, state: 'rolled-back' });
    await host.down();
    await bootWithout(TABLE);
  });

  test('the helper is killed between two steps, then the power goes: put back before there is a network', async () => {
    await portcullis('firewall', 'on', '--keep', `${UFW},${OPEN}`);
    const before = await files();
    // A ufw that ends its parent, the helper, once it has done one step.
    await host.must(
      'sh',
      '-c',
      `printf '#!/bin/sh\\n/usr/bin/python3 /root/ufw.program "$@"; kill -9 $PPID\\n' > /usr/sbin/ufw`,
    );
    const killed = await host.run(['portcullis', 'close', String(UFW), '--yes']);
    expect(killed.exit).not.toBe(0);
    expect(await files()).not.toBe(before);
    await host.cut();
    await host.disk('cp -a /root/ufw.program /usr/sbin/ufw');
    await host.boot();
    expect(await last()).toMatchObject({ state: 'rolled-back', note: 'It was interrupted; everything was put back.' });
    expect(await files()).toBe(before);
    await knock({ [UFW]: 'open', [OPEN]: 'open' });
    await inOrder(['portcullis-recover.service', 'InactiveEnter'], ...NETWORK);
  });

  test('all that made a change is killed while it waits: systemd’s timer puts it back, and goes', async () => {
    const timers = () => host.must('systemctl', 'list-timers', '--all', '--plain');
    const { id } = await leaveWaiting('close', String(TABLE), '--way', 'own-table', '--confirm', '30');
    await host.must('systemctl', 'kill', '--signal=KILL', 'changing');
    // On a busy machine the kernel takes a moment to end them.
    await expect
      .poll(async () => (await host.run(['pgrep', '-f', '[p]ortcullis.cjs|[h]elper.cjs'])).exit, { timeout: 10_000 })
      .toBe(1);
    expect(await timers()).toMatch(/ portcullis-recover-[0-9a-f]{12}\.timer /);
    await knock({ [TABLE]: 'filtered', [OPEN]: 'open' });
    expect(await last()).toMatchObject({ id, state: 'waiting' });
    for (const end = Date.now() + 120_000; (await last())?.state === 'waiting' && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await last()).toMatchObject({ id, state: 'rolled-back' });
    await knock({ [TABLE]: 'open' });
    expect(await timers()).not.toContain('portcullis');
  });

  test('a confirmed change leaves no timer, and stays over a start', async () => {
    const { id } = await leaveWaiting('close', String(TABLE), '--way', 'own-table', '--confirm', '600');
    await host.must('portcullis', 'confirm', id);
    expect(await host.must('systemctl', 'list-timers', '--all', '--plain')).not.toContain('portcullis');
    await host.cut();
    await bootWithout(TABLE);
    expect(await last()).toMatchObject({ id, state: 'applied' });
  });

  test('a service is stopped with the socket that would start it, also over a start; undone, all is as it was', async () => {
    await host.must('sh', '-c', SHOP);
    // One whose file lies elsewhere: turned off, systemd knows nothing of it any more.
    await host.must('sh', '-c', LINKED);
    await knock({ [SERVICE]: 'open' });
    const links = () => host.must('sh', '-c', 'find /etc/systemd/system -type l -printf "%p %l\\n" | sort');
    const states = () =>
      host.must(
        'sh',
        '-c',
        'systemctl is-enabled shop.socket; systemctl is-active shop.socket shop.service till.service; true',
      );
    const before = await links();
    expect(await states()).toBe('enabled\nactive\nactive\nactive\n');
    await portcullis('close', String(SERVICE), '--way', 'stop');
    await knock({ [SERVICE]: 'refused', [OPEN]: 'open' });
    expect(await states()).toBe('disabled\ninactive\ninactive\ninactive\n');
    await host.down();
    await host.boot();
    await knock({ [SERVICE]: 'refused', [OPEN]: 'open' }, 'after the start');
    await host.must('portcullis', 'undo');
    expect(await links()).toBe(before);
    await knock({ [SERVICE]: 'open' }, 'undone');
    expect(await states()).toBe('enabled\nactive\nactive\nactive\n');
  });

  test('stopping a service that waits for its confirmation: the power goes, and it runs again', async () => {
    await host.must('sh', '-c', SHOP);
    await leaveWaiting('close', String(SERVICE), '--way', 'stop', '--confirm', '600');
    await knock({ [SERVICE]: 'refused' });
    await host.cut();
    await host.boot();
    expect((await last())?.state).toBe('rolled-back');
    await knock({ [SERVICE]: 'open' }, 'after the start');
  });

  test('a service that was removed since stands in nobody’s way: the rest runs again', async () => {
    await host.must('sh', '-c', SHOP);
    await portcullis('close', String(SERVICE), '--way', 'stop');
    await host.must(
      'sh',
      '-c',
      'rm "$(systemctl show --property=FragmentPath --value till.service)"; systemctl daemon-reload',
    );
    // Not all of it is as it was, and that is said.
    const undone = await host.run(['portcullis', 'undo']);
    expect(undone).toMatchObject({ exit: 5 });
    expect(undone.stdout).toContain('What was stopped and can be started runs again');
    await knock({ [SERVICE]: 'open' }, 'undone');
    expect((await last())?.state).toBe('undone');
    expect(await host.must('sh', '-c', 'find /etc/systemd/system -name till.service')).toBe('');
  });

  test('a socket comes before its service, links with their folders, and what is switched off along with them', async () => {
    await host.must('sh', '-c', STALL);
    const folders = 'find /etc/systemd/system -type l -printf "%p %l\\n" -o -type d -printf "%p %m\\n" | sort';
    const links = () => host.must('sh', '-c', folders);
    const states = () => host.must('sh', '-c', 'systemctl is-active shop.socket shop.service; true');
    const before = await links();
    for (const part of ['graphical.target.wants/shop.socket', 'printer.target.wants/shop.service', 'till.timer'])
      expect(before).toContain(part);
    await portcullis('close', String(SERVICE), '--way', 'stop');
    await knock({ [SERVICE]: 'refused', [OPEN]: 'open' });
    expect(await links()).not.toMatch(/printer\.target\.wants|usb-gadget\.target\.wants/);
    // The socket does not start while its service runs.
    await host.must('systemctl', 'start', 'shop.service');
    await host.must('portcullis', 'undo');
    expect(await links()).toBe(before);
    expect(await states()).toBe('active\nactive\n');
    await knock({ [SERVICE]: 'open' }, 'undone');
    // The same by a plan of its own, with a later change on top.
    await portcullis('close', String(SERVICE), '--way', 'stop');
    const stopped = await last();
    await portcullis('close', String(TABLE), '--way', 'own-table');
    await portcullis('undo', stopped?.id ?? '');
    expect(await states()).toBe('active\nactive\n');
    expect(await links()).toBe(before);
    await knock({ [SERVICE]: 'open', [TABLE]: 'filtered' }, 'undone by a plan');
  });

  test('one that was masked since holds nothing up; whoever puts it back from elsewhere is told that it is not all', async () => {
    await host.must('sh', '-c', SHOP);
    await host.must('sh', '-c', PACKAGED);
    const { id } = await leaveWaiting('close', String(SERVICE), '--way', 'stop', '--confirm', '600');
    await host.must('systemctl', 'mask', 'till.service');
    const undone = await host.run(['portcullis', 'undo', id, '--yes']);
    expect(undone).toMatchObject({ exit: 5 });
    expect(undone.stdout).toContain('everything was put back, except what others changed or removed meanwhile');
    expect(await last()).toMatchObject({ id, state: 'undone' });
    await knock({ [SERVICE]: 'open' });
    // By a plan as well: the rest comes back, and what does not is told.
    await host.must('systemctl', 'unmask', 'till.service');
    await host.must('systemctl', 'enable', '--now', 'till.service');
    await portcullis('close', String(SERVICE), '--way', 'stop');
    const stopped = await last();
    await portcullis('close', String(TABLE), '--way', 'own-table');
    await host.must('systemctl', 'mask', 'till.service');
    const said = await portcullis('undo', stopped?.id ?? '');
    expect(said).toContain('Till.service is not started again: it was removed or masked since.');
    await knock({ [SERVICE]: 'open', [TABLE]: 'filtered' });
    await host.must('systemctl', 'unmask', 'till.service');
  });

  test('what this computer needs is not stopped', async () => {
    await host.must('sh', '-c', SHOP.replaceAll('shop', 'wpa_supplicant'));
    const said = await host.run(['portcullis', 'close', String(SERVICE), '--way', 'stop', '--yes']);
    expect(said.exit).toBe(4);
    expect(said.stdout + said.stderr).toContain('this computer needs it to work');
    await knock({ [SERVICE]: 'open' });
  });
});
