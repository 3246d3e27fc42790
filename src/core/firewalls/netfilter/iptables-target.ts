/** Targets of iptables-save (`-j`, `-g`), as effects. Source: iptables-extensions(8) 1.8. */
import { setOf } from '../../address.ts';
import { ruleDoubt } from '../../gaps/index.ts';
import type { Intervals } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import { portList } from './iptables-ports.ts';
import { type Effect, type Statement, always } from './model.ts';

export interface TargetReader {
  readonly family: Family;
  /** Key of a user's chain of the same table, or undefined. */
  readonly chainKey: (name: string) => string | undefined;
}

/** Targets that never decide and change nothing that a rule of ours could see. */
const INERT = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'AUDIT',
  'TRACE',
  'TCPMSS',
  'TOS',
  'DSCP',
  'TTL',
  'HL',
  'CHECKSUM',
  'CLASSIFY',
  'TEE',
  'IDLETIMER',
  'RATEEST',
  'SECMARK',
  'CONNSECMARK',
  'SET',
]);

/** What happens to a packet that the rule matches. `goto`: the target is named with `-g`. */
export function readTarget(
  target: string,
  options: readonly string[],
  goto: boolean,
  { family, chainKey }: TargetReader,
): readonly Statement[] {
  const chain = chainKey(target);
  if (chain !== undefined) return [always({ do: goto ? 'goto' : 'jump', chain })];
  if (target === 'SET' && options.includes('--map-set')) return [always({ do: 'forget-mark', target: 'mark' })];
  if (INERT.has(target)) return [];
  if (target === 'CT' && /^--(helper|timeout|zone|ctevents|expevents)/.test(options[0] ?? ''))
    return [always({ do: 'template' })];
  return [always(targetEffect(target, options, family))];
}

function targetEffect(target: string, options: readonly string[], family: Family): Effect {
  const text = ['-j', target, ...options].join(' ');
  switch (target) {
    case 'ACCEPT':
      return { do: 'accept' };
    case 'DROP':
      return { do: 'drop' };
    case 'REJECT':
      return { do: 'reject' };
    case 'RETURN':
      return { do: 'return' };
    case 'NOTRACK':
      return { do: 'notrack' };
    case 'CT':
      return options.includes('--notrack') ? { do: 'notrack' } : { do: 'unknown', doubt: ruleDoubt(text) };
    case 'MARK':
    case 'CONNMARK':
      return markEffect(target, options, text);
    case 'REDIRECT': {
      const spec = after(options, '--to-ports');
      const to = spec === undefined ? null : toPorts(spec);
      return spec !== undefined && to === null
        ? { do: 'unknown', doubt: ruleDoubt(text) }
        : { do: 'redirect', ports: to };
    }
    case 'DNAT':
      return dnat(after(options, '--to-destination'), family) ?? { do: 'unknown', doubt: ruleDoubt(text) };
    case 'SNAT':
    case 'MASQUERADE':
      return { do: 'snat' };
    case 'TPROXY': {
      const port = Number(after(options, '--on-port') ?? 0);
      return { do: 'unknown', doubt: ruleDoubt(text), captures: port === 0 ? [[1, 65535]] : [[port, port]] };
    }
    default:
      return { do: 'unknown', doubt: ruleDoubt(text) };
  }
}

function after(options: readonly string[], name: string): string | undefined {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
}

function markEffect(target: string, options: readonly string[], text: string): Effect {
  const own = target === 'MARK' ? 'mark' : 'ct-mark';
  const [name, spec] = options;
  if (name === '--set-xmark' && spec !== undefined) {
    const [value = '', mask = '0xffffffff'] = spec.split('/');
    const bits = Number(mask) >>> 0;
    return { do: 'set-mark', target: own, and: ~bits >>> 0, xor: Number(value) >>> 0 };
  }
  if (target === 'CONNMARK' && (name === '--save-mark' || name === '--restore-mark')) {
    const masks = ['--nfmask', '--ctmask'].map((option) => Number(after(options, option) ?? '0xffffffff') >>> 0);
    if (masks[0] === masks[1]) {
      return { do: 'copy-mark', from: name === '--save-mark' ? 'mark' : 'ct-mark', mask: masks[0] as number };
    }
  }
  return target === 'MARK' || target === 'CONNMARK'
    ? { do: 'forget-mark', target: own }
    : { do: 'unknown', doubt: ruleDoubt(text) };
}

/** `80`, `8000-8010`; `3000-3010/8000` shifts 8000 to 3000, and may take another of them as any range may. */
const toPorts = (spec: string): Intervals<number> | null =>
  /^\d+(-\d+)?(\/\d+)?$/.test(spec) ? portList((spec.split('/')[0] ?? '').replace('-', ':')) : null;

/** `192.168.1.5`, `192.168.1.5:80`, `192.168.1.5-192.168.1.9:80-90`, `[fd00::1]:80`, `:80`. */
function dnat(spec: string | undefined, family: Family): Effect | null {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]*|[0-9a-f:]*::[0-9a-f:-]*))(?::(\d+(?:-\d+)?(?:\/\d+)?))?$/i.exec(spec ?? '');
  if (parts === null) return null;
  const host = parts[1] ?? parts[2] ?? '';
  const set = host === '' ? null : setOf([host], family);
  if (host !== '' && (set === null || set.length === 0)) return null;
  const to = parts[3] === undefined ? null : toPorts(parts[3]);
  return parts[3] !== undefined && to === null ? null : { do: 'dnat', set, ports: to };
}
