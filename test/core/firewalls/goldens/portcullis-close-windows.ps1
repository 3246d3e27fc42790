# Closes ports with Windows Firewall, for every network.
# Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
#
#   3000/tcp  Development web server
#       Anyone on this network can connect to this.
#   5353/udp  O’Brien’s "thing"
#
# Run in PowerShell as administrator; it may be run again, the second time changes nothing:
#   powershell.exe -NoProfile -ExecutionPolicy Bypass -File THIS-FILE
# Check: Get-NetFirewallRule -Group 'Portcullis'
# Undo:  portcullis-undo-windows.ps1
# A block rule beats every allow rule, whichever was there first.
$ErrorActionPreference = 'Stop'

$made = @()
$replaced = @()
try {
  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-tcp-3000' -ErrorAction SilentlyContinue)
  $port = $old | Get-NetFirewallPortFilter
  $address = $old | Get-NetFirewallAddressFilter
  if (-not ($old.Count -eq 1 -and [string]$old[0].Enabled -eq 'True' -and [string]$old[0].Action -eq 'Block' -and [string]$old[0].Direction -eq 'Inbound' -and [string]$port.Protocol -eq 'TCP' -and [string]$port.LocalPort -eq '3000' -and [string]$address.RemoteAddress -eq 'Any')) {
    foreach ($each in $old) {
      # What is needed to make it again, should anything below fail.
      $replaced += @{
        PolicyStore = 'PersistentStore'
        Name = [string]$each.Name
        DisplayName = [string]$each.DisplayName
        Group = 'Portcullis'
        Direction = [string]$each.Direction
        Action = [string]$each.Action
        Enabled = [string]$each.Enabled
        Profile = ([string]$each.Profile -split ', ')
        Protocol = [string]$port.Protocol
        LocalPort = @($port.LocalPort)
        RemoteAddress = @($address.RemoteAddress)
      }
      Remove-NetFirewallRule -InputObject $each
    }
    $rule = @{
      PolicyStore = 'PersistentStore'
      Name = 'Portcullis-close-tcp-3000'
      DisplayName = 'Portcullis: Development web server (TCP 3000)'
      Group = 'Portcullis'
      Direction = 'Inbound'
      Action = 'Block'
      Enabled = 'True'
      Profile = @('Any')
      Protocol = 'TCP'
      LocalPort = @('3000')
      RemoteAddress = @('Any')
    }
    $made += 'Portcullis-close-tcp-3000'
    New-NetFirewallRule @rule | Out-Null
  }
  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-udp-5353' -ErrorAction SilentlyContinue)
  $port = $old | Get-NetFirewallPortFilter
  $address = $old | Get-NetFirewallAddressFilter
  if (-not ($old.Count -eq 1 -and [string]$old[0].Enabled -eq 'True' -and [string]$old[0].Action -eq 'Block' -and [string]$old[0].Direction -eq 'Inbound' -and [string]$port.Protocol -eq 'UDP' -and [string]$port.LocalPort -eq '5353' -and [string]$address.RemoteAddress -eq 'Any')) {
    foreach ($each in $old) {
      # What is needed to make it again, should anything below fail.
      $replaced += @{
        PolicyStore = 'PersistentStore'
        Name = [string]$each.Name
        DisplayName = [string]$each.DisplayName
        Group = 'Portcullis'
        Direction = [string]$each.Direction
        Action = [string]$each.Action
        Enabled = [string]$each.Enabled
        Profile = ([string]$each.Profile -split ', ')
        Protocol = [string]$port.Protocol
        LocalPort = @($port.LocalPort)
        RemoteAddress = @($address.RemoteAddress)
      }
      Remove-NetFirewallRule -InputObject $each
    }
    $rule = @{
      PolicyStore = 'PersistentStore'
      Name = 'Portcullis-close-udp-5353'
      DisplayName = 'Portcullis: O’’Brien’’s "thing" (UDP 5353)'
      Group = 'Portcullis'
      Direction = 'Inbound'
      Action = 'Block'
      Enabled = 'True'
      Profile = @('Any')
      Protocol = 'UDP'
      LocalPort = @('5353')
      RemoteAddress = @('Any')
    }
    $made += 'Portcullis-close-udp-5353'
    New-NetFirewallRule @rule | Out-Null
  }
  $found = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-tcp-3000' -ErrorAction SilentlyContinue)
  if ($found.Count -ne 1 -or [string]$found[0].Enabled -ne 'True' -or [string]$found[0].Action -ne 'Block') { throw ('The rule ' + 'Portcullis-close-tcp-3000' + ' is not there.') }
  $filter = $found[0] | Get-NetFirewallPortFilter
  if ([string]$filter.Protocol -ne 'TCP' -or [string]$filter.LocalPort -ne '3000') { throw ('The rule ' + 'Portcullis-close-tcp-3000' + ' is for another port.') }
  $found = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-udp-5353' -ErrorAction SilentlyContinue)
  if ($found.Count -ne 1 -or [string]$found[0].Enabled -ne 'True' -or [string]$found[0].Action -ne 'Block') { throw ('The rule ' + 'Portcullis-close-udp-5353' + ' is not there.') }
  $filter = $found[0] | Get-NetFirewallPortFilter
  if ([string]$filter.Protocol -ne 'UDP' -or [string]$filter.LocalPort -ne '5353') { throw ('The rule ' + 'Portcullis-close-udp-5353' + ' is for another port.') }
  Write-Output 'Closed: 3000/tcp, 5353/udp'
  exit 0
}
catch {
  [Console]::Error.WriteLine($_.Exception.Message)
  # Nothing is left half done: what was made goes, what it replaced comes again.
  foreach ($name in $made) {
    $half = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name $name -ErrorAction SilentlyContinue)
    foreach ($each in $half) { Remove-NetFirewallRule -InputObject $each }
  }
  foreach ($rule in $replaced) { New-NetFirewallRule @rule | Out-Null }
  exit 1
}
