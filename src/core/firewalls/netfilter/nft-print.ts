/** Expressions of `nft -j` as nft writes them. */
import { type Json, isObject, scalar } from './nft-json.ts';

/** An expression as nft would write it, as near as it matters to a reader; JSON where it has no short form. */
export function printNft(json: Json): string {
  if (typeof json !== 'object' || json === null) return String(json);
  if (!isObject(json)) return json.map(printNft).join(',');
  const [kind = ''] = Object.keys(json);
  const body = json[kind] as Json;
  if (body === null) return kind;
  if (isObject(body)) {
    switch (kind) {
      case 'match': {
        const op = body['op'] === '==' || body['op'] === 'in' ? '' : `${scalar(body['op'])} `;
        return `${printNft(body['left'] as Json)} ${op}${printNft(body['right'] as Json)}`;
      }
      case 'payload':
        return `${scalar(body['protocol'])} ${scalar(body['field'])}`;
      case 'meta':
        return scalar(body['key']).match(/name$|^[io]if$/) ? scalar(body['key']) : `meta ${scalar(body['key'])}`;
      case 'ct':
        return ['ct', scalar(body['dir']), scalar(body['key'])].filter((word) => word !== '').join(' ');
      case 'fib':
        return `fib ${printNft(body['flags'] as Json)} ${scalar(body['result'])}`;
      case 'prefix':
        return `${scalar(body['addr'])}/${scalar(body['len'])}`;
      case 'jump':
      case 'goto':
        return `${kind} ${scalar(body['target'])}`;
      case 'vmap':
        return `${printNft(body['key'] as Json)} vmap ${printNft(body['data'] as Json)}`;
      case 'elem':
        return printNft(body['val'] as Json);
      case 'counter':
      case 'log':
        return kind;
      case 'redirect':
        return `redirect to :${printNft(body['port'] as Json)}`;
      case 'dnat':
      case 'snat':
        return `${kind} to ${printNft(body['addr'] ?? '')}${body['port'] === undefined ? '' : `:${printNft(body['port'])}`}`;
      default:
        return JSON.stringify(json);
    }
  }
  if (kind === 'set' && Array.isArray(body)) {
    const list = body as readonly Json[];
    return `{ ${list.map((entry) => (Array.isArray(entry) ? entry.map(printNft).join(' : ') : printNft(entry))).join(', ')} }`;
  }
  if (kind === 'concat' && Array.isArray(body)) return (body as readonly Json[]).map(printNft).join(' . ');
  if (kind === 'range' && Array.isArray(body)) return (body as readonly Json[]).map(printNft).join('-');
  return JSON.stringify(json);
}
