/** What a rule of somebody's is for beside one port: what else counts, or no longer does, once it is turned on or off. */
import { windows } from '../firewalls/registry.ts';
import type { Warning, WindowsCovers } from '../told.ts';

/** Ports and ranges that are told one by one. */
const SHOWN = 8;
/** Characters of a word that a rule has for ports. */
const LONGEST_WORD = 64;
/** Characters of a path that are told: a name of the system's own has at most 260 (MAX_PATH). */
const LONGEST = 260;

type Toggle = windows.WindowsOperation & { readonly kind: 'windows-disable' | 'windows-enable' };
const isToggle = (one: windows.WindowsOperation): one is Toggle =>
  one.kind === 'windows-disable' || one.kind === 'windows-enable';

const PROTOCOL: Readonly<Record<number, 'tcp' | 'udp'>> = { 6: 'tcp', 17: 'udp' };

/** Null: it is for one port alone, or cannot be read. */
function coversOf({ rule: text }: Toggle): WindowsCovers | null {
  const rule = windows.meaningOf(text);
  if (rule === null) return null;
  const { action, protocol, localPorts, app, service } = rule;
  const known = protocol === null ? 'any' : (PROTOCOL[protocol] ?? 'other');
  const sure = (localPorts?.sure ?? []).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const ports = localPorts === null ? null : [...sure, ...localPorts.open.map((word) => word.slice(0, LONGEST_WORD))];
  const isOne = ports?.length === 1 && sure.length === 1 && !ports[0]?.includes('-');
  if (isOne && (known === 'tcp' || known === 'udp')) return null;
  return {
    does: action === 'block' ? 'blocks' : 'lets-in',
    protocol: known,
    ports: ports === null ? null : ports.slice(0, SHOWN),
    more: Math.max((ports?.length ?? 0) - SHOWN, 0),
    program: app?.slice(0, LONGEST) ?? null,
    service: service?.slice(0, LONGEST) ?? null,
  };
}

/** Rules of others that are turned off or on, by their names, with what else they are for. */
export const foreignRules = (operations: readonly windows.WindowsOperation[]): readonly Warning[] =>
  operations.filter(isToggle).flatMap((one): readonly Warning[] => {
    if (windows.readBlock(one.id, one.rule) !== null) return [];
    const covers = coversOf(one);
    return [
      {
        kind: one.kind === 'windows-disable' ? 'windows-rule-off' : 'windows-rule-on',
        rule: windows.ruleName(one.id, one.rule),
        ...(covers === null ? {} : { covers }),
      },
    ];
  });
