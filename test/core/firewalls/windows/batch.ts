/**
 * As much of cmd.exe as the exported batch file is written in, with netsh on a model of the rules: by the names that people
 * read, any number of each. What it does not know it refuses. Sources: the help of cmd itself, Microsoft Learn, netsh
 * advfirewall firewall.
 */
export type Rules = readonly {
  readonly name: string;
  /** Protocol, port, action, direction, profile, addresses, and whether it is on: `TCP 80 block in any any yes`. */
  readonly said: string;
}[];

const PARTS = ['protocol', 'localport', 'action', 'dir', 'profile', 'remoteip', 'enable'] as const;

export interface BatchEnded {
  readonly status: number;
  readonly rules: Rules;
  /** How many changes were begun. */
  readonly changes: number;
}

interface Conditions {
  readonly administrator?: boolean;
  readonly fails?: { readonly at: number; readonly from: boolean };
}

export function runBatch(before: Rules, script: string, { administrator = true, fails }: Conditions = {}): BatchEnded {
  const lines = script.split('\r\n');
  const variables = new Map<string, string>();
  let rules = before;
  let errorlevel = 0;
  let changes = 0;
  const goto = (label: string): number => {
    const at = lines.findIndex((line) => line.toLowerCase() === `:${label.toLowerCase()}`);
    if (at < 0) throw new Error(`no label ${label}`);
    return at;
  };
  /** Does the change that begins now fail? */
  const begin = (): boolean => {
    const wrong = fails !== undefined && (fails.from ? changes >= fails.at : changes === fails.at);
    changes += 1;
    return wrong;
  };
  const netsh = (text: string): number => {
    const [, verb = '', rest = ''] = /^(add|delete|show|set) rule (.*?) >nul( 2>&1)?$/.exec(text) ?? [];
    const [given, anew] = rest
      .split(' new ')
      .map(
        (part) =>
          new Map([...part.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(([, key = '', a, b]) => [key, a ?? b ?? ''])),
      ) as [Map<string, string>, Map<string, string> | undefined];
    const name = given.get('name') ?? '';
    // What else is given chooses among those of the name.
    const found = rules.filter((rule) => {
      const said = rule.said.split(' ');
      return rule.name === name && PARTS.every((key, at) => !given.has(key) || given.get(key) === said[at]);
    });
    if (verb === 'show') return found.length > 0 ? 0 : 1;
    if (verb === 'set') {
      if (anew === undefined) throw new Error('nothing is set');
      const then = found.map((rule) => {
        const said = rule.said.split(' ').map((old, at) => anew.get(PARTS[at] ?? '') ?? old);
        return { name, said: said.join(' ') };
      });
      if (then.every(({ said }, at) => said === found[at]?.said)) return found.length > 0 ? 0 : 1;
      if (begin()) return 1;
      rules = rules.map((rule) => then[found.indexOf(rule)] ?? rule);
      return 0;
    }
    if (begin()) return 1;
    if (verb === 'add') rules = [...rules, { name, said: PARTS.map((key) => given.get(key)).join(' ') }];
    else if (verb === 'delete' && found.length > 0) rules = rules.filter((rule) => !found.includes(rule));
    else return 1;
    return 0;
  };
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? '';
    const test = /^if (not )?(?:errorlevel 1|defined (\w+)) (.*)$/.exec(line);
    if (test !== null) {
      const holds = test[2] === undefined ? errorlevel >= 1 : (variables.get(test[2]) ?? '') !== '';
      if (holds === (test[1] !== undefined)) continue;
      line = test[3] ?? '';
    }
    const [, label] = /^goto (\w+)$/.exec(line) ?? [];
    const [, name, value] = /^set "(\w+)=(.*)"$/.exec(line) ?? [];
    const [, status] = /^exit \/b (\d+)$/.exec(line) ?? [];
    const [, command] = /^"%netsh%" advfirewall firewall (.*)$/.exec(line) ?? [];
    if (label !== undefined) at = goto(label);
    else if (status !== undefined) return { status: Number(status), rules, changes };
    else if (name !== undefined) variables.set(name, value ?? '');
    else if (command !== undefined) errorlevel = netsh(command);
    else if (/reg\.exe" query/.test(line)) errorlevel = administrator ? 0 : 1;
    else if (!/^(@echo off|setlocal [A-Za-z ]+|rem -.*|echo [A-Za-z. ]+( 1>&2)?|:\w+|)$/.test(line))
      throw new Error(`no command: ${line}`);
  }
  return { status: errorlevel, rules, changes };
}
