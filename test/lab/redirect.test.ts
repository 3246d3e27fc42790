/**
 * A case from the field: a web server that listens on 3000 is served to everybody through a redirect from port 80, and
 * nobody should reach 3000 itself. A plain rule for 3000 breaks the site.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeReport } from '../../src/core/report.ts';
import { type Lab, describeLab, laptop, neighbour, probe, startLab } from './harness.ts';
import { answersFor } from './compare.ts';

/** Both ways in over both families: [80, 3000] of IPv4, then of IPv6. */
const doors = [
  [neighbour, laptop],
  ['fd77::20', 'fd77::10'],
] as const;

describeLab('a redirect from 80 to 3000', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.listen([
      ['tcp', '0.0.0.0', 3000],
      ['tcp', '::', 3000],
    ]);
    await lab.must('A', ['ufw', '--force', 'enable']);
    for (const ip of ['iptables', 'ip6tables'])
      await lab.must('A', [ip, ...'-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3000'.split(' ')]);
  }, 60_000);
  afterAll(() => lab.close());

  /** What packets do, after the engine said the same of each. */
  const knock = async () => {
    const probes = doors.flatMap(([source, destination]) =>
      [80, 3000].map((port) => probe('tcp', source, destination, port)),
    );
    await lab.forget();
    const snapshot = await lab.snapshot();
    const outcomes = await lab.probe(probes, 0.4);
    const answers = answersFor(snapshot, probes).map(({ verdict }) => (verdict === 'open' ? 'open' : 'filtered'));
    expect(answers).toEqual(outcomes);
    return outcomes;
  };

  /** What the report says of the listener: ports by which wlan0's neighbours get in, and the advice. */
  const report = async () => {
    const snapshot = await lab.snapshot();
    const ss = await lab.must('A', ['ss', '-tulnpe']);
    const withSockets = {
      ...snapshot,
      transcripts: [
        ...snapshot.transcripts,
        {
          ...snapshot.transcripts[0]!,
          id: 'ss.listening',
          kind: 'command' as const,
          argv: ['ss'],
          exit: 0,
          stdout: ss,
          failure: null,
        },
      ],
    };
    const { listeners, forwards, findings } = makeReport(withSockets, { kept: new Set() });
    expect(forwards).toEqual([]);
    const [listener] = listeners.filter(({ port }) => port === 3000);
    const ports = (listener?.reach ?? []).filter((way) => way.interface === 'wlan0' && way.open.length > 0);
    const finding = findings.find((one) => one.listener === listener?.id);
    return { ports: [...new Set(ports.map(({ port }) => port))].sort((a, b) => a - b), finding };
  };

  test('shut by default; a rule for 80 opens nothing, one for 3000 opens both ways', async () => {
    expect(await knock()).toEqual(['filtered', 'filtered', 'filtered', 'filtered']);
    await lab.must('A', ['ufw', 'allow', '80/tcp']);
    expect(await knock()).toEqual(['filtered', 'filtered', 'filtered', 'filtered']);
    expect((await report()).ports).toEqual([]);
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
    expect(await knock()).toEqual(['open', 'open', 'open', 'open']);
  });

  test('both ways in are seen, and the advice says which one to close and that a plain rule would not do', async () => {
    const { ports, finding } = await report();
    expect(ports).toEqual([80, 3000]);
    expect(finding).toMatchObject({ advice: 'review' });
    expect(finding?.ways).not.toContain('firewall');
    expect(finding?.why).toContain('it is port 3000 that is to be closed');
    expect(finding?.why).toContain('would close both');
    // What it says is so: a plain deny shuts the site as well.
    await lab.must('A', ['ufw', 'deny', '3000/tcp']);
    expect(await knock()).toEqual(['filtered', 'filtered', 'filtered', 'filtered']);
    await lab.must('A', ['ufw', 'allow', '3000/tcp']);
  });

  test('shut by the number that was knocked at, the site stays open, and no more is said against it', async () => {
    await lab.must('A', ['nft', '-f', '-'], {
      input: `table inet own { chain p { type filter hook prerouting priority mangle;
        iif != lo fib daddr type local ct state new,untracked tcp dport 3000 drop; }; }`,
    });
    expect(await knock()).toEqual(['open', 'filtered', 'open', 'filtered']);
    const { ports, finding } = await report();
    expect(ports).toEqual([80]);
    expect(finding?.title).toContain('through port 80 only');
    expect(finding?.why).toContain('port 3000 itself is shut');
  });
});
