@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem - Removes the rules of portcullis-close-netsh.bat again.
rem - Made by Portcullis from what was seen on laptop at 2026-11-20T18:00:00Z.
rem -
rem -   3000/tcp  Development web server
rem -       Anyone on this network can connect to this.
rem -   5353/udp  O_Brien_s _thing_
rem -
rem - Run as administrator; it may be run again, the second time changes nothing.
rem - It ends with 0: done and checked; 4: it failed and all is as it was;
rem - 5: it failed and not all could be put back; 6: not run as administrator.
rem - One that is off or was changed otherwise goes too; where it has to be put back, it is as the other file makes it:
rem - on, blocking, and for every address and every network.
rem - Undo: portcullis-close-netsh.bat
rem - A block rule beats every allow rule, whichever was there first; only a rule that overrides blocks
rem - (authenticated bypass) still lets in those whom it names.
set "netsh=%SystemRoot%\System32\netsh.exe"
"%SystemRoot%\System32\reg.exe" query HKU\S-1-5-19 >nul 2>&1
if not errorlevel 1 goto begin
echo This must be run as administrator. Nothing was changed. 1>&2
exit /b 6
:begin
set "begun0="
set "begun1="
set "left="
"%netsh%" advfirewall firewall show rule name="Portcullis-close-tcp-3000-netsh-970af383b59d0bb7" >nul 2>&1
if errorlevel 1 goto done0
set "begun0=1"
"%netsh%" advfirewall firewall delete rule name="Portcullis-close-tcp-3000-netsh-970af383b59d0bb7" dir=in protocol="TCP" localport="3000" >nul
if errorlevel 1 goto failed
:done0
"%netsh%" advfirewall firewall show rule name="Portcullis-close-udp-5353-netsh-970af383b59d0bb7" >nul 2>&1
if errorlevel 1 goto done1
set "begun1=1"
"%netsh%" advfirewall firewall delete rule name="Portcullis-close-udp-5353-netsh-970af383b59d0bb7" dir=in protocol="UDP" localport="5353" >nul
if errorlevel 1 goto failed
:done1
"%netsh%" advfirewall firewall show rule name="Portcullis-close-tcp-3000-netsh-970af383b59d0bb7" >nul 2>&1
if not errorlevel 1 goto failed
"%netsh%" advfirewall firewall show rule name="Portcullis-close-udp-5353-netsh-970af383b59d0bb7" >nul 2>&1
if not errorlevel 1 goto failed
echo Done and checked.
exit /b 0
:failed
echo It failed. What was begun is put back. 1>&2
if not defined begun1 goto back1
"%netsh%" advfirewall firewall show rule name="Portcullis-close-udp-5353-netsh-970af383b59d0bb7" >nul 2>&1
if not errorlevel 1 goto back1
"%netsh%" advfirewall firewall add rule name="Portcullis-close-udp-5353-netsh-970af383b59d0bb7" dir=in protocol="UDP" localport="5353" action=block enable=yes profile="any" remoteip="any" >nul
if errorlevel 1 set "left=1"
:back1
if not defined begun0 goto back0
"%netsh%" advfirewall firewall show rule name="Portcullis-close-tcp-3000-netsh-970af383b59d0bb7" >nul 2>&1
if not errorlevel 1 goto back0
"%netsh%" advfirewall firewall add rule name="Portcullis-close-tcp-3000-netsh-970af383b59d0bb7" dir=in protocol="TCP" localport="3000" action=block enable=yes profile="any" remoteip="any" >nul
if errorlevel 1 set "left=1"
:back0
if not defined left exit /b 4
echo Not all could be put back. 1>&2
exit /b 5
