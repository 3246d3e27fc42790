/** firewalld by a playbook: rich rules in the zones in use, now and for the next start. */
import type { Intent } from '../../../firewalls/export.ts';
import { GUEST_ZONES } from '../guests.ts';
import { EXPORT_PRIORITIES, guestRules, richRules } from '../rich-rules.ts';
import { quotedList } from './yaml.ts';

/** The variables that its tasks take their rules from. */
export const firewalldVariables = (intent: Intent): readonly string[] => [
  ...quotedList('portcullis_rich_rules', richRules(intent)),
  ...(intent.rest === 'close' ? quotedList('portcullis_guest_rules', guestRules(intent)) : []),
];

/** In every zone in use, and the one that new networks fall into. */
const USED: readonly string[] = [
  '  vars:',
  '    portcullis_zones: >-',
  "      {{ (portcullis_active.stdout_lines | select('match', '[^ \\t]') | map('split') | map('first') | list",
  '      + [portcullis_default.stdout | trim]) | unique }}',
];

/**
 * Zones that have some of the rules, now or for the next start: not only those in use, which may have changed since. A zone
 * is a line that is not indented, and those below it. Ansible leaves the signs of a pattern as they are.
 */
const WITH_RULES: readonly string[] = [
  '  vars:',
  '    portcullis_zones: >-',
  "      {{ [portcullis_now.stdout, portcullis_kept.stdout] | map('regex_findall',",
  `      '(?m)^(\\S+).*\\n(?:[ \\t].*\\n)*?[ \\t]+rule priority="(?:${EXPORT_PRIORITIES.join('|')})"')`,
  '      | flatten | unique }}',
];

const ask = (what: string, option: string, into: string): readonly string[] => [
  `- name: ${what}`,
  `  ansible.builtin.command: firewall-cmd ${option}`,
  `  register: ${into}`,
  '  changed_when: false',
  '  check_mode: false',
];

/** `state`: of the rules. */
export function firewalldTasks(intent: Intent, state: 'enabled' | 'disabled'): readonly string[] {
  const adds = state === 'enabled';
  // Each holds at once: what lets in comes before what closes, and goes after it.
  const order = adds ? '' : ' | reverse';
  const rules = (what: string, whose: string, zones: string, list: string): readonly string[] => [
    `- name: ${adds ? `Give ${what} the ${whose}` : `Take the ${whose} out of ${what}`}, now and for the next start`,
    '  ansible.posix.firewalld:',
    '    zone: "{{ item.0 }}"',
    '    rich_rule: "{{ item.1 }}"',
    '    permanent: true',
    '    immediate: true',
    `    state: ${state}`,
    '  loop: >-',
    `    {{ ${zones}`,
    `    | product(${list}${order}) | list }}`,
    ...(adds ? USED : WITH_RULES),
  ];
  const guests =
    guestRules(intent).length === 0
      ? []
      : rules(
          'the zones of guests',
          'rules that these need',
          `portcullis_zones | select('match', '(${GUEST_ZONES.replaceAll('*', '.*')})$')`,
          'portcullis_guest_rules',
        );
  const all = rules('them', 'rules', 'portcullis_zones', 'portcullis_rich_rules');
  return [
    ...(adds
      ? [
          ...ask('Ask which zones are in use', '--get-active-zones', 'portcullis_active'),
          ...ask('Ask into which zone new networks fall', '--get-default-zone', 'portcullis_default'),
        ]
      : [
          ...ask('Ask which zones have the rules now', '--list-all-zones', 'portcullis_now'),
          ...ask('Ask which zones have them for the next start', '--permanent --list-all-zones', 'portcullis_kept'),
        ]),
    ...(adds ? [...guests, ...all] : [...all, ...guests]),
  ];
}
