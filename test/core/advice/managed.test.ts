/** A Windows computer on which only rules of policy count: closing there is refused, and no advice or file says otherwise. */
import { describe, expect, test } from 'vitest';
import { typedToClose, whatToType } from '../../../src/core/advice/typed.ts';
import { recommended } from '../../../src/core/advice/remedy.ts';
import { exportRules } from '../../../src/core/intent/index.ts';
import type { Report, Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { type MachineSaid, windowsSnapshot } from '../firewalls/windows/machine.ts';

const judged = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });
const about = (report: Report, id: string) => report.findings.filter(({ listener }) => listener === id);

const MERGE_OFF = { EnableFirewall: 1, AllowLocalPolicyMerge: 0 };
const policyRules = ['Allow|Protocol=6|LPort=3000|Name=By policy'];
const said: MachineSaid = { rules: [], policyRules, sockets: [{ at: 'tcp 0.0.0.0:3000', pid: 100 }] };
const computer = (policy: NonNullable<MachineSaid['policy']>, local: MachineSaid['local'] = {}): Snapshot =>
  windowsSnapshot({ ...said, policy, local });

describe('what is advised', () => {
  test('names nobody’s command where closing is refused, but who can do it', () => {
    const office = WINDOWS['windows-office'];
    if (office === undefined) throw new Error('no office');
    const report = judged(office);
    const findings = about(report, 'tcp/3389');
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding.ways).toContain('by-policy');
      expect(finding.ways).not.toContain('firewall');
      expect(whatToType(finding, report)).toBeNull();
    }
    expect(typedToClose({ id: 'tcp/3389', protocol: 'tcp', port: 3389 }, report)).toBeNull();
    const here = judged(computer({ private: MERGE_OFF }));
    expect(about(here, 'tcp/3000')[0]?.ways[0]).toBe('by-policy');
    expect(recommended(here)).toEqual([]);
  });

  test.each([
    ['in networks that it is not in', { public: MERGE_OFF, domain: MERGE_OFF }, {}],
    [
      'where it is off, and is closed by being turned on',
      { private: { AllowLocalPolicyMerge: 0 } },
      { private: { EnableFirewall: 0 } },
    ],
  ])('is as ever where rules do not count %s', (_, policy, local) => {
    const report = judged(computer(policy, local));
    const at3000 = { id: 'tcp/3000', protocol: 'tcp', port: 3000 } as const;
    const [finding] = about(report, 'tcp/3000');
    expect(finding?.ways[0]).toBe('firewall');
    expect(finding === undefined ? null : whatToType(finding, report)).toBe('portcullis close 3000/tcp');
    expect(typedToClose(at3000, report)).toBe('portcullis close 3000/tcp');
    expect(typedToClose(at3000, { ...report, platform: 'darwin' })).toMatch(/^portcullis export --for pf/);
  });
});

describe('an exported file', () => {
  const choice = {
    targets: [{ protocol: 'tcp', port: 3000 }],
    audience: 'everyone',
    posture: false,
    keep: [],
  } as const;

  test.each(['windows', 'netsh'] as const)('for %s says at its head that it closes nothing there', (format) => {
    const managed = computer({ private: MERGE_OFF });
    const file = exportRules(format, managed, judged(managed), choice);
    expect(file.content.slice(0, 700)).toContain('ATTENTION');
    expect(file.content).toMatch(/private networks.*closes nothing/);
    expect(file.notExpressed[0]).toMatch(/^On the computer .*closes nothing\. Ask whoever manages/);
    for (const other of [computer({ public: MERGE_OFF }), computer({})]) {
      const plain = exportRules(format, other, judged(other), choice);
      expect(plain.content).not.toContain('ATTENTION');
      expect(plain.notExpressed).toEqual(file.notExpressed.slice(1));
    }
  });

  test('the intent itself does not carry it to other computers', () => {
    const managed = computer({ private: MERGE_OFF });
    expect(exportRules('intent', managed, judged(managed), choice).content).not.toContain('managed');
  });
});
