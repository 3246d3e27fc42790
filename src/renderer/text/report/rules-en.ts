/** What each rule of advice looks for, and what to do where it speaks, in English. */
import type { ReportRule } from '../../../core/reports/rules.ts';
import type { RuleWords } from '../../../core/reports/words.ts';

export const rulesInEnglish: Readonly<Record<ReportRule, RuleWords>> = {
  'around-firewall': {
    title: 'A port is open past a firewall that is on',
    help: 'A rule of another program lets others in before the firewall is asked. Close it ahead of the firewall, or where that rule was made.',
  },
  limited: {
    title: 'A service for others is slowed, not closed',
    help: 'The firewall slows whoever tries too often. Keep it if you use it from elsewhere; otherwise close it.',
  },
  'exposed-debugger': {
    title: 'Others can reach a debugger',
    help: 'Whoever reaches a debugger can run programs in your name. Let it listen on this computer only, or close it.',
  },
  'exposed-dev-server': {
    title: 'Others can reach a development server',
    help: 'A development server is made for one person. Let it listen on this computer only, or close it.',
  },
  'exposed-database': {
    title: 'Others can reach a database',
    help: 'Programs on this computer reach it without an open port. Let it listen on this computer only, or close it.',
  },
  'exposed-admin': {
    title: 'Others can reach a tool for administration',
    help: 'Let it listen on this computer only, or close it, unless it is managed from elsewhere.',
  },
  'exposed-container': {
    title: 'Others can reach a port of a container',
    help: 'Publish the port on this computer only, with 127.0.0.1: in front of it, or close it ahead of the firewall.',
  },
  'exposed-remote-access': {
    title: 'Others can log in from elsewhere',
    help: 'Keep it if you log in from elsewhere; otherwise close it or stop it.',
  },
  'exposed-file-sharing': {
    title: 'Others can reach shared files',
    help: 'Keep it in networks that you trust, if you share files; otherwise close it.',
  },
  'exposed-discovery': {
    title: 'Others can find this computer and its services',
    help: 'Close it where nothing nearby has to be found: printers, speakers, other computers.',
  },
  'exposed-service': {
    title: 'Others can reach a service',
    help: 'Close it unless somebody uses it from elsewhere.',
  },
  'exposed-program': {
    title: 'Others can reach a program that is not known',
    help: 'Find out what it is, and close it unless somebody uses it from elsewhere.',
  },
  'forwarded-port': {
    title: 'A port leads on to a container, a guest or another computer',
    help: 'Close it where the rule was made, or ahead of the firewall, unless others are to get there.',
  },
  'firewall-off': {
    title: 'The firewall is off',
    help: 'Turn it on: then whatever begins to listen stays closed unless you open it.',
  },
  'firewall-absent': {
    title: 'There is no firewall',
    help: 'Install one: then whatever begins to listen stays closed unless you open it.',
  },
  'firewall-allows': {
    title: 'The firewall is on but lets everything in',
    help: 'Let it turn away what no rule lets in.',
  },
  firewalld: {
    title: 'A setting of firewalld lets in more, or less, than it seems',
    help: 'Look at the zone and the setting that are named.',
  },
  'two-firewalls': {
    title: 'Two firewalls are on at once',
    help: 'Each can undo what the other does. Keep one of them.',
  },
  'reach-unknown': {
    title: 'Who can reach a port cannot be told',
    help: 'Something was not read or not understood. Settle what is named; nothing is guessed.',
  },
  'powerless-deny': {
    title: 'A rule that is to close a port does not close it',
    help: 'Another rule lets others in before it. Delete that one, or put this one first.',
  },
  'unused-opening': {
    title: 'A rule opens a port on which nothing listens',
    help: 'The next program that listens there would be open at once. Delete the rule unless it waits for one.',
  },
  'idle-rules': {
    title: 'Rules do nothing',
    help: 'Without them all would be the same. They can be deleted.',
  },
  tunnel: {
    title: 'A tunnel lets others in past every firewall',
    help: 'Stop the program unless what it publishes is meant for others.',
  },
  'exposed-http-sys': {
    title: 'Others can reach a port that Windows itself holds',
    help: 'A program or service answers web requests there through http.sys. Find out which, and close the port unless somebody uses it from elsewhere.',
  },
  'exposed-port-proxy': {
    title: 'A port leads on through portproxy',
    help: 'Windows passes on what comes to it. Take the entry away, or close the port, unless others are to get there.',
  },
  windows: {
    title: 'Windows Firewall is set so that it lets in more, or less, than it seems',
    help: 'Look at the network, the setting or the rules that are named.',
  },
  'mac-setting': {
    title: 'A sharing setting of macOS lets others in',
    help: 'Turn the setting off in System Settings unless you use it; that is better than blocking its port.',
  },
  'mac-setting-unsure': {
    title: 'A sharing setting of macOS may let others in',
    help: 'Turn the setting off in System Settings unless you use it.',
  },
  'mac-unless-pf': {
    title: 'Others get in unless pf keeps them out',
    help: 'Read pf’s rules as root to know; the application firewall alone lets them in.',
  },
  'mac-stealth': {
    title: 'This Mac answers whoever probes it',
    help: 'Turn stealth mode on if nobody needs to find this Mac.',
  },
  'mac-signed': {
    title: 'Signed software is let in by itself',
    help: 'Turn that off to be asked for each program.',
  },
  'mac-pf': {
    title: 'Other programs have put rules into pf',
    help: 'Look at what they let in or keep out.',
  },
};
