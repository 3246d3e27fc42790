/**
 * What an elevated Windows PowerShell runs: the steps of a plan as data, and one piece of code that is the same for all.
 *
 *   look     every step is compared with what is there; what is not as it was read ends it, with nothing changed
 *   change   what is not done yet is done, one step after the other
 *   look     every step is read again, from the registry and by the cmdlets
 *   back     where a step failed, or is not there afterwards, what was begun is put back, the last first
 *
 * Status: 0 done and checked (also where it was all done before), 3 a rule is not as it was read and nothing was changed,
 * 4 it failed and all is as it was, 5 it failed and not all could be put back, 6 not run as administrator.
 *
 * Foreign text stands in single-quoted literals alone, and a foreign rule is found by its whole InstanceID and given to
 * Set-NetFirewallRule as an object, so nothing of it is a wildcard. Names of Portcullis's own rules hold none. Modules are
 * taken from the system's own folder, whatever PSModulePath says, which is as it was afterwards: a file may be run in a
 * console that goes on. `finally` runs behind `exit` too (about_Try_Catch_Finally). What stands in a module does not look at
 * the $ErrorActionPreference of a script that is a file (PowerShell/PowerShell issues 4568 and 24389), so each is told to stop.
 *
 * Sources: Microsoft Learn, NetSecurity module (New-, Set-, Remove-, Get-NetFirewallRule, Set-NetFirewallProfile);
 * [MS-GPFAS] 2.2.2.19 and the names of the profiles' keys. It has not met a real Windows yet.
 */
import type { Operation } from '../../model.ts';
import { problem } from '../../problem.ts';
import { isWellFormed, isWindows, type WindowsOperation } from './operations.ts';
import { type Block, blockFields, blockNotes, GROUP, type Naming, namesOf, profileWord } from './own.ts';
import { literal, literals } from './quote.ts';
import type { Profile } from './model.ts';

/**
 * Characters of a script that `-EncodedCommand` takes: a command line holds 32,767 (CreateProcess), and base64 of UTF-16
 * needs eight thirds of a character for each.
 */
export const LONGEST_SCRIPT = 12_000;

/** How each ends. */
export const STATUS = { done: 0, stale: 3, putBack: 4, notPutBack: 5, notElevated: 6 } as const;

/** Keys of the profiles in the registry: StandardProfile is Private. */
const KEY: Readonly<Record<Profile, string>> = {
  domain: 'DomainProfile',
  private: 'StandardProfile',
  public: 'PublicProfile',
};

function blockStep(block: Block, to: boolean, named: Naming): readonly string[] {
  const { protocol, port, from, profiles } = block;
  return [
    `Kind = 'rule'`,
    `To = '${to ? 'True' : 'False'}'`,
    `Name = ${literal(named.name)}`,
    `Label = ${literal(named.label)}`,
    `Protocol = ${literal(protocol.toUpperCase())}`,
    `Port = ${literal(String(port))}`,
    `Profile = ${literals(profiles.length === 0 ? ['Any'] : profiles.map(profileWord))}`,
    `From = ${literals(from === 'any' ? ['Any'] : from)}`,
    `Has = ${literals([...blockFields(block), ...blockNotes(named)])}`,
  ];
}

function fieldsOf(operation: WindowsOperation, naming: (block: Block) => Naming): readonly string[] {
  switch (operation.kind) {
    case 'windows-block':
      return blockStep(operation, true, naming(operation));
    case 'windows-unblock':
      return blockStep(operation, false, naming(operation));
    case 'windows-disable':
    case 'windows-enable':
      return [
        `Kind = 'toggle'`,
        `To = '${operation.kind === 'windows-enable' ? 'True' : 'False'}'`,
        `Name = ${literal(operation.id)}`,
        `Text = ${literal(operation.rule)}`,
      ];
    case 'windows-profile-on':
    case 'windows-profile-off':
      return [
        `Kind = 'profile'`,
        `To = '${operation.kind === 'windows-profile-on' ? 'True' : 'False'}'`,
        `Name = ${literal(profileWord(operation.profile))}`,
        `Key = ${literal(KEY[operation.profile])}`,
      ];
  }
}

/** The code that is the same for all. Short names, since every character counts. */
const ENGINE = `$store = 'PersistentStore'
$base = 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\'
function Read-Value($key, $name) {
  $open = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey($base + $key)
  if ($null -eq $open) { return $null }
  return $open.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
}
function Test-Same($one, $other) { return [string]::Equals([string]$one, [string]$other, [StringComparison]::Ordinal) }
function Get-Plain($text) {
  $rest = $text -replace '\\|Active=[^|]*(?=\\|)', ''
  return $rest -replace '^v[0-9]+\\.[0-9]+', ''
}
function Get-Bits($text) {
  $address = [Net.IPAddress]::Parse($text)
  if ($text -match '^[0-9.]+$' -and -not (Test-Same ($address.ToString()) $text)) { throw 'No address' }
  $bits = ''
  foreach ($byte in $address.GetAddressBytes()) { $bits += [Convert]::ToString($byte, 2).PadLeft(8, '0') }
  return $bits
}
function Get-Range($text) {
  if ($text -notmatch '^[0-9a-f:.]+([-/][0-9a-f:.]+)?$') { return $text }
  try {
    $ends = $text.Split('/')
    if ($ends.Count -eq 1) {
      $ends = $text.Split('-')
      return (Get-Bits $ends[0]) + '-' + (Get-Bits $ends[-1])
    }
    $low = Get-Bits $ends[0]
    $mask = $ends[1]
    if ($mask -match '[.:]') {
      $ones = (Get-Bits $mask).TrimEnd('0')
      if ($ones -match '0') { return $text }
      $mask = $ones.Length
    }
    $net = $low.Substring(0, [int]$mask)
    return $net.PadRight($low.Length, '0') + '-' + $net.PadRight($low.Length, '1')
  }
  catch { return $text }
}
function Test-Ranges($some, $others) {
  if ($some.Count -ne $others.Count) { return $false }
  foreach ($one in $some) {
    $found = $others -ccontains $one
    if (-not $found) {
      $range = Get-Range $one
      foreach ($other in $others) {
        if (Test-Same $range (Get-Range $other)) { $found = $true }
      }
    }
    if (-not $found) { return $false }
  }
  return $true
}
function Get-State($step, $whole) {
  if ($step.Kind -eq 'profile') {
    $on = Read-Value $step.Key 'EnableFirewall'
    if ($on -eq 0) { return 'False' }
    return 'True'
  }
  $text = Read-Value 'FirewallRules' $step.Name
  if ($step.Kind -eq 'rule') {
    if ($null -eq $text) { return 'False' }
    $has = 0
    $from = @()
    foreach ($field in $text.Split('|')) {
      if ($step.Has -ccontains $field) { $has += 1 }
      elseif ($field -match '^RA[46]=') { $from += $field.Substring(4) }
      elseif ($field -notmatch '^(v[0-9]+\\.[0-9]+|Desc=)?$') { return 'Other' }
    }
    if ($from.Count -eq 0) { $from = @('Any') }
    if ($has -ne $step.Has.Count -or -not (Test-Ranges $step.From $from)) { return 'Other' }
    return 'True'
  }
  if ($null -eq $text) { return 'Other' }
  if (-not (Test-Same (Get-Plain $text) (Get-Plain $step.Text))) { return 'Other' }
  $now = 'False'
  if ($text -match '\\|Active=TRUE\\|') { $now = 'True' }
  if ($whole -and $now -ne $step.To -and -not (Test-Same $text $step.Text)) { return 'Other' }
  return $now
}
function Find-Rule($step) {
  if ($step.Kind -eq 'rule') {
    return @(Get-NetFirewallRule -PolicyStore $store -Name $step.Name -ErrorAction SilentlyContinue)
  }
  $found = @()
  foreach ($rule in @(Get-NetFirewallRule -PolicyStore $store -ErrorAction Stop)) {
    if (Test-Same $rule.InstanceID $step.Name) { $found += $rule }
  }
  return $found
}
function Test-Seen($step) {
  if ($step.Kind -eq 'profile') {
    $seen = Get-NetFirewallProfile -PolicyStore $store -Name $step.Name -ErrorAction Stop
    return ([string]$seen.Enabled -eq 'False') -eq ($step.To -eq 'False')
  }
  $found = @(Find-Rule $step)
  if ($step.Kind -eq 'toggle') { return $found.Count -eq 1 -and [string]$found[0].Enabled -eq $step.To }
  if ($step.To -eq 'False') { return $found.Count -eq 0 }
  if ($found.Count -ne 1) { return $false }
  $rule = $found[0]
  if ([string]$rule.Enabled -ne 'True' -or [string]$rule.Action -ne 'Block' -or [string]$rule.Direction -ne 'Inbound') { return $false }
  $port = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule -ErrorAction Stop
  $address = Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule -ErrorAction Stop
  if ([string]$port.Protocol -ne $step.Protocol -or [string]$port.LocalPort -ne $step.Port) { return $false }
  return (Test-Ranges $step.From @($address.RemoteAddress))
}
function Set-State($step, $to) {
  if ($step.Kind -eq 'profile') { Set-NetFirewallProfile -PolicyStore $store -Name $step.Name -Enabled $to -ErrorAction Stop }
  elseif ($step.Kind -eq 'toggle') {
    foreach ($rule in @(Find-Rule $step)) { Set-NetFirewallRule -InputObject $rule -Enabled $to -ErrorAction Stop }
  }
  elseif ($to -eq 'False') { Remove-NetFirewallRule -PolicyStore $store -Name $step.Name -ErrorAction Stop }
  else {
    $new = @{
      PolicyStore = $store
      Name = $step.Name
      DisplayName = $step.Label
      Group = '${GROUP}'
      Direction = 'Inbound'
      Action = 'Block'
      Enabled = 'True'
      Profile = $step.Profile
      Protocol = $step.Protocol
      LocalPort = $step.Port
      RemoteAddress = $step.From
      ErrorAction = 'Stop'
    }
    New-NetFirewallRule @new | Out-Null
  }
}
$kept = $env:PSModulePath
try {
  $env:PSModulePath = [Environment]::SystemDirectory + '\\WindowsPowerShell\\v1.0\\Modules'
  $me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
  if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    [Console]::Error.WriteLine('This must be run as administrator. Nothing was changed.')
    exit 6
  }
  $todo = @()
  try {
    foreach ($step in $steps) {
      $state = Get-State $step $whole
      if ($state -eq 'Other') {
        [Console]::Error.WriteLine('Nothing was changed: this is not as it was read: ' + $step.Name)
        exit 3
      }
      if ($state -ne $step.To) { $todo += $step }
    }
  }
  catch {
    [Console]::Error.WriteLine('Nothing was changed: ' + $_.Exception.Message)
    exit 4
  }
  $begun = @()
  try {
    foreach ($step in $todo) {
      $begun = @($step) + $begun
      Set-State $step $step.To
    }
    foreach ($step in $steps) {
      if ((Get-State $step $false) -ne $step.To -or -not (Test-Seen $step)) { throw ('This is not as it was to be: ' + $step.Name) }
    }
  }
  catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    $left = 0
    foreach ($step in $begun) {
      $back = 'True'
      if ($step.To -eq 'True') { $back = 'False' }
      $now = 'Other'
      try {
        if ((Get-State $step $false) -ne $back) { Set-State $step $back }
      }
      catch { [Console]::Error.WriteLine($_.Exception.Message) }
      try { $now = Get-State $step $false }
      catch { [Console]::Error.WriteLine($_.Exception.Message) }
      if ($now -ne $back) {
        [Console]::Error.WriteLine('This could not be put back: ' + $step.Name)
        $left += 1
      }
    }
    if ($left -ne 0) { exit 5 }
    exit 4
  }
  [Console]::Out.WriteLine('Done and checked.')
  exit 0
}
finally { $env:PSModulePath = $kept }`;

/**
 * The script of these operations, in their order, without a byte order mark.
 *
 * @param whole false: of a foreign rule the version in front of its text need not be the one that was read. So is the undo
 * that is written before the change, since Windows may write another.
 * @param naming how its own rules are called
 * Throws a ProblemError where one is not in its form, or not of Windows Firewall.
 */
export function scriptOf(
  operations: readonly Operation[],
  whole: boolean,
  naming: (block: Block) => Naming = namesOf,
): string {
  const steps = operations.map((operation) => {
    if (!isWindows(operation) || !isWellFormed(operation)) throw problem('unsupported', { kind: 'windows-odd-step' });
    return `  @{ ${fieldsOf(operation, naming).join('; ')} }`;
  });
  return ["$ErrorActionPreference = 'Stop'", `$whole = $${whole}`, '$steps = @(', ...steps, ')', ENGINE, ''].join('\n');
}

/** What the elevated PowerShell runs. Its length in characters is to be compared with LONGEST_SCRIPT. */
export const changeScript = (operations: readonly Operation[]): string => scriptOf(operations, true);
