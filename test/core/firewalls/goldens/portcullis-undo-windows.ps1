# Removes the rules of portcullis-close-windows.ps1 again.
# Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
#
#   3000/tcp  Development web server
#       Anyone on this network can connect to this.
#   5353/udp  O’Brien’s "thing"
#
# Run in PowerShell as administrator; it may be run again, the second time changes nothing:
#   powershell.exe -NoProfile -ExecutionPolicy Bypass -File THIS-FILE
# Check: Get-NetFirewallRule -Group 'Portcullis'
# Undo:  portcullis-close-windows.ps1
# A block rule beats every allow rule, whichever was there first.
$ErrorActionPreference = 'Stop'

try {
  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-tcp-3000' -ErrorAction SilentlyContinue)
  foreach ($each in $old) { Remove-NetFirewallRule -InputObject $each }
  $old = @(Get-NetFirewallRule -PolicyStore 'PersistentStore' -Name 'Portcullis-close-udp-5353' -ErrorAction SilentlyContinue)
  foreach ($each in $old) { Remove-NetFirewallRule -InputObject $each }
  exit 0
}
catch {
  [Console]::Error.WriteLine($_.Exception.Message)
  exit 1
}
