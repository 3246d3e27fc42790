/** What plans and their steps say. */
import { joined } from '../advice/english/parts.ts';
import type { Audience, Change, NewChoice, Operation, UfwTuple } from '../model.ts';
import { ufw } from '../firewalls/registry.ts';
import { portsWords, portWords } from './english/parts.ts';
import { windowsSays } from './windows-words.ts';

const AUDIENCE: Record<Audience, string> = {
  everyone: 'for everyone',
  'all-but-this-network': 'for everyone but this network',
  internet: 'for the internet',
};

export function summaryOf(choice: NewChoice, turnsOn: boolean): string {
  switch (choice.kind) {
    case 'close':
      if (choice.way === 'stop') return `Stop what listens on ${portsWords(choice.targets)}`;
      return `Close ${portsWords(choice.targets)} ${AUDIENCE[choice.audience]}${turnsOn ? ', and turn the firewall on' : ''}`;
    case 'reopen':
      return `Open ${portsWords(choice.targets)} again`;
    case 'enable-firewall':
      return 'Turn the firewall on';
    case 'remove-opening':
      return `Remove the rule that opens ${portsWords(choice.targets)}`;
  }
}

const TAKE_BACK = /^Take back “(.*)”$/su;
const AGAIN = /^Make “(.*)” again$/su;

/** `Take back “Close port 3000 (TCP) for everyone”`; of what was itself an undo: `Make “…” again`. */
export function undoSummary({ summary, plan }: Pick<Change, 'summary' | 'plan'>): string {
  if (plan.choice.kind === 'undo') {
    const [, taken] = TAKE_BACK.exec(summary) ?? [];
    if (taken !== undefined) return `Make “${taken}” again`;
    const [, made] = AGAIN.exec(summary) ?? [];
    if (made !== undefined) return `Take back “${made}”`;
  }
  return `Take back “${summary}”`;
}

const exceptWords = (except: readonly string[]): string =>
  except.length === 0 ? '' : `, except from ${joined(except)},`;

const familyWords = (tuple: UfwTuple): string => `IPv${tuple.family}`;

/** What a step does. */
export function says(operation: Operation): string {
  switch (operation.kind) {
    case 'ufw-delete':
      return `Take away the ${familyWords(operation.tuple)} rule “${ufw.ruleText(operation.tuple)}”`;
    case 'ufw-prepend': {
      const { action, from } = operation;
      const who = from === 'any' ? '' : ` from ${from}`;
      const families = from === 'any' && operation.families.length === 1 ? `, over IPv${operation.families[0]}` : '';
      if (action === 'deny') {
        return `Block new connections to ${portWords(operation)}${who}${families}, ahead of every other rule of ufw`;
      }
      const slowed = action === 'limit' ? ', at most 5 in 30 seconds from each source' : '';
      return `Let in new connections to ${portWords(operation)}${who}${families}${slowed}`;
    }
    case 'ufw-insert':
      return `Put the ${familyWords(operation.tuple)} rule “${ufw.ruleText(operation.tuple)}” back where it was`;
    case 'ufw-disable':
      return 'Turn ufw off, now and at every start of the computer';
    case 'ufw-enable':
      return 'Turn ufw on, now and at every start of the computer';
    case 'ufw-restore':
      return operation.disable
        ? 'Turn ufw off again and put its rule files back exactly as they were'
        : 'Put ufw’s rule files back exactly as they were, and load them';
    case 'table-close':
      return `Block new connections to ${portWords(operation)}${exceptWords(operation.except)} in Portcullis’s own table, ahead of every other rule`;
    case 'table-open':
      return `Take the block of ${portWords(operation)}${exceptWords(operation.except)} out of Portcullis’s own table`;
    case 'firewalld-add': {
      const { action, zone, source } = operation;
      const from = source === 'any' ? '' : ` from ${source}`;
      return `${action === 'drop' ? 'Block' : 'Let in'} new connections to ${portWords(operation)}${from} in firewalld’s zone ${zone}, ahead of every other rule of it`;
    }
    case 'firewalld-remove': {
      const { action, zone, source } = operation;
      const from = source === 'any' ? '' : ` from ${source}`;
      return `Take Portcullis’s rule that ${action === 'drop' ? 'blocks' : 'lets in'} ${portWords(operation)}${from} out of firewalld’s zone ${zone}`;
    }
    case 'firewalld-restore':
      return 'Put firewalld’s files back exactly as they were, and what acts now with them';
    case 'table-restore':
      return 'Put Portcullis’s own table back exactly as it was';
    case 'windows-block':
    case 'windows-unblock':
    case 'windows-disable':
    case 'windows-enable':
    case 'windows-profile-on':
    case 'windows-profile-off':
      return windowsSays(operation);
    case 'service-stop':
      return `Stop ${operation.unit} now${operation.boot ? ', and no longer start it with the computer' : ''}`;
    case 'service-start':
      return `Start ${operation.unit} now${operation.boot ? ', and with the computer' : ''}`;
    case 'service-restore':
      return 'Start what was stopped again, and with the computer where it was so';
    case 'program-end':
      return `Ask ${operation.program} (process ${operation.pid}) to end`;
    case 'connections-drop':
      return `End the connections to port ${operation.port} (TCP) from ${joined(operation.from)}`;
  }
}
