/**
 * The iptables lines that ufw writes for one tuple. Source: ufw 0.36.2, common.py `format_rule` and
 * backend_iptables.py `_get_rules_from_formatted`, whose order and oddities are kept.
 */
import type { Family, UfwTuple } from '../../model.ts';
import { ANYWHERE } from './tuple.ts';

export const prefixOf = (family: Family): string => (family === 6 ? 'ufw6' : 'ufw');

const LIMIT = '-m limit --limit 3/min --limit-burst 10';
const NEW = '-m conntrack --ctstate NEW';

const isMulti = (ports: string): boolean => /[,:]/.test(ports);

/** `port 22` of one protocol, or of both where the rule names none. */
function protocols(tuple: UfwTuple): readonly string[] {
  if (tuple.protocol !== 'any') return [`-p ${tuple.protocol} `];
  return tuple.dport !== 'any' || tuple.sport !== 'any' ? ['-p tcp ', '-p udp '] : [''];
}

function matches(tuple: UfwTuple, protocol: string): string {
  const parts: string[] = [];
  const multi = tuple.protocol !== 'any' && (isMulti(tuple.dport) || isMulti(tuple.sport));
  if (multi) {
    parts.push('-m multiport');
    if (tuple.dport !== 'any' && tuple.sport !== 'any')
      parts.push(`--dports ${tuple.dport} -m multiport --sports ${tuple.sport}`);
    else parts.push(tuple.dport !== 'any' ? `--dports ${tuple.dport}` : `--sports ${tuple.sport}`);
  }
  if (tuple.dst !== ANYWHERE[tuple.family]) parts.push(`-d ${tuple.dst}`);
  if (!multi && tuple.dport !== 'any') parts.push(`--dport ${tuple.dport}`);
  if (tuple.src !== ANYWHERE[tuple.family]) parts.push(`-s ${tuple.src}`);
  if (!multi && tuple.sport !== 'any') parts.push(`--sport ${tuple.sport}`);
  const interfaces = [
    tuple.interfaceIn === null ? '' : `-i ${tuple.interfaceIn} `,
    tuple.interfaceOut === null ? '' : `-o ${tuple.interfaceOut} `,
  ];
  return `${interfaces.join('')}${protocol}${parts.map((part) => `${part} `).join('')}`;
}

function comment(tuple: UfwTuple): string {
  const names = [
    ...(tuple.dapp === null ? [] : [`dapp_${tuple.dapp}`]),
    ...(tuple.sapp === null ? [] : [`sapp_${tuple.sapp}`]),
  ].map((name) => name.replaceAll(' ', '%20'));
  return names.length === 0 ? '' : ` -m comment --comment '${names.join(',')}'`;
}

const VERB: Record<string, string> = { allow: 'ALLOW', limit: 'LIMIT', deny: 'BLOCK', reject: 'BLOCK' };

/** The lines, each beginning with `-A chain`, in the order in which ufw writes them. */
export function ruleLines(tuple: UfwTuple): readonly string[] {
  const prefix = prefixOf(tuple.family);
  const suffix = tuple.route ? 'forward' : tuple.direction === 'out' ? 'output' : 'input';
  const user = `-A ${prefix}-user-${suffix} `;
  const logging = `${prefix}-user-logging-${suffix}`;
  const note = comment(tuple);
  return protocols(tuple).flatMap((protocol) => {
    const when = matches(tuple, protocol);
    const lines: string[] = [];
    if (tuple.log !== null) {
      const fresh = tuple.log === 'log' ? `${NEW} ` : '';
      lines.push(
        `-A ${logging} ${when}${fresh}${LIMIT} -j LOG --log-prefix "[UFW ${VERB[tuple.action]}] "`,
        `-A ${logging} ${when}-j RETURN`,
        `${user}${when}-j ${logging}`,
      );
    }
    switch (tuple.action) {
      case 'allow':
        lines.push(`${user}${when}-j ACCEPT${note}`);
        break;
      case 'reject':
        lines.push(`${user}${when}-j REJECT${protocol === '-p tcp ' ? ' --reject-with tcp-reset' : ''}${note}`);
        break;
      case 'limit':
        lines.push(
          `${user}${when}${NEW} -m recent --set${note}`,
          `${user}${when}${NEW} -m recent --update --seconds 30 --hitcount 6 -j ${prefix}-user-limit${note}`,
          `${user}${when}-j ${prefix}-user-limit-accept${note}`,
        );
        break;
      default:
        lines.push(`${user}${when}-j DROP${note}`);
    }
    return lines;
  });
}
