/**
 * Windows Firewall: writing a PowerShell script that closes ports, and its undo. Any block beats every allow there, so
 * one rule a port is enough. Not run on Windows here; the shapes are those of New-NetFirewallRule's documentation.
 */
import type { RuleFile } from '../../model.ts';
import { commentText, type ExportItem, type ExportSource } from '../export.ts';
import { quote } from './quote.ts';

const GROUP = 'Portcullis';
const ruleName = ({ target: { protocol, port } }: ExportItem): string => `Portcullis-close-${protocol}-${port}`;
const BOM = '\ufeff';

function header(title: string, items: readonly ExportItem[], from: ExportSource, other: string): readonly string[] {
  const machine = from.host === null ? '' : ` on ${commentText(from.host)}`;
  return [
    `# ${title}`,
    `# Made by Portcullis from what was seen${machine} at ${commentText(from.takenAt)}.`,
    '#',
    ...items.flatMap(({ target, name, why }) => [
      `#   ${target.port}/${target.protocol}${name === null ? '' : `  ${commentText(name)}`}`,
      ...(why === null ? [] : [`#       ${commentText(why)}`]),
    ]),
    '#',
    '# Run in PowerShell as administrator; it may be run again, the second time changes nothing:',
    '#   powershell.exe -NoProfile -ExecutionPolicy Bypass -File THIS-FILE',
    `# Check: Get-NetFirewallRule -Group '${GROUP}'`,
    `# Undo:  ${other}`,
    '# A block rule beats every allow rule, whichever was there first.',
    "$ErrorActionPreference = 'Stop'",
    '',
  ];
}

const FAILED = ['catch {', '  [Console]::Error.WriteLine($_.Exception.Message)'];

function removeRule(item: ExportItem): readonly string[] {
  return [
    `  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name ${quote(ruleName(item))} -ErrorAction SilentlyContinue)`,
    `  foreach ($each in $old) { Remove-NetFirewallRule -InputObject $each }`,
  ];
}

/** Is `$old` exactly the rule that is wanted? Each field is one that a person could have changed. */
const exact = ({ target: { protocol, port } }: ExportItem): string =>
  [
    '$old.Count -eq 1',
    "[string]$old[0].Enabled -eq 'True'",
    "[string]$old[0].Action -eq 'Block'",
    "[string]$old[0].Direction -eq 'Inbound'",
    `[string]$port.Protocol -eq ${quote(protocol.toUpperCase())}`,
    `[string]$port.LocalPort -eq ${quote(String(port))}`,
    "[string]$address.RemoteAddress -eq 'Any'",
  ].join(' -and ');

function addRule(item: ExportItem): readonly string[] {
  const { protocol, port } = item.target;
  const label = `Portcullis: ${item.name ?? 'closed port'} (${protocol.toUpperCase()} ${port})`;
  return [
    `  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name ${quote(ruleName(item))} -ErrorAction SilentlyContinue)`,
    '  $port = $old | Get-NetFirewallPortFilter',
    '  $address = $old | Get-NetFirewallAddressFilter',
    `  if (-not (${exact(item)})) {`,
    '    foreach ($each in $old) {',
    '      # What is needed to make it again, should anything below fail.',
    '      $replaced += @{',
    "        PolicyStore = 'PersistentStore'",
    '        Name = [string]$each.Name',
    '        DisplayName = [string]$each.DisplayName',
    `        Group = ${quote(GROUP)}`,
    '        Direction = [string]$each.Direction',
    '        Action = [string]$each.Action',
    '        Enabled = [string]$each.Enabled',
    "        Profile = ([string]$each.Profile -split ', ')",
    '        Protocol = [string]$port.Protocol',
    '        LocalPort = @($port.LocalPort)',
    '        RemoteAddress = @($address.RemoteAddress)',
    '      }',
    '      Remove-NetFirewallRule -InputObject $each',
    '    }',
    '    $rule = @{',
    "      PolicyStore = 'PersistentStore'",
    `      Name = ${quote(ruleName(item))}`,
    `      DisplayName = ${quote(label.slice(0, 200))}`,
    `      Group = ${quote(GROUP)}`,
    "      Direction = 'Inbound'",
    "      Action = 'Block'",
    "      Enabled = 'True'",
    "      Profile = @('Any')",
    `      Protocol = ${quote(protocol.toUpperCase())}`,
    `      LocalPort = @(${quote(String(port))})`,
    "      RemoteAddress = @('Any')",
    '    }',
    `    $made += ${quote(ruleName(item))}`,
    '    New-NetFirewallRule @rule | Out-Null',
    '  }',
  ];
}

function verifyRule(item: ExportItem): readonly string[] {
  const name = quote(ruleName(item));
  return [
    `  $found = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name ${name} -ErrorAction SilentlyContinue)`,
    `  if ($found.Count -ne 1 -or [string]$found[0].Enabled -ne 'True' -or [string]$found[0].Action -ne 'Block') { throw ('The rule ' + ${name} + ' is not there.') }`,
    '  $filter = $found[0] | Get-NetFirewallPortFilter',
    `  if ([string]$filter.Protocol -ne ${quote(item.target.protocol.toUpperCase())} -or [string]$filter.LocalPort -ne ${quote(String(item.target.port))}) { throw ('The rule ' + ${name} + ' is for another port.') }`,
  ];
}

/** The script and its undo, each with the byte order mark that Windows PowerShell 5.1 needs. */
export function exportWindows(items: readonly ExportItem[], from: ExportSource): RuleFile {
  const filename = 'portcullis-close-windows.ps1';
  const undoFilename = 'portcullis-undo-windows.ps1';
  const text = (lines: readonly string[]): string => `${BOM}${lines.join('\r\n')}\r\n`;
  return {
    format: 'windows',
    filename,
    content: text([
      ...header('Closes ports with Windows Firewall, for every network.', items, from, undoFilename),
      '$made = @()',
      '$replaced = @()',
      'try {',
      ...items.flatMap(addRule),
      ...items.flatMap(verifyRule),
      `  Write-Output ${quote(`Closed: ${items.map(({ target }) => `${target.port}/${target.protocol}`).join(', ')}`)}`,
      '  exit 0',
      '}',
      ...FAILED,
      '  # Nothing is left half done: what was made goes, what it replaced comes again.',
      '  foreach ($name in $made) {',
      "    $half = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name $name -ErrorAction SilentlyContinue)",
      '    foreach ($each in $half) { Remove-NetFirewallRule -InputObject $each }',
      '  }',
      '  foreach ($rule in $replaced) { New-NetFirewallRule @rule | Out-Null }',
      '  exit 1',
      '}',
    ]),
    undoFilename,
    undoContent: text([
      ...header('Removes the rules of portcullis-close-windows.ps1 again.', items, from, filename),
      'try {',
      ...items.flatMap((item) => removeRule(item)),
      '  exit 0',
      '}',
      ...FAILED,
      '  exit 1',
      '}',
    ]),
    notExpressed: [
      'Ports that WSL or Hyper-V forwards have a firewall of their own and are not closed by it.',
      'Where group policy does not let local rules count, the rules are there but have no effect.',
    ],
  };
}
