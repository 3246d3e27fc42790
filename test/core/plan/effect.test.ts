/** A plan that would shut nobody out is refused, with the command that does. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { whatToType } from '../../../src/core/advice/typed.ts';
import type { ExportFormat, NewChoice, Report, Snapshot, Target, Way } from '../../../src/core/model.ts';
import { exportRules } from '../../../src/core/intent/index.ts';
import { propose } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { makeReport } from '../../../src/core/report.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';

const judge = (one: Snapshot): Report => makeReport(one, { kept: new Set() });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function planOrNot(snapshot: Snapshot, report: Report, targets: readonly Target[], way: Exclude<Way, 'by-policy'>) {
  const choice: NewChoice = { kind: 'close', targets, audience: 'everyone', way };
  try {
    return propose({ snapshot, choice, report, judge, changes: [], sha256, now: '2026-11-28T09:01:00.000Z' });
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

const developer = WINDOWS['windows-developer'] as Snapshot;
const report = judge(developer);
const at3001 = report.findings.find(({ listener }) => listener === 'tcp/3001');

describe('a port that others reach by another one alone (portproxy)', () => {
  test('closing it is refused; closing the other one has effect', () => {
    const refused = planOrNot(developer, report, [{ protocol: 'tcp', port: 3001 }], 'firewall');
    expect(refused).toBeInstanceOf(ProblemError);
    const { code, message, hint } = inEnglish(refused as ProblemError);
    expect(code).toBe('unsupported');
    expect(message).toContain('whoever reaches port 3001 (TCP) comes by port 9000 (TCP), which leads there');
    expect(hint).toBe('What closes it: portcullis close 9000/tcp');
    const works = planOrNot(developer, report, [{ protocol: 'tcp', port: 9000 }], 'firewall');
    expect('effects' in works ? works.effects.map(({ listener, after }) => [listener, after.exposure]) : works).toEqual(
      [
        ['tcp/3001', 'self'],
        ['tcp/9000', 'self'],
      ],
    );
  });

  test('and so it is beside other ports, with the command for all of them', () => {
    const targets = [3001, 8080].map((port): Target => ({ protocol: 'tcp', port }));
    const { message, hint } = inEnglish(planOrNot(developer, report, targets, 'firewall') as ProblemError);
    expect(message).toContain('whoever reaches port 3001 (TCP) comes by port 9000 (TCP), which leads there');
    expect(hint).toBe('What closes it: portcullis close 9000/tcp 8080/tcp');
    const works = planOrNot(developer, report, [...targets, { protocol: 'tcp', port: 9000 }], 'firewall');
    expect('effects' in works ? works.effects.map(({ listener }) => listener) : works).toContain('tcp/3001');
  });

  test('the finding says that command, and does not advise what is so already', () => {
    expect(at3001 === undefined ? null : whatToType(at3001, report)).toBe('portcullis close 9000/tcp');
    expect(at3001?.ways).not.toContain('bind-loopback');
  });
});

test('a script for Windows that would close the port alone says by which one it is reached', () => {
  const closing = (format: ExportFormat, port: number): string => {
    const choice = { targets: [{ protocol: 'tcp' as const, port }], audience: 'everyone' as const, posture: false };
    return exportRules(format, developer, report, { ...choice, keep: [] }).content;
  };
  for (const format of ['windows', 'netsh'] as const) {
    expect(closing(format, 3001)).toContain('3001/tcp is also reached through port 9000');
    expect(closing(format, 9000)).not.toContain('is also reached through');
  }
});

test('no plan to close a port that something listens on leaves all as it is, whatever the system and the way', () => {
  const machines: readonly (readonly [Snapshot, readonly Exclude<Way, 'by-policy'>[]])[] = [
    [developer, ['firewall']],
    ...['on'].map((name): readonly [Snapshot, readonly Exclude<Way, 'by-policy'>[]] => {
      const text = readFileSync(new URL(`../../main/cli/snapshots/${name}.json`, import.meta.url), 'utf8');
      return [JSON.parse(text) as Snapshot, ['firewall', 'own-table']];
    }),
  ];
  let plans = 0;
  for (const [snapshot, ways] of machines) {
    const before = judge(snapshot);
    for (const { protocol, port } of before.listeners) {
      for (const way of ways) {
        const made = planOrNot(snapshot, before, [{ protocol, port }], way);
        if (made instanceof ProblemError) continue;
        plans++;
        expect(made.effects, `${snapshot.platform} ${protocol}/${port} ${way}`).not.toEqual([]);
      }
    }
  }
  expect(plans).toBeGreaterThan(10);
});

test('a guest that listens at this computer’s addresses keeps nothing here from being closed, but what it may hold itself', () => {
  const mirrored = WINDOWS['windows-mirrored'] as Snapshot;
  const then = judge(mirrored);
  const made = planOrNot(mirrored, then, [{ protocol: 'tcp', port: 22 }], 'firewall');
  expect('effects' in made ? made.effects.map(({ listener }) => listener) : made.problem.means).toEqual(['tcp/22']);
  const unlisted = planOrNot(mirrored, then, [{ protocol: 'tcp', port: 2222 }], 'firewall');
  expect(unlisted instanceof ProblemError ? unlisted.problem.means.kind : unlisted).toBe('windows-sessions-unread');
});
