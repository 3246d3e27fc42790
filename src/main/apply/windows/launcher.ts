/**
 * What is run to get an administrator's rights on Windows: a fixed script of the ordinary PowerShell that starts the other
 * one, elevated, and says how that ended. Nothing is left on the disk, where it could be exchanged while Windows asks.
 *
 * The command comes in a variable of the environment, which is this process's alone to set, and must be Base64 and nothing
 * else. What is started is found by what the system says its folder is, not by any variable. .NET's Process is used rather
 * than Start-Process, which is the same call and keeps the number of an error to itself: 1223 (ERROR_CANCELLED) is a person
 * who said no. Where this is elevated already, nobody is asked.
 *
 * Sources: ProcessStartInfo.Verb and UseShellExecute, Environment.SystemDirectory on Microsoft Learn; System Error Codes.
 */

/** The variable that the command is handed over in. */
export const COMMAND = 'PORTCULLIS_COMMAND';

/** How the elevated PowerShell is started; what is encoded follows. */
export const ELEVATED_ARGUMENTS = '-NoLogo -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand ';

export const LAUNCHER = String.raw`$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ("$($ExecutionContext.SessionState.LanguageMode)" -ne 'FullLanguage') { 'unable constrained'; exit 0 }
try {
$command = $env:${COMMAND}
if ($command -notmatch '\A[A-Za-z0-9+/]+=*\z') { 'unable command'; exit 0 }
$user = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
$info = [Diagnostics.ProcessStartInfo]::new()
$info.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'WindowsPowerShell\v1.0\powershell.exe')
$info.Arguments = '${ELEVATED_ARGUMENTS}' + $command
$info.WorkingDirectory = [Environment]::SystemDirectory
if ($user.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
$info.UseShellExecute = $false
$info.CreateNoWindow = $true
} else {
$info.UseShellExecute = $true
$info.Verb = 'runas'
$info.WindowStyle = 'Hidden'
}
$process = [Diagnostics.Process]::Start($info)
'started'
$process.WaitForExit()
"ended $($process.ExitCode)"
} catch {
$reason = $_.Exception
while ($reason.InnerException) { $reason = $reason.InnerException }
if ($reason -is [ComponentModel.Win32Exception]) { "unable $($reason.NativeErrorCode)" } else { "unable $($reason.HResult)" }
}
exit 0
`;
