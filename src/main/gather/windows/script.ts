/**
 * The one PowerShell script that reads a Windows computer, for Windows PowerShell 5.1, which every Windows has. It is this text
 * and no other: nothing that was read, typed or configured is ever put into it. It changes nothing.
 *
 * It prints one JSON object a line, as soon as a part is known: `{"part":"localRules","ok":[…]}` or
 * `{"part":"rules","error":{"kind":"timeout"}}`; a later line about the same part counts instead of the earlier one. At the
 * end stands `{"done":true}`. So what a slow part takes with it at the time limit is that part alone, and what was cut is
 * half a line. Parts are those of core/machine/windows.ts; `parts.ts` puts them together.
 *
 * - The registry is read by .NET's classes in the 64-bit view: fast, exact, and not translated. OpenSubKey gives null for a
 *   key that is not there, and throws SecurityException where it may not be read. Source: RegistryKey on Microsoft Learn.
 * - Lines are written as bytes of UTF-8, so that no code page of a console can have a say.
 * - Enumerations are made text one by one: `-EnumsAsStrings` is not in 5.1.
 * - Modules are looked for in PowerShell's own folder alone, not in that of the person.
 * - Reasons are told by the types and numbers of errors, never by their words, which are translated.
 * - Where a policy of AppLocker or App Control has PowerShell in constrained language mode, .NET may not be called: it says
 *   so, and ends with status 7. Source: about_Language_Modes.
 * - Adapters are .NET's NetworkInterface, which is GetAdaptersAddresses: all with IP, loopback too; its types are those of
 *   the IANA registry. They are printed before the kinds of their networks are asked for, and once more with them.
 */

/** Its exit status where PowerShell may not do what is needed. */
export const CONSTRAINED = 7;

const HEAD = String.raw`
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
if ("$($ExecutionContext.SessionState.LanguageMode)" -ne 'FullLanguage') { '{"constrained":true}'; exit 7 }
$env:PSModulePath = "$PSHOME\Modules"
$stream = [Console]::OpenStandardOutput()
function Say($line) {
  $bytes = [Text.Encoding]::UTF8.GetBytes($line + [char]10)
  $stream.Write($bytes, 0, $bytes.Length)
  $stream.Flush()
}
function Kind($e) {
  while ($e.InnerException) { $e = $e.InnerException }
  $name = $e.GetType().Name
  if ($name -match '^(SecurityException|UnauthorizedAccessException)$') { return 'refused' }
  if ($name -match '^(CommandNotFoundException|FileNotFoundException|DirectoryNotFoundException)$') { return 'missing' }
  if ($name -eq 'CimException') {
    $code = "$($e.NativeErrorCode)"
    if ($code -eq 'AccessDenied') { return 'refused' }
    if ($code -match '^(InvalidNamespace|InvalidClass|NotSupported)$') { return 'missing' }
  }
  if (@(-2147024891, -2147217405) -contains $e.HResult) { return 'refused' }
  if (@(-2147221164, -2147217394, -2147217392) -contains $e.HResult) { return 'missing' }
  if (@(-2147217303, -2147023436) -contains $e.HResult) { return 'timeout' }
  'failed'
}
function Part($name, $read, [switch]$One) {
  try {
    $value = @(& $read)
    if ($One) { $value = $value[0] }
    $json = $(if ($null -ne $value -and @($value).Count -eq 0) { '[]' } else { ConvertTo-Json -InputObject $value -Depth 5 -Compress })
    Say ('{"part":"' + $name + '","ok":' + $json + '}')
    $true
  } catch {
    $why = @{ kind = (Kind $_.Exception); said = "$($_.Exception.Message)" }
    Say ('{"part":"' + $name + '","error":' + (ConvertTo-Json -InputObject $why -Compress) + '}')
    $false
  }
}
function Pair($name, $value) { [pscustomobject]@{ name = "$name"; value = $value } }
`;

const REGISTRY = String.raw`
$machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
function Plain($value) {
  if ($value -is [string] -or $value -is [int] -or $value -is [long]) { return $value }
  if ($value -is [string[]]) { return $value -join ',' }
  '?' + $(if ($null -eq $value) { 'gone' } else { $value.GetType().Name })
}
function Values($path, $shown, [switch]$Deep, $without) {
  $key = $machine.OpenSubKey($path)
  if ($null -eq $key) { return }
  try {
    foreach ($name in $key.GetValueNames()) {
      Pair ($shown + $name) (Plain ($key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')))
    }
    if ($Deep) {
      foreach ($sub in $key.GetSubKeyNames()) {
        if ($sub -ne $without) { Values "$path\$sub" ($shown + $sub + '\') -Deep }
      }
    }
  } finally { $key.Close() }
}
function Value($path, $name) {
  $key = $machine.OpenSubKey($path)
  if ($null -eq $key) { return }
  try { $key.GetValue($name) } finally { $key.Close() }
}
function Settings($base, $private) {
  [pscustomobject]@{
    domain = @(Values "$base\DomainProfile")
    private = @(Values "$base\$private")
    public = @(Values "$base\PublicProfile")
  }
}
$local = 'SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
$policy = 'SOFTWARE\Policies\Microsoft\WindowsFirewall'
$services = 'SYSTEM\CurrentControlSet\Services'
$whole = $true
$whole = (Part localRules { Values "$local\FirewallRules" }) -and $whole
$whole = (Part policyRules { Values "$policy\FirewallRules" }) -and $whole
$whole = (Part policyExceptions {
  foreach ($kind in 'DomainProfile', 'StandardProfile', 'PrivateProfile', 'PublicProfile') {
    foreach ($old in 'AuthorizedApplications', 'GloballyOpenPorts', 'Services', 'RemoteAdminSettings', 'IcmpSettings') {
      Values "$policy\$kind\$old" "$kind\$old\" -Deep
    }
  }
}) -and $whole
$whole = (Part mdmRules { Values "$local\Mdm\FirewallRules" }) -and $whole
$null = Part mdmSettings { Values "$local\Mdm" '' -Deep 'FirewallRules' }
$null = Part appRules { Values "$local\RestrictedServices\AppIso\FirewallRules" }
$null = Part serviceRules { Values "$local\RestrictedServices\Configurable\System" }
$null = Part localSettings -One { Settings $local 'StandardProfile' }
$null = Part policySettings -One {
  $key = $machine.OpenSubKey("$policy\PrivateProfile")
  if ($key) { $key.Close() }
  Settings $policy $(if ($key) { 'PrivateProfile' } else { 'StandardProfile' })
}
$null = Part environment -One {
  $nt = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $cv = 'SOFTWARE\Microsoft\Windows\CurrentVersion'
  $root = Value $nt 'SystemRoot'
  [pscustomobject]@{
    SystemRoot = $root
    windir = $root
    SystemDrive = "$root".Substring(0, 2)
    ProgramFiles = Value $cv 'ProgramFilesDir'
    'ProgramFiles(x86)' = Value $cv 'ProgramFilesDir (x86)'
    ProgramW6432 = Value $cv 'ProgramW6432Dir'
    CommonProgramFiles = Value $cv 'CommonFilesDir'
    'CommonProgramFiles(x86)' = Value $cv 'CommonFilesDir (x86)'
    CommonProgramW6432 = Value $cv 'CommonW6432Dir'
    ProgramData = Value "$nt\ProfileList" 'ProgramData'
    Public = Value "$nt\ProfileList" 'Public'
  }
}
$null = Part portProxy {
  foreach ($family in 'v4tov4', 'v4tov6', 'v6tov4', 'v6tov6') {
    foreach ($one in @(Values "$services\PortProxy\$family\tcp")) {
      [pscustomobject]@{ family = $family; name = $one.name; value = $one.value }
    }
  }
}
$null = Part urlReservations { foreach ($one in @(Values "$services\HTTP\Parameters\UrlAclInfo")) { $one.name } }
$null = Part wslPolicy { Values 'SOFTWARE\Policies\WSL' }
$null = Part wsl {
  $file = [IO.Path]::Combine([Environment]::GetFolderPath('UserProfile'), '.wslconfig')
  if (-not [IO.File]::Exists($file)) { return }
  $section = ''
  foreach ($line in [IO.File]::ReadAllLines($file)) {
    if ($line -match '^[ \t]*\[([a-z][a-z0-9]*)\][ \t]*(#|$)') { $section = $Matches[1].ToLowerInvariant() }
    elseif ($line -match '^\s*(networkingMode|firewall|hostAddressLoopback|localhostForwarding|ignoredPorts)\s*=\s*(.*?)\s*$') {
      Pair "$section.$($Matches[1])" $Matches[2]
    }
  }
}
`;

const REST = String.raw`
function Adapters($networks, $ways) {
  foreach ($one in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
    $ip = $one.GetIPProperties()
    $index = 0
    if ($one.Supports('IPv4')) { $index = $ip.GetIPv4Properties().Index }
    elseif ($one.Supports('IPv6')) { $index = $ip.GetIPv6Properties().Index }
    $category = $null
    if ($null -ne $networks) {
      $said = @($networks | Where-Object { $_.InterfaceIndex -eq $index } | ForEach-Object { "$($_.NetworkCategory)" } | Sort-Object -Unique)
      if ($said.Count -eq 0) { $category = 'none' } elseif ($said.Count -eq 1) { $category = $said[0] }
    }
    $weak = $null
    $hosts = @($ways | Where-Object { $_.InterfaceIndex -eq $index } | ForEach-Object { "$($_.WeakHostReceive)" })
    if ($hosts -contains 'Enabled') { $weak = $true }
    elseif ($hosts.Count -gt 0 -and @($hosts | Where-Object { $_ -ne 'Disabled' }).Count -eq 0) { $weak = $false }
    [pscustomobject]@{
      alias = $one.Name
      index = $index
      guid = $one.Id
      type = [int]$one.NetworkInterfaceType
      description = $one.Description
      up = "$($one.OperationalStatus)" -eq 'Up'
      category = $category
      addresses = @(foreach ($each in $ip.UnicastAddresses) { [pscustomobject]@{ address = "$($each.Address)"; prefix = $each.PrefixLength } })
      gateways = @(foreach ($each in $ip.GatewayAddresses) { "$($each.Address)" })
      dns = @(foreach ($each in $ip.DnsAddresses) { "$each" })
      dhcp = @(foreach ($each in $ip.DhcpServerAddresses) { "$each" })
      wins = @(foreach ($each in $ip.WinsServersAddresses) { "$each" })
      weakHost = $weak
    }
  }
}
$null = Part adapters { Adapters $null @() }
$null = Part services {
  foreach ($one in Get-CimInstance -ClassName Win32_Service -Filter 'ProcessId > 0' -Property @('Name', 'ProcessId', 'PathName') -OperationTimeoutSec 15) {
    [pscustomobject]@{ pid = [long]$one.ProcessId; name = $one.Name; command = $one.PathName }
  }
}
$null = Part processes {
  foreach ($one in Get-CimInstance -ClassName Win32_Process -Property @('ProcessId', 'Name', 'ExecutablePath', 'CommandLine', 'SessionId') -OperationTimeoutSec 15) {
    [pscustomobject]@{ pid = [long]$one.ProcessId; path = $one.ExecutablePath; name = $one.Name; commandLine = $one.CommandLine; session = [long]$one.SessionId }
  }
}
$null = Part products {
  $type = [Type]::GetTypeFromProgID('HNetCfg.FwProducts')
  if ($null -eq $type) { throw [IO.FileNotFoundException]::new() }
  foreach ($one in [Activator]::CreateInstance($type)) {
    [pscustomobject]@{ name = $one.DisplayName; categories = @(foreach ($kind in $one.RuleCategories) { [int]$kind }) }
  }
}
$networks = $null
$ways = @()
try { $networks = @(Get-NetConnectionProfile) } catch { $networks = $null }
try { $ways = @(Get-NetIPInterface) } catch { $ways = @() }
$null = Part adapters { Adapters $networks $ways }
function Fields($one, $names) {
  $all = [ordered]@{}
  foreach ($name in $names) {
    $value = $one.$name
    if ($value -is [array]) { $value = @(foreach ($each in $value) { "$each" }) } elseif ($null -ne $value) { $value = "$value" }
    $all[$name] = $value
  }
  [pscustomobject]$all
}
$null = Part effectiveProfiles {
  foreach ($one in Get-NetFirewallProfile -PolicyStore ActiveStore) {
    Fields $one 'Name', 'Enabled', 'DefaultInboundAction', 'DefaultOutboundAction', 'AllowInboundRules', 'AllowLocalFirewallRules', 'AllowUserApps', 'AllowUserPorts', 'DisabledInterfaceAliases'
  }
}
$null = Part hyperV -One {
  [pscustomobject]@{
    settings = @(foreach ($one in Get-NetFirewallHyperVVMSetting -PolicyStore ActiveStore) { Fields $one 'Name', 'Enabled', 'DefaultInboundAction', 'DefaultOutboundAction', 'LoopbackEnabled', 'AllowHostPolicyMerge' })
    profiles = @(foreach ($one in Get-NetFirewallHyperVProfile -PolicyStore ActiveStore) { Fields $one 'Name', 'Profile', 'Enabled', 'DefaultInboundAction', 'DefaultOutboundAction', 'AllowLocalFirewallRules' })
    rules = @(foreach ($one in Get-NetFirewallHyperVRule -PolicyStore ActiveStore) { if ("$($one.Direction)" -ne 'Outbound') { Fields $one 'Name', 'DisplayName', 'VMCreatorId', 'Direction', 'Action', 'Enabled', 'Protocol', 'LocalAddresses', 'LocalPorts', 'RemoteAddresses', 'RemotePorts', 'RulePriority', 'Profiles' } })
  }
}
if (-not $whole) {
  $null = Part rules {
    $all = [ordered]@{}
    foreach ($one in Get-NetFirewallRule -PolicyStore ActiveStore) {
      $all["$($one.InstanceID)"] = Fields $one 'InstanceID', 'DisplayName', 'Enabled', 'Profile', 'Direction', 'Action', 'PolicyStoreSourceType', 'Owner', 'Platform', 'LocalOnlyMapping', 'RemoteDynamicKeywordAddresses'
    }
    function Join($found, $names) {
      foreach ($one in $found) {
        $rule = $all["$($one.InstanceID)"]
        if ($null -eq $rule) { continue }
        $more = Fields $one $names
        foreach ($name in $names) { $rule | Add-Member -NotePropertyName $name -NotePropertyValue $more.$name -Force }
      }
    }
    Join (Get-NetFirewallAddressFilter -PolicyStore ActiveStore) @('LocalAddress', 'RemoteAddress')
    Join (Get-NetFirewallPortFilter -PolicyStore ActiveStore) @('Protocol', 'LocalPort', 'RemotePort', 'DynamicTarget')
    Join (Get-NetFirewallApplicationFilter -PolicyStore ActiveStore) @('Program', 'Package')
    Join (Get-NetFirewallServiceFilter -PolicyStore ActiveStore) @('Service')
    Join (Get-NetFirewallInterfaceFilter -PolicyStore ActiveStore) @('InterfaceAlias')
    Join (Get-NetFirewallInterfaceTypeFilter -PolicyStore ActiveStore) @('InterfaceType')
    Join (Get-NetFirewallSecurityFilter -PolicyStore ActiveStore) @('Authentication', 'Encryption', 'OverrideBlockRules', 'LocalUser', 'RemoteUser', 'RemoteMachine')
    foreach ($one in $all.Values) { $one }
  }
}
Say '{"done":true}'
exit 0
`;

/** Without its indentation, which nobody reads there: a command line has an end. */
export const READ_WINDOWS = `${HEAD}${REGISTRY}${REST}`
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .join('\n');
