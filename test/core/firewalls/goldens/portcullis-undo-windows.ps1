# Removes the rules of portcullis-close-windows.ps1 again.
# Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
#
#   3000/tcp  Development web server
#       Anyone on this network can connect to this.
#   5353/udp  O’Brien’s "thing"
#
# Run in PowerShell as administrator; it may be run again, the second time changes nothing:
#   powershell.exe -NoProfile -ExecutionPolicy Bypass -File THIS-FILE
# It ends with 0: done and checked; 3: a rule of this name is there and is another one, nothing was changed;
# 4: it failed and all is as it was; 5: it failed and not all could be put back; 6: not run as administrator.
# Check: Get-NetFirewallRule -Group 'Portcullis'
# Undo:  portcullis-close-windows.ps1
# A block rule beats every allow rule, whichever was there first; only a rule that overrides blocks
# (authenticated bypass) still lets in those whom it names.
$ErrorActionPreference = 'Stop'
$whole = $false
$steps = @(
  @{ Kind = 'rule'; To = 'False'; Name = 'PortcullisFile-close-udp-5353'; Label = 'Portcullis: port 5353 (UDP) closed by a file'; Protocol = 'UDP'; Port = '5353'; Profile = @('Any'); From = @('Any'); Has = @('Action=Block', 'Active=TRUE', 'Dir=In', 'Protocol=17', 'LPort=5353', 'Name=Portcullis: port 5353 (UDP) closed by a file', 'EmbedCtxt=Portcullis') }
  @{ Kind = 'rule'; To = 'False'; Name = 'PortcullisFile-close-tcp-3000'; Label = 'Portcullis: port 3000 (TCP) closed by a file'; Protocol = 'TCP'; Port = '3000'; Profile = @('Any'); From = @('Any'); Has = @('Action=Block', 'Active=TRUE', 'Dir=In', 'Protocol=6', 'LPort=3000', 'Name=Portcullis: port 3000 (TCP) closed by a file', 'EmbedCtxt=Portcullis') }
)
$store = 'PersistentStore'
$base = 'SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\'
function Read-Value($key, $name) {
  $open = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey($base + $key)
  if ($null -eq $open) { return $null }
  return $open.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
}
function Test-Same($one, $other) { return [string]::Equals([string]$one, [string]$other, [StringComparison]::Ordinal) }
function Get-Plain($text) {
  $rest = $text -replace '\|Active=[^|]*(?=\|)', ''
  return $rest -replace '^v[0-9]+\.[0-9]+', ''
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
      elseif ($field -notmatch '^(v[0-9]+\.[0-9]+|Desc=)?$') { return 'Other' }
    }
    if ($from.Count -eq 0) { $from = @('Any') }
    if ($has -ne $step.Has.Count -or -not (Test-Ranges $step.From $from)) { return 'Other' }
    return 'True'
  }
  if ($null -eq $text) { return 'Other' }
  if (-not (Test-Same (Get-Plain $text) (Get-Plain $step.Text))) { return 'Other' }
  $now = 'False'
  if ($text -match '\|Active=TRUE\|') { $now = 'True' }
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
      Group = 'Portcullis'
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
  $env:PSModulePath = [Environment]::SystemDirectory + '\WindowsPowerShell\v1.0\Modules'
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
finally { $env:PSModulePath = $kept }
