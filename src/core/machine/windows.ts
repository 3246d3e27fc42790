/**
 * What is gathered from a Windows computer: the transcript `windows.firewall`, beside `netstat`.
 *
 * `windows.firewall` is what one `powershell.exe -NoProfile -NonInteractive` call printed, a part a line, put together
 * (src/main/gather/windows): the JSON of an object with one member a part. Each part may fail alone:
 *
 *     { "schema": 1,
 *       "localRules": { "ok": [ { "name": "…", "value": "v2.10|…" } ] },
 *       "policyRules": { "error": { "kind": "refused", "said": "Requested registry access is not allowed." } }, … }
 *
 * `kind` is one of `missing`, `refused`, `timeout`, `failed`; `said` the message of the system. A key of the registry that
 * does not exist is no failure but an empty list: `{ "ok": [] }`. A part that is not there was not gathered. `null` and `""`
 * are what a pipeline that failed leaves behind, so they are never an empty list: the part, or what holds them, was not
 * read. The text is UTF-8, `-Depth 5`. Lists may come in the ways of PowerShell 5.1 (one item bare, or `{"value":[…],"Count":n}`).
 *
 *   part               value
 *   localRules         pairs of HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules;
 *                      Windows always has some
 *   policyRules        pairs of HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules
 *   policyExceptions   pairs of all values below AuthorizedApplications, GloballyOpenPorts, Services, RemoteAdminSettings
 *                      and IcmpSettings of those profiles of group policy, named by their path: the older templates write
 *                      rules there (`DomainProfile\GloballyOpenPorts\List\3389:TCP` = `3389:TCP:*:enabled:RDP`)
 *   mdmRules           pairs of …\SharedAccess\Parameters\FirewallPolicy\Mdm\FirewallRules
 *   mdmSettings        pairs of all values below …\FirewallPolicy\Mdm but those of its FirewallRules, named by their path. They
 *                      are not understood here: where there are any, only effectiveProfiles tells what is in force. That the
 *                      key is where such a service's firewall settings are: Microsoft Learn, Collect diagnostics from an
 *                      Intune managed device. Real ones have DomainProfile, StandardProfile and PublicProfile below it, with
 *                      EnableFirewall, DefaultInboundAction and AllowLocalPolicyMerge; no document says which of them is
 *                      which, and benchmarks disagree
 *   appRules           pairs of …\FirewallPolicy\RestrictedServices\AppIso\FirewallRules: rules for app containers
 *   serviceRules       pairs of …\FirewallPolicy\RestrictedServices\Configurable\System: what services are kept to; neither is
 *                      understood yet (firewalls/windows/apps.ts)
 *   localSettings      { "domain": pairs, "private": pairs, "public": pairs } of …\FirewallPolicy\DomainProfile,
 *                      StandardProfile (which is Private) and PublicProfile
 *   policySettings     the same of HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\{DomainProfile,PrivateProfile,PublicProfile}
 *                      (StandardProfile where PrivateProfile is not there)
 *   effectiveProfiles  Get-NetFirewallProfile -PolicyStore ActiveStore: Name, Enabled, DefaultInboundAction,
 *                      DefaultOutboundAction, AllowInboundRules, AllowLocalFirewallRules, AllowUserApps, AllowUserPorts,
 *                      DisabledInterfaceAliases
 *   rules              Get-NetFirewallRule -PolicyStore ActiveStore with its filters; a second source, read where the
 *                      registry was not (firewalls/windows/rule-json.ts)
 *   adapters           below; from Get-NetAdapter, Get-NetIPAddress, Get-NetIPInterface, Get-NetConnectionProfile
 *   processes          { pid, path, name, commandLine, session } of Win32_Process, all of them: ExecutablePath, Name,
 *                      CommandLine, SessionId; perhaps { contained }, whether its token is one of an app container, and
 *                      { packageFamily }, the family name of its package (GetPackageFamilyName; `none` where that says
 *                      APPMODEL_ERROR_NO_PACKAGE; null where the process could not be asked)
 *   services           { pid, name, command } of Win32_Service that run: ProcessId, Name, PathName; all of them, since
 *                      mpssvc is looked for among them
 *   products           { name, categories } of HNetCfg.FwProducts: firewalls that have registered themselves, with the kinds
 *                      of rules that they take over (2: the firewall)
 *   environment        { "SystemRoot": "C:\\Windows", "ProgramFiles": …, "ProgramFiles(x86)": …, "SystemDrive": … }
 *   portProxy          { family, name, value }: family `v4tov4`, `v4tov6`, `v6tov4` or `v6tov6`, pairs of
 *                      HKLM\SYSTEM\CurrentControlSet\Services\PortProxy\<family>\tcp
 *   hyperV             { settings, profiles, rules }: Get-NetFirewallHyperVVMSetting (Name is the VMCreatorId, Enabled,
 *                      DefaultInboundAction, DefaultOutboundAction, LoopbackEnabled, AllowHostPolicyMerge),
 *                      Get-NetFirewallHyperVProfile (Name, Profile, Enabled, DefaultInboundAction, DefaultOutboundAction,
 *                      AllowLocalFirewallRules) and the rules of Get-NetFirewallHyperVRule that are not outbound (Name,
 *                      DisplayName, VMCreatorId, Direction, Action, Enabled, Protocol, LocalAddresses, LocalPorts,
 *                      RemoteAddresses, RemotePorts, RulePriority, Profiles), all of the ActiveStore, as text. `missing`
 *                      before Windows 11 22H2
 *   wsl                pairs of the person's own .wslconfig, named by section and key as it stands there:
 *                      `wsl2.networkingMode` = `mirrored`; of networkingMode, firewall, hostAddressLoopback,
 *                      localhostForwarding and ignoredPorts alone, in the order of the file; the value is the rest of
 *                      the line, with its quotes and comment. None: there is no such file, or it sets none of them
 *   wslPolicy          pairs of HKLM\SOFTWARE\Policies\WSL, which stands over .wslconfig
 *   urlReservations    names of the values of HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters\UrlAclInfo, which
 *                      http.sys keeps for `netsh http add urlacl`: `http://+:8080/`
 *
 * A pair is { "name": value name, "value": text or number }.
 */
import type { GapWhy } from '../gaps/index.ts';
import type { Snapshot } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';
import * as is from '../shape.ts';
import { tryJson } from './json-lines.ts';

/** Its id in a snapshot. */
const WINDOWS_FIREWALL = 'windows.firewall';

/** Every part. What an older version of Portcullis has gathered does not have them all. */
export const WINDOWS_PARTS = [
  'localRules',
  'policyRules',
  'policyExceptions',
  'mdmRules',
  'mdmSettings',
  'appRules',
  'serviceRules',
  'localSettings',
  'policySettings',
  'effectiveProfiles',
  'rules',
  'adapters',
  'processes',
  'services',
  'products',
  'environment',
  'portProxy',
  'hyperV',
  'wsl',
  'wslPolicy',
  'urlReservations',
] as const;
export type WindowsPart = (typeof WINDOWS_PARTS)[number];

const errorSchema = is.object({
  kind: is.oneOf('missing', 'refused', 'timeout', 'failed'),
  said: is.optional(is.string),
});

/** A part as it was printed, or why there is none. */
export type PartRead = { readonly value: unknown } | { readonly why: GapWhy };

/** Looks a part up. Reading the same snapshot again costs nothing. */
export function windowsPart(snapshot: Snapshot, part: WindowsPart): PartRead {
  const all = wholeOf(snapshot);
  if ('why' in all) return all;
  const found = memberOf(all.value, part);
  if (found === undefined) return { why: { kind: 'not-gathered' } };
  const ok = memberOf(found, 'ok');
  if (isLost(ok)) return { why: { kind: 'garbled', by: 'powershell' } };
  if (ok !== undefined) return { value: ok };
  const error = errorSchema.safeParse(memberOf(found, 'error'));
  if (!error.success) return { why: { kind: 'garbled', by: 'powershell' } };
  const { kind, said = '' } = error.data;
  return { why: kind === 'failed' ? { kind, said: said.split('\n', 1)[0]?.trim() ?? '' } : { kind } };
}

const known = new WeakMap<Snapshot, PartRead>();

function wholeOf(snapshot: Snapshot): PartRead {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const transcript = find(snapshot, WINDOWS_FIREWALL);
  const why = whyNot(transcript);
  const value = why === null ? tryJson((transcript?.stdout ?? '').replace(/^\ufeff/, '')) : undefined;
  const whole: PartRead =
    why !== null
      ? { why }
      : memberOf(value, 'schema') === 1
        ? { value }
        : { why: { kind: 'garbled', by: 'powershell' } };
  known.set(snapshot, whole);
  return whole;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** A part as a list of items of one shape. Items that are not of it are counted. */
export function windowsItems<T>(
  snapshot: Snapshot,
  part: WindowsPart,
  shape: is.Shape<T>,
): { readonly items: readonly T[]; readonly bad: number; readonly why: GapWhy | null } {
  const read = windowsPart(snapshot, part);
  if ('why' in read) return { items: [], bad: 0, why: read.why };
  const items: T[] = [];
  let bad = 0;
  for (const one of listed(read.value)) {
    const parsed = shape.safeParse(one);
    if (parsed.success) items.push(parsed.data);
    else bad++;
  }
  return { items, bad, why: bad > 0 ? { kind: 'garbled', by: 'powershell' } : null };
}

/**
 * Is it what a pipeline that failed leaves behind? Also where Windows PowerShell 5.1 has put it into
 * `{"value":…,"Count":n}`.
 */
export function isLost(value: unknown): boolean {
  if (value === null || value === '') return true;
  const within = memberOf(value, 'value');
  return memberOf(value, 'Count') !== undefined && within !== undefined && isLost(within);
}

/**
 * All items of a list. Windows PowerShell 5.1 prints one item bare, and several that were gathered on the way as
 * `{"value":[…],"Count":n}`; PowerShell 7 prints lists. Of what is lost (`isLost`) there are none: who must know asks first.
 */
export function listed(value: unknown): readonly unknown[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value as readonly unknown[];
  if (memberOf(value, 'Count') !== undefined && memberOf(value, 'value') !== undefined)
    return listed(memberOf(value, 'value'));
  return [value];
}

/** A value of the registry under its name. */
export const pairSchema = is.object({ name: is.string, value: is.either(is.string, is.number) });
