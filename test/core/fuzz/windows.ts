/** Texts of a Windows computer to damage, synthetic: rules as the registry holds them, and as Get-NetFirewallRule shows them. */
import fc from 'fast-check';
import { readFacts, worldOf } from '../../../src/core/facts.ts';
import { wslSettings } from '../../../src/core/firewalls/windows/wsl-settings.ts';
import { isUnread } from '../../../src/core/firewalls/windows/model.ts';
import { readRegistryRule } from '../../../src/core/firewalls/windows/registry-rule.ts';
import { parseRegistryText, printRegistryText } from '../../../src/core/firewalls/windows/registry-text.ts';
import { readJsonRules } from '../../../src/core/firewalls/windows/rule-json.ts';
import type { Snapshot } from '../../../src/core/model.ts';
import { createJudge } from '../../../src/core/reach/index.ts';
import { withOutput } from '../../../src/core/transcripts.ts';
import { windowsSnapshot } from '../firewalls/windows/machine.ts';
import { ruleText } from '../firewalls/windows/random-texts.ts';

interface Target {
  readonly name: string;
  readonly corpus: readonly string[];
  readonly parse: (text: string) => void;
  readonly whole?: true;
}

const computer: Snapshot = windowsSnapshot({
  rules: [
    'Allow|Protocol=6|LPort=80|LPort2_10=8000-8010|RA4=LocalSubnet|RA6=fe80::/64|App=C:\\a.exe|Profile=Private',
    'Block|',
  ],
  policy: { private: { EnableFirewall: 1, AllowLocalPolicyMerge: 0 } },
  effective: [{ Name: 'Domain', Enabled: 1 }],
  processes: [{ pid: 7, path: 'C:\\a.exe' }],
  services: [{ pid: 7, name: 'iphlpsvc' }],
  portProxy: [{ family: 'v4tov4', name: '0.0.0.0/80', value: '127.0.0.1/81' }],
  sockets: [
    { at: 'tcp 0.0.0.0:80', pid: 7 },
    { at: 'udp [fe80::1%11]:5353', pid: 7 },
    { at: 'tcp 192.168.1.20:80', pid: 7, peer: '192.168.1.9:4000' },
  ],
});

/** Two rules as PowerShell 5.1 prints them, enumerations as numbers, and one as PowerShell 7 does. */
const SHOWN: readonly string[] = [
  JSON.stringify([
    {
      InstanceID: '{1}',
      DisplayName: 'Web',
      Enabled: 1,
      Profile: 2,
      Direction: 1,
      Action: 2,
      PolicyStoreSourceType: 1,
      LocalOnlyMapping: false,
      Protocol: 'TCP',
      LocalPort: { value: ['80', '8000-8010'], Count: 2 },
      RemotePort: 'Any',
      LocalAddress: 'Any',
      RemoteAddress: { value: ['LocalSubnet', '10.0.0.0/255.0.0.0'], Count: 2 },
      Program: 'C:\\a.exe',
      Package: null,
      Service: 'Any',
      InterfaceAlias: 'Any',
      InterfaceType: 0,
      Authentication: 0,
      Encryption: 0,
      OverrideBlockRules: false,
      LocalUser: 'Any',
      RemoteUser: 'Any',
      RemoteMachine: 'Any',
    },
    { InstanceID: 'FPS-ICMP4-ERQ-In', Enabled: 2, Direction: 1, Action: 4, Protocol: 'ICMPv4', IcmpType: '8:*' },
  ]),
  JSON.stringify({
    InstanceID: 'RemoteDesktop-UserMode-In-TCP',
    DisplayName: 'Remotedesktop – Benutzermodus (TCP eingehend)',
    Enabled: 'True',
    Profile: 'Domain, Private',
    Direction: 'Inbound',
    Action: 'AllowBypass',
    PolicyStoreSourceType: 'GroupPolicy',
    LocalOnlyMapping: false,
    RemoteDynamicKeywordAddresses: [],
    Protocol: '6',
    LocalPort: ['3389'],
    RemotePort: ['Any'],
    LocalAddress: ['Any'],
    RemoteAddress: ['fe80::/64', '10.1.2.3-10.1.2.9'],
    DynamicTarget: 'Any',
    Program: '%SystemRoot%\\system32\\svchost.exe',
    Package: '*',
    PackageFamilyName: 'a_b',
    Service: 'termservice',
    InterfaceAlias: ['Wi-Fi', 'Ether*'],
    InterfaceType: 'Wired',
    Authentication: 'Required',
    Encryption: 'NotRequired',
    OverrideBlockRules: true,
    LocalUser: 'D:(A;;CC;;;BA)',
    RemoteUser: 'Any',
    RemoteMachine: 'Any',
  }),
];

/** Nothing is lost on the way, and what could not be read is kept as it is. */
function readRule(text: string): void {
  const parsed = parseRegistryText(text);
  const rule = readRegistryRule('id', text, 'local');
  if (parsed !== null && printRegistryText(parsed) !== text) throw new Error('something of the text is lost');
  if (isUnread(rule) && rule.unread !== text) throw new Error('the text is not kept');
  if (parsed === null && !isUnread(rule)) throw new Error('what is not of the form was read');
}

/** One part stands there as the text has it, where it is JSON at all; every listener is judged. */
const partOf =
  (part: string) =>
  (text: string): void => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    const [firewall] = computer.transcripts;
    const whole = { ...(JSON.parse(firewall?.stdout ?? '') as Record<string, unknown>), [part]: { ok: value } };
    const facts = readFacts(withOutput(computer, 'windows.firewall', [], JSON.stringify(whole)));
    const judge = createJudge(worldOf(facts));
    for (const listener of facts.listeners) judge.reachOf(listener);
  };

const whole = JSON.parse(computer.transcripts[0]?.stdout ?? '') as Record<string, { readonly ok: unknown }>;
const part = (name: string): string => JSON.stringify(whole[name]?.ok);
// synthetic: lines of .wslconfig behind `=`, each taken by WSL's parser in its own way.
const WSL_LINES = [
  'mirrored',
  ' "mirrored" # as on the laptop',
  'Mirrored\t',
  'nat',
  '"none"',
  'bri\\\\dged',
  'virtioproxy\\',
  'false',
  '0 # off',
];

/** A mode is only told where its name stands there, and the firewall is only away where somebody said so. */
function readWslLine(text: string): void {
  const both = {
    ...whole,
    wslPolicy: { ok: [] },
    wsl: { ok: ['networkingMode', 'firewall'].map((name) => ({ name: `wsl2.${name}`, value: text })) },
  };
  const { networking, unfiltered } = wslSettings(withOutput(computer, 'windows.firewall', [], JSON.stringify(both)));
  const bare = text.replace(/["\\]/g, '').toLowerCase();
  if (networking === 'mirrored' && !bare.includes('mirrored')) throw new Error('mirrored, which nobody said');
  if (networking === 'bridged' && !bare.includes('bridged')) throw new Error('bridged, which nobody said');
  if (unfiltered && !/false|0/.test(bare)) throw new Error('a firewall that nobody took away is told to be away');
}

const adapters = partOf('adapters');
const processes = partOf('processes');

export const windowsTargets: readonly Target[] = [
  {
    name: 'windows.firewall',
    corpus: computer.transcripts.map(({ stdout }) => stdout),
    parse: (text) => {
      for (const { id } of computer.transcripts) readFacts(withOutput(computer, id, [id], text));
    },
    whole: true,
  },
  { name: '.wslconfig', corpus: WSL_LINES, parse: readWslLine },
  { name: 'Windows rule, registry', corpus: fc.sample(ruleText, { seed: 41, numRuns: 200 }), parse: readRule },
  {
    name: 'Windows rules, JSON',
    corpus: SHOWN,
    parse: (text) => {
      try {
        readJsonRules(JSON.parse(text));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    },
  },
  {
    name: 'Windows parts, JSON',
    corpus: [part('adapters'), part('processes')],
    parse: (text) => {
      adapters(text);
      processes(text);
    },
    whole: true,
  },
];
