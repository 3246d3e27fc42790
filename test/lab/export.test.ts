/** The exported ufw script, really run: it closes, twice is once, and its undo takes away what it made and nothing else. */
import { expect, test } from 'vitest';
import { exportUfw } from '../../src/core/firewalls/ufw/script.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';

const FILES = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
const file = exportUfw(
  [
    { target: { protocol: 'tcp', port: 3000 }, name: "O'Brien $(reboot)", why: 'because\nrm -rf /' },
    { target: { protocol: 'udp', port: 5353 }, name: null, why: null },
  ],
  { host: 'laptop', takenAt: '2026-11-20T18:00:00Z' },
);

const sh = (lab: Lab, text: string) => lab.must('A', ['/bin/sh', '-s'], { input: text });
const ways = () => [
  probe('tcp', neighbour, laptop, 3000),
  probe('tcp', 'fd77::20', 'fd77::10', 3000),
  probe('udp', neighbour, laptop, 5353),
  probe('tcp', neighbour, laptop, 22),
];

describeLab('the exported ufw script', () => {
  test.each([
    ['nothing before', []],
    [
      'an allow before',
      [
        ['allow', '3000/tcp'],
        ['allow', '5353/udp'],
      ],
    ],
    [
      'a deny lower down',
      [
        ['allow', '3000'],
        ['deny', '3000/tcp'],
        ['allow', '5353'],
      ],
    ],
  ] as const)('closes, twice as once, and is undone: %s', async (_, commands) => {
    await using lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 3000],
      ['tcp', '::', 3000],
      ['udp', '0.0.0.0', 5353],
      ['tcp', '0.0.0.0', 22],
    ]);
    await lab.must('A', ['ufw', 'default', 'allow']);
    for (const command of [['allow', '22/tcp'], ...commands]) await lab.must('A', ['ufw', ...command]);
    await lab.must('A', ['ufw', '--force', 'enable']);
    expect(await lab.probe(ways())).toEqual(['open', 'open', 'open', 'open']);
    const before = await lab.read(FILES);
    await lab.forget();
    expect(await sh(lab, file.content)).toContain('3000/tcp is closed.');
    expect(await lab.probe(ways())).toEqual(['filtered', 'filtered', 'filtered', 'open']);
    const once = await lab.read(FILES);
    expect(await sh(lab, file.content)).toContain('3000/tcp is closed already.');
    expect(await lab.read(FILES)).toEqual(once);
    expect(await sh(lab, file.undoContent)).toContain('what they were');
    expect(await lab.read(FILES)).toEqual(before);
    expect(await sh(lab, file.undoContent)).toContain('has no rule of Portcullis');
    expect(await lab.read(FILES)).toEqual(before);
    await lab.forget();
    expect(await lab.probe(ways())).toEqual(['open', 'open', 'open', 'open']);
  });

  test('a rule changed since: the undo takes away its own and leaves the other', async () => {
    await using lab = await startLab();
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    await lab.must('A', ['ufw', '--force', 'enable']);
    await sh(lab, file.content);
    await lab.must('A', ['ufw', 'allow', '9000/tcp']);
    const ran = await lab.run('A', ['/bin/sh', '-s'], { input: file.undoContent });
    expect(ran.exit).toBe(0);
    expect(ran.stdout).toContain('The rule for 3000/tcp is removed.');
    expect(ran.stderr).toContain('/var/lib/portcullis-export');
    for (const text of await lab.read(FILES)) {
      expect(text).not.toContain('tuple ### deny');
      expect(text).toContain('tuple ### allow tcp 9000');
    }
  });

  test('a deny is exchanged without a moment in which the port is open', async () => {
    await using lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 3000],
      ['tcp', '::', 3000],
    ]);
    // The first rule lets one neighbour in; the deny shuts out everybody else, whom the last rule would let in.
    const ends = ['deny_log', 'deny'].map((action) => action.split('_'));
    for (const [action = '', log] of ends) {
      for (const command of [
        ['--force', 'reset'],
        ['allow', 'proto', 'tcp', 'from', '192.168.77.21', 'to', 'any', 'port', '3000'],
        [action, ...(log === undefined ? [] : [log]), '3000/tcp'],
        ['allow', '3000'],
        ['--force', 'enable'],
      ]) {
        await lab.must('A', ['ufw', ...command]);
      }
      await lab.must('A', ['rm', '-rf', '/var/lib/portcullis-export']);
      const others = () => [probe('tcp', neighbour, laptop, 3000), probe('tcp', 'fd77::20', 'fd77::10', 3000)];
      expect(await lab.probe(others())).toEqual(['filtered', 'filtered']);
      const done = '/mnt/state/done';
      await lab.must('A', ['/bin/sh', '-c', `cat > /mnt/state/close.sh; rm -f ${done}`], { input: file.content });
      await lab.start('A', ['/bin/sh', '-c', `sh /mnt/state/close.sh; echo $? > ${done}`]);
      let looks = 0;
      for (;;) {
        expect(await lab.probe(others(), 0.02)).toEqual(['filtered', 'filtered']);
        looks += 1;
        const [ended] = await lab.read([done]);
        if (ended !== null && ended !== undefined) {
          expect(ended.trim()).toBe('0');
          break;
        }
      }
      expect(looks).toBeGreaterThan(10);
      const [rules] = await lab.read(['/etc/ufw/user.rules']);
      expect(rules).toMatch(/^[^A]*### tuple ### deny tcp 3000 0\.0\.0\.0\/0[^]*allow tcp 3000/m);
      expect(rules).not.toContain('128.0.0.0/1');
    }
  });

  test('says so when ufw is off, and when it is not root', async () => {
    await using lab = await startLab();
    const ran = await lab.run('A', ['/bin/sh', '-s'], { input: file.content });
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toContain('ufw is off');
    const other = await lab.run('A', ['setpriv', '--reuid', '65534', '--clear-groups', '/bin/sh', '-s'], {
      input: file.content,
    });
    expect(other.exit).toBe(1);
    expect(other.stderr).toContain('as root');
  });
});
