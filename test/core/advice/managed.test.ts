/** A Windows computer on which only rules of policy count: closing there is refused, and no advice or file says otherwise. */
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../../src/core/advice/commands.ts';
import { typedToClose, whatToType } from '../../../src/core/advice/typed.ts';
import { recommended } from '../../../src/core/advice/remedy.ts';
import { exportRules } from '../../../src/core/intent/index.ts';
import type { Report, Snapshot } from '../../../src/core/model.ts';
import { makeReport } from '../../../src/core/report.ts';
import { ASK_INSTEAD, askInstead } from '../../../src/main/faces/cli/words.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from '../firewalls/windows/machine.ts';

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

describe('in several networks', () => {
  const LAN = { ...HOME, alias: 'Ethernet', guid: null, category: 2, addresses: ['10.20.5.7/16', 'fe80::7/64'] };
  const rules = ['Allow|Protocol=6|LPort=3000|Name=Mine'];
  const both = (more: Partial<MachineSaid>) =>
    judged(windowsSnapshot({ ...said, rules, adapters: [LAN, HOME], ...more }));
  const advised = (report: Report) => {
    const [finding] = about(report, 'tcp/3000');
    return { ways: finding?.ways, types: finding === undefined ? null : whatToType(finding, report) };
  };
  const at3000 = { id: 'tcp/3000', protocol: 'tcp', port: 3000 } as const;

  test('it is closed where this computer’s own rules count, and the rest is asked for', () => {
    const report = both({ policy: { domain: MERGE_OFF } });
    expect(advised(report).ways?.slice(0, 2)).toEqual(['firewall', 'by-policy']);
    expect(advised(report).types).toBe('portcullis close 3000/tcp');
    expect(askInstead(advised(report).ways ?? [])).toContain('for the rest');
    expect(typedToClose(at3000, report)).toBe('portcullis close 3000/tcp');
    expect(recommended(report).map(({ listener }) => listener)).toEqual(['tcp/3000']);
  });

  test('nor where policy has turned it off, in all of them', () => {
    const report = both({ rules: [], policyRules: [], policy: { domain: { EnableFirewall: 0 } } });
    expect(advised(report).ways?.[0]).toBe('by-policy');
    expect(advised(report).types).toBeNull();
    expect(typedToClose(at3000, report)).toBeNull();
    expect(askInstead(advised(report).ways ?? [])).toBe(ASK_INSTEAD);
  });

  test('nor where an interface is left alone: what takes it in again has a finding of its own', () => {
    const effective = profilesPrinted({ DisabledInterfaceAliases: 'Ethernet' });
    const report = both({ effective });
    expect(advised(report).ways).not.toContain('firewall');
    expect(advised(report).ways).not.toContain('by-policy');
    expect(advised(report).types).toBe('portcullis explain 3000/tcp');
    expect(typedToClose(at3000, report)).toBeNull();
    expect(report.findings.some(({ says }) => says.kind === 'windows-unfiltered' && says.command !== null)).toBe(true);
  });
});

describe('what policy has set', () => {
  const commandsFor = (policy: NonNullable<MachineSaid['policy']>, adapters: NonNullable<MachineSaid['adapters']>) =>
    judged(windowsSnapshot({ ...said, policyRules: [], adapters, policy })).findings.flatMap(({ says }) =>
      ['firewall-off', 'firewall-allows', 'windows-profile', 'windows-unfiltered'].includes(says.kind)
        ? [[says.kind, commandsOf(says)] as const]
        : [],
    );
  const LAN = { ...HOME, alias: 'Ethernet', guid: null, category: 2, addresses: ['10.20.5.7/16'] };

  test.each([
    ['firewall-off', { private: { EnableFirewall: 0 } }, [HOME]],
    ['firewall-allows', { private: { DefaultInboundAction: 0 } }, [HOME]],
    ['windows-profile', { private: { EnableFirewall: 0 } }, [HOME, LAN]],
    ['windows-profile', { domain: { EnableFirewall: 0 } }, [HOME]],
    ['windows-profile', { domain: { DefaultInboundAction: 0 } }, [HOME]],
    ['windows-unfiltered', { private: { DisabledInterfaces: HOME.guid ?? '' } }, [HOME]],
  ] as const)('%s offers no command that would do nothing: %o', (kind, policy, adapters) =>
    expect(commandsFor(policy, adapters)).toEqual([[kind, []]]),
  );
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
