/** The script that reads a Windows computer: what stands in it. It was not run: there is no PowerShell here. */
import type { Node } from 'web-tree-sitter';
import { beforeAll, describe, expect, test } from 'vitest';
import { WINDOWS_PARTS } from '../../../../src/core/machine/windows.ts';
import { LONGEST_COMMAND_LINE, powershellArguments } from '../../../../src/main/gather/windows/encode.ts';
import { windowsPrograms } from '../../../../src/main/gather/windows/programs.ts';
import { READ_WINDOWS } from '../../../../src/main/gather/windows/script.ts';
import { decoded, powershellParser, textsOf } from '../../powershell.ts';

/** Cmdlets that read, or make text and lists of what is given to them; and the script's own functions. */
const READS = [
  'Get-CimInstance',
  'Get-NetConnectionProfile',
  'Get-NetFirewallAddressFilter',
  'Get-NetFirewallApplicationFilter',
  'Get-NetFirewallHyperVProfile',
  'Get-NetFirewallHyperVRule',
  'Get-NetFirewallHyperVVMSetting',
  'Get-NetFirewallInterfaceFilter',
  'Get-NetFirewallInterfaceTypeFilter',
  'Get-NetFirewallPortFilter',
  'Get-NetFirewallProfile',
  'Get-NetFirewallRule',
  'Get-NetFirewallSecurityFilter',
  'Get-NetFirewallServiceFilter',
  'Get-NetIPInterface',
];
const SHAPES = ['Add-Member', 'ConvertTo-Json', 'ForEach-Object', 'Sort-Object', 'Where-Object'];
const OWN = ['Adapters', 'Fields', 'Join', 'Kind', 'Pair', 'Part', 'Plain', 'Say', 'Settings', 'Value', 'Values'];

describe('the script that reads', () => {
  let root: Node;
  beforeAll(async () => {
    root = (await powershellParser())(READ_WINDOWS);
  });

  test('can be parsed, and is the same text each time it is handed over', () => {
    expect(root.hasError).toBe(false);
    const [last = ''] = powershellArguments(READ_WINDOWS).slice(-1);
    expect(decoded(last)).toBe(READ_WINDOWS);
    expect(last).toMatch(/^[A-Za-z0-9+/]+=*$/);
  });

  test('names cmdlets that read and no others; it starts nothing and changes nothing', () => {
    const used = new Set(textsOf(root, 'command_name'));
    // The one command that is not named is the block of a part: `& $read`.
    const named = [...used].filter((name) => name !== '$read').sort();
    expect(named).toEqual([...READS, ...SHAPES, ...OWN].sort());
    expect(READ_WINDOWS).not.toMatch(
      /\b(Set|New|Remove|Clear|Disable|Enable|Rename|Invoke|Start|Stop|Restart|Out|Export|Import|Install|Register|Copy|Move|Write)-/i,
    );
    expect(READ_WINDOWS).not.toMatch(
      /\biex\b|Add-Type|DllImport|SetValue|CreateSubKey|DeleteSub|WriteAll|\.Create\(|\.Delete\(|\bnetsh\b/i,
    );
    // Keys of the registry are opened by their path alone, which is for reading.
    expect([...READ_WINDOWS.matchAll(/OpenSubKey\(([^)]*)\)/g)].map(([, given]) => given?.split(',').length)).toEqual([
      1, 1, 1,
    ]);
  });

  test('calls of .NET are those that read', () => {
    const types = new Set(
      [...READ_WINDOWS.matchAll(/\[([\w.]+)\]::(\w+)/g)].map(([, type, member]) => `${type}::${member}`),
    );
    expect([...types].sort()).toEqual([
      'Activator::CreateInstance',
      'Console::OpenStandardOutput',
      'Environment::GetFolderPath',
      'IO.File::Exists',
      'IO.File::ReadAllLines',
      'IO.FileNotFoundException::new',
      'IO.Path::Combine',
      'Microsoft.Win32.RegistryKey::OpenBaseKey',
      'Net.NetworkInformation.NetworkInterface::GetAllNetworkInterfaces',
      'Text.Encoding::UTF8',
      'Type::GetTypeFromProgID',
    ]);
  });

  test('every part is asked for, adapters twice; each is caught by itself', () => {
    const asked = [...READ_WINDOWS.matchAll(/\bPart (\w+) /g)].map(([, part]) => part ?? '');
    expect([...asked].sort()).toEqual([...WINDOWS_PARTS, 'adapters'].sort());
    // The registry, which takes milliseconds, before all that asks a service of the system.
    const firstSlow = asked.indexOf('services');
    for (const fast of [
      'localRules',
      'policyRules',
      'mdmSettings',
      'localSettings',
      'policySettings',
      'portProxy',
      'adapters',
    ])
      expect(asked.indexOf(fast)).toBeLessThan(firstSlow);
    // Of `Part`, of the kinds of networks and of what interfaces take in.
    expect(root.descendantsOfType('catch_clause').length).toBe(3);
    expect(root.descendantsOfType('finally_clause').length).toBe(2);
    expect(root.descendantsOfType('try_statement').length).toBe(5);
  });

  test('a section of .wslconfig is what WSL takes for one; any other line leaves the one before it', () => {
    const [, pattern = ''] = /-match '([^']*\\\[\([^']*)'/.exec(READ_WINDOWS) ?? [];
    const section = (line: string): string | undefined => new RegExp(pattern, 'i').exec(line)?.[1];
    expect(['[wsl2]', ' [WSL2]  # mine', '[experimental]#'].map(section)).toEqual(['wsl2', 'WSL2', 'experimental']);
    for (const line of ['[ wsl2 ]', '[wsl2', '[wsl2] x', '[2wsl]', '# [wsl2]', '[]'])
      expect(section(line)).toBeUndefined();
  });

  test('fits on a command line', () => {
    const { powershell } = windowsPrograms({ env: { SystemRoot: `C:\\${'x'.repeat(32)}` }, arch: 'x64' });
    const line = [powershell, ...powershellArguments(READ_WINDOWS)].join(' ');
    expect(line.length).toBeLessThan(LONGEST_COMMAND_LINE);
  });

  test('is plain ASCII', () => {
    expect(READ_WINDOWS).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
