/** Scripts for macOS: what they write is pf's grammar, they may run twice, their undo gives back what was, and a name does no harm. */
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { exportAlf } from '../../../../src/core/firewalls/alf/script.ts';
import { exportPf, pfRule } from '../../../../src/core/firewalls/pf/script.ts';
import type { ExportItem } from '../../../../src/core/firewalls/export.ts';
import { parsePf } from '../../../../src/core/firewalls/pf/parse.ts';
import { askMac } from './judge.ts';
import { type FakeMac, fakeMac } from './fake-mac.ts';
import { readByGrammar } from './pf-grammar.ts';
import { share } from '../../../share.ts';

const from = { host: 'mac', takenAt: '2026-11-28T09:00:00Z' };
const item = (port: number, protocol: 'tcp' | 'udp' = 'tcp', programs: readonly string[] = []): ExportItem => ({
  target: { protocol, port },
  name: 'A server',
  why: 'Anyone can connect.',
  programs,
});

const macs: FakeMac[] = [];
const mac = (): FakeMac => {
  const made = fakeMac();
  macs.push(made);
  return made;
};
afterEach(() => {
  for (const one of macs.splice(0)) one.end();
});

describe('pf', () => {
  const { content, undoContent } = exportPf([item(3000), item(5353, 'udp')], from);

  test('every rule is of pf’s grammar, is read by the program, and closes its port alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('tcp' as const, 'udp' as const),
        fc.integer({ min: 1, max: 65535 }),
        (protocol, port) => {
          const text = pfRule({ protocol, port });
          expect(readByGrammar(text)).toEqual({
            action: 'block',
            direction: 'in',
            quick: true,
            on: { not: true, name: 'lo0' },
            protocol,
            port,
            // A connection that is open sends no packet with SYN alone.
            flags: protocol === 'tcp' ? 'S/SA' : null,
          });
          expect(parsePf(`${text}\n`).lines.map(({ kind }) => kind)).toEqual(['filter']);
          expect(exportPf([item(port, protocol)], from).content).toContain(`'${text}'`);
        },
      ),
      { numRuns: share(200) },
    );
  });

  test('what a redirect lets by before the filter is not said to be closed', () => {
    const said = exportPf([{ ...item(3000), letBy: [80] }, item(22)], from);
    expect(said.content).toContain("echo 'Closed: 22/tcp'\n");
    expect(said.content).toContain("echo 'Not closed: 3000/tcp is reached through port 80 (rdr pass)");
    expect(said.notExpressed[0]).toContain('3000/tcp is reached through port 80 (rdr pass)');
    expect(exportPf([{ ...item(3000), letBy: [80] }], from).content).not.toContain('Closed:');
  });

  test('the engine finds the port closed once it is loaded, whatever rules there are, and others as they were', () => {
    const rules = ['pass in all flags S/SA keep state', 'anchor "com.apple/*" all', 'pass in quick proto tcp all'];
    const anchors = {
      'com.apple/org.portcullis.closed.tcp-3000': { rules: [pfRule({ protocol: 'tcp', port: 3000 })] },
    };
    expect(askMac({ pf: { rules, nat: [], anchors } }).verdict).toBe('blocked');
    expect(askMac({ pf: { rules, nat: [], anchors } }, { from: '2001:db8:1::50' }).verdict).toBe('blocked');
    expect(askMac({ pf: { rules, nat: [], anchors } }, { port: 3001 }).verdict).toBe('open');
    expect(
      askMac({ pf: { rules, nat: [], anchors } }, { through: 'lo0', from: '127.0.0.1', to: '127.0.0.1' }).verdict,
    ).toBe('open');
  });

  test('what is loaded for TCP must be for new connections alone', () => {
    expect(content).toContain('Those of TCP that are open stay open; what comes to a port of UDP is cut at once.');
    const verify = content.slice(content.indexOf('# verify NAME'), content.indexOf('mkdir -p "$FOLDER"'));
    const verified = (protocol: string, rule: string): number | null =>
      spawnSync(
        '/bin/sh',
        ['-c', `fail() { exit 1; }\npfctl() { printf '%s\\n' "$RULE"; }\n${verify}\nverify x ${protocol} 22`],
        { env: { ...process.env, RULE: rule } },
      ).status;
    for (const protocol of ['tcp', 'udp'] as const) {
      const rule = pfRule({ protocol, port: 22 });
      expect(verified(protocol, rule)).toBe(0);
      expect(verified(protocol === 'tcp' ? 'udp' : 'tcp', rule)).toBe(1);
    }
    expect(verified('tcp', pfRule({ protocol: 'tcp', port: 22 }).replace(' flags S/SA', ''))).toBe(1);
  });

  test('closes, the second time changes nothing, and the undo gives back what was', () => {
    const here = mac();
    const before = here.state();
    const first = here.run(content);
    expect(first).toEqual({ status: 0, said: 'Closed: 3000/tcp, 5353/udp\n' });
    const closed = here.state();
    expect(closed['pf/anchors/com.apple%org.portcullis.closed.tcp-3000']).toBe(
      `${pfRule({ protocol: 'tcp', port: 3000 })}\n`,
    );
    expect(closed['etc/pf.anchors/org.portcullis.closed.udp-5353']).toBe(
      `${pfRule({ protocol: 'udp', port: 5353 })}\n`,
    );
    expect(closed['daemons/org.portcullis.pf.plist']).toContain('<key>RunAtLoad</key>');
    expect(here.run(content).status).toBe(0);
    expect(here.state()).toEqual(closed);
    expect(here.run(undoContent)).toEqual({ status: 0, said: 'Opened: 3000/tcp, 5353/udp\n' });
    expect(here.state()).toEqual(before);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.state()).toEqual(before);
  });

  test('another program’s reference to pf stays, and another port of ours', () => {
    const here = mac();
    here.write('pf/tokens', '7\n');
    expect(here.run(content).status).toBe(0);
    expect(here.run(exportPf([item(22)], from).content).status).toBe(0);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.state()['pf/anchors/com.apple%org.portcullis.closed.tcp-22']).toBe(
      `${pfRule({ protocol: 'tcp', port: 22 })}\n`,
    );
    expect(here.state()['daemons/org.portcullis.pf.plist']).toBeDefined();
    expect(here.run(exportPf([item(22)], from).undoContent).status).toBe(0);
    expect(here.read('pf/tokens')).toBe('7\n');
    expect(here.state()['daemons/org.portcullis.pf.plist']).toBeUndefined();
  });

  test.each([
    [
      'pfctl refuses the second rule',
      '-q -a com.apple/org.portcullis.closed.udp-5353 -f @ROOT@/etc/pf.anchors/org.portcullis.closed.udp-5353',
    ],
    ['pf cannot be switched on', '-E'],
    ['what is loaded cannot be read', '-a com.apple/org.portcullis.closed.udp-5353 -s rules'],
  ])('nothing is left half done where %s', (_, broken) => {
    const here = mac();
    const before = here.state();
    here.write('pf/broken', broken.replace('@ROOT@', here.root));
    const { status, said } = here.run(content);
    expect(status).not.toBe(0);
    expect(said).toContain('what was begun is put back');
    const { 'pf/broken': _broken, ...after } = here.state();
    expect(after).toEqual(before);
  });

  test('where the main rules do not lead to com.apple, nothing is done', () => {
    const here = mac();
    here.write('pf/main', 'pass all flags S/SA keep state\n');
    const before = here.state();
    expect(here.run(content)).toEqual({ status: 1, said: expect.stringContaining('Nothing was changed') as string });
    expect(here.state()).toEqual(before);
  });

  test('at the next start the same rules are loaded', () => {
    const here = mac();
    here.run(content);
    const closed = here.state();
    const plist = here.read('daemons/org.portcullis.pf.plist') ?? '';
    const startup = [...plist.matchAll(/<string>(.*)<\/string>/g)].at(-1)?.[1] ?? '';
    const command = startup.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    // The kernel forgets everything.
    for (const name of Object.keys(closed))
      if (name.startsWith('pf/anchors/')) spawnSync('rm', [`${here.root}/${name}`]);
    here.write('pf/tokens', '');
    spawnSync('rm', ['-f', `${here.root}/run/org.portcullis.pf.token`]);
    const { status } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
    expect(status).toBe(0);
    const { 'pf/tokens': _tokens, 'run/org.portcullis.pf.token': token, ...again } = here.state();
    const { 'pf/tokens': _before, 'run/org.portcullis.pf.token': _old, ...was } = closed;
    expect(again).toEqual(was);
    expect(token).toMatch(/^\d+\n$/);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.read('pf/tokens')).toBe('');
  });
});

describe('the application firewall', () => {
  const SPOTIFY = '/Applications/Spotify.app/Contents/MacOS/Spotify';
  const NODE = "/opt/it's here/node";
  const { content, undoContent } = exportAlf([item(57621, 'tcp', [SPOTIFY]), item(3000, 'tcp', [NODE])], from);

  test('blocks, the second time changes nothing, and the undo gives back what was', () => {
    const here = mac();
    here.write('alf/apps', `Allow\t/Applications/Spotify.app\nBlock\t/opt/other\n`);
    const before = here.state();
    expect(here.run(content)).toEqual({ status: 0, said: 'Blocked: 2\n' });
    expect(here.read('alf/apps')).toBe(`Block\t/Applications/Spotify.app\nBlock\t/opt/other\nBlock\t${NODE}\n`);
    const blocked = here.state();
    expect(here.run(content).status).toBe(0);
    expect(here.state()).toEqual(blocked);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.state()).toEqual(before);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.state()).toEqual(before);
  });

  test('what was blocked before stays blocked after the undo', () => {
    const here = mac();
    here.write('alf/apps', `Block\t/Applications/Spotify.app\nBlock\t${NODE}\n`);
    const before = here.state();
    here.run(content);
    expect(here.run(undoContent).status).toBe(0);
    expect(here.state()).toEqual(before);
  });

  test('where it does not take it, or is off, nothing is left half done', () => {
    const here = mac();
    here.write('alf/stuck', '');
    const before = here.state();
    const { status, said } = here.run(content);
    expect(status).not.toBe(0);
    expect(said).toContain('what was begun is put back');
    expect(here.state()).toEqual(before);
    here.write('alf/state', '0\n');
    expect(here.run(content)).toEqual({ status: 1, said: expect.stringContaining('is off') as string });
  });

  test('a program that is not known is said, not guessed', () => {
    const known = item(57621, 'tcp', [NODE]);
    expect(exportAlf([item(3000), known], from).notExpressed[0]).toContain('3000/tcp');
    expect(exportAlf([item(3000, 'tcp', ['/opt/a\nb']), known], from).content).not.toContain('/opt/a');
    for (const unknown of [item(3000), item(3000, 'tcp', ['/opt/a\nb'])])
      expect(() => exportAlf([unknown], from)).toThrow('programs-unknown');
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    "'; touch /tmp/x; '",
    '$(reboot)',
    '`reboot`',
    '\nrm -rf /\n',
    '\u2028rm',
    "'\\''",
    '/a/$HOME',
    '"; reboot; "',
  ),
);

test('whatever a program is called, the scripts hold the same commands', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, why, path) => {
      const items = [{ target: { protocol: 'tcp' as const, port: 3000 }, name, why, programs: [path, '/bin/x'] }];
      const source = { host: name, takenAt: from.takenAt };
      for (const make of [exportPf, exportAlf]) {
        for (const script of [make(items, source).content, make(items, source).undoContent]) {
          const code = script.split('\n').filter((line) => !line.startsWith('#'));
          // Not a word of it is outside of a comment but the path, which is one quoted word.
          const calls = code.filter((line) => /^(un)?block '/.test(line));
          for (const call of calls) {
            const { stdout } = spawnSync(
              '/bin/sh',
              ['-c', `block() { printf '%s' "$1"; }; unblock() { printf '%s' "$1"; }; ${call}`],
              { encoding: 'utf8' },
            );
            expect([path, '/bin/x']).toContain(stdout);
          }
          const others = code.filter((line) => !calls.includes(line) && !line.startsWith("echo 'Blocked: "));
          const plain = make([{ ...items[0]!, name: null, why: null, programs: ['/bin/x'] }], {
            host: null,
            takenAt: from.takenAt,
          });
          const same = (script === make(items, source).content ? plain.content : plain.undoContent)
            .split('\n')
            .filter((line) => !/^(#|(un)?block '|echo 'Blocked: )/.test(line));
          expect(others).toEqual(same);
        }
      }
    }),
    { numRuns: share(20) },
  );
});
