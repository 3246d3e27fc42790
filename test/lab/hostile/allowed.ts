/**
 * What may be started, written down here by itself and not taken from the product: by hand, from what each layer is for. A
 * program that is not in these tables, or has another word, is a way out that somebody has found.
 */
import { HONEY, type Started } from './trap.ts';

type Words = readonly string[];
/** May a program be started with these words, by an operation of this plan? */
type Rule = (args: Words, operation: Record<string, unknown>) => boolean;

const same = (args: Words, ...wanted: Words): boolean =>
  args.length === wanted.length && wanted.every((word, at) => args[at] === word);
const name = ({ path }: Started): string => path.slice(path.lastIndexOf('/') + 1);
const SYSTEM = /^\/(usr\/)?s?bin\/[a-z0-9-]+$/;

const UNIT = /^[A-Za-z0-9_][A-Za-z0-9:_.\\@-]*\.(service|socket|path|timer)$/;
const COUNT = /^\d{1,5}$/;
const FIREWALLD = /^(\/org\/f[\w/]+|org\.f[\w.]+|[\w./+-]+)$/;

/** For reading. None of these changes anything. */
const READS: Readonly<Record<string, (args: Words) => boolean>> = {
  ss: (args) => /^-H -tuneO (-F - )?state listening state unconnected( state established)?$/.test(args.join(' ')),
  ip: (args) =>
    same(args, '-j', '-d', '-batch', '-') ||
    /^-j (-d )?(-[46] )?(address|route|rule) show( table all)?$/.test(args.join(' ')),
  nft: (args) => same(args, '-j', 'list', 'ruleset') || same(args, 'list', 'table', 'inet', 'portcullis'),
  'iptables-save': (args) => args.length === 0,
  'ip6tables-save': (args) => args.length === 0,
  'iptables-legacy-save': (args) => args.length === 0,
  'ip6tables-legacy-save': (args) => args.length === 0,
  ipset: (args) => same(args, 'save'),
  tc: (args) => /^filter show dev if\d+ (in|e)gress$/.test(args.join(' ')),
  busctl: (args) =>
    args.slice(0, 4).join(' ') === '--system --auto-start=no --allow-interactive-authorization=no --json=short' &&
    args.slice(4).every((word) => FIREWALLD.test(word)),
  perl: (args) => args.length === 2 && args[0] === '-' && COUNT.test(args[1] ?? ''),
  systemctl: (args) =>
    (args[0] === 'show' && args[3] === '*' && args.slice(4).every((unit) => UNIT.test(unit))) ||
    same(args, 'is-system-running') ||
    (/^(show --property=(ActiveState|LoadState|Triggers) --value|cat) -- \S+$/.test(args.join(' ')) &&
      UNIT.test(args.at(-1) ?? '')),
  flock: (args) => same(args, '-n', '-E', '75', '3'),
};

/** The one shell: it starts several of the reads at once. Its text is fixed, and of the words only the first is chance. */
const PART = String.raw`\{ e=\$\((read -r go <&\d \|\| exit 1; )?exec( "\$\{\d+\}")+ 2>&1 >&\d (<\/dev\/null|<&\d|<<\.\n\$\{\d+\}\n\.\n)\); printf '\\000%s\\000%d\\000%s\\000' "\$1" \$\? "\$e" >&\d; \} &\n`;
const TOGETHER = new RegExp(String.raw`^(${PART})+wait$`);
/** What takes long to begin has begun, and waits by itself: ss for a filter, perl for a word. */
const FILTER = ['-F', '-'];
const WAITS = /^open my \$go, '<&=', \d or exit 1; sysread \$go, my \$word, 1 or exit 1;\n/;

function isTogether([flag, text, zero, mark, ...words]: Words, known: ReadonlySet<string>): boolean {
  return (
    flag === '-c' &&
    TOGETHER.test(text ?? '') &&
    zero === 'sh' &&
    /^\d+\.0\.\d+(e-\d+)?$/.test(mark ?? '') &&
    words.every((word) => known.has(word.replace(WAITS, '')) || FILTER.includes(word) || COUNT.test(word))
  );
}

const PORT = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
const V4 = /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/;
const V6 = /^[0-9a-f:]{2,39}(\/\d{1,3})?$/;
const isV4 = (word: string): boolean => V4.test(word);
const isAddress = (word: string): boolean => V4.test(word) || V6.test(word);

/** `delete allow in proto tcp from 0.0.0.0/0 to 0.0.0.0/0 port 3000`: exactly the rule that the operation names. */
function deletes(args: Words, { tuple }: Record<string, unknown>): boolean {
  if (typeof tuple !== 'object' || tuple === null) return false;
  const { action, log, protocol, dport, dst, sport, src, interfaceIn, direction } = tuple as Record<
    string,
    string | null
  >;
  const wanted = [
    'delete',
    action,
    ...(interfaceIn === null ? [direction] : ['in', 'on', interfaceIn]),
    ...(log === null ? [] : [log]),
    ...(protocol === 'any' ? [] : ['proto', protocol]),
    'from',
    src,
    ...(sport === 'any' ? [] : ['port', sport]),
    'to',
    dst,
    ...(dport === 'any' ? [] : ['port', dport]),
  ];
  return (
    wanted.join('\0') === args.join('\0') &&
    /^(allow|deny|reject|limit)$/.test(String(action)) &&
    /^(in|out)$/.test(String(direction)) &&
    /^(any|tcp|udp)$/.test(String(protocol)) &&
    PORT(Number(dport)) &&
    /^(any|\d[\d,:]*)$/.test(String(sport)) &&
    isAddress(String(src)) &&
    isAddress(String(dst)) &&
    (interfaceIn === null || /^[A-Za-z0-9_][\w.+@-]{0,14}$/.test(String(interfaceIn)))
  );
}

function prepends(args: Words, { action, protocol, port, from }: Record<string, unknown>): boolean {
  const [, , , , , , source = ''] = args;
  return (
    same(
      args,
      'prepend',
      String(action),
      'in',
      'proto',
      String(protocol),
      'from',
      source,
      'to',
      'any',
      'port',
      String(port),
      'comment',
      'Portcullis',
    ) &&
    /^(allow|deny|limit)$/.test(String(action)) &&
    /^(tcp|udp)$/.test(String(protocol)) &&
    PORT(port) &&
    (from === 'any' ? ['any', '0.0.0.0/0', '::/0'].includes(source) : source === from && isAddress(source))
  );
}

/** One rule of one zone, now or for the next start; its words are those of the operation and no others. */
function writesZone(args: Words, operation: Record<string, unknown>, verb: 'add' | 'remove'): boolean {
  const { zone, action, protocol, port, source } = operation;
  const [place = '', rule = '', ...more] = args[0] === '--permanent' ? args.slice(1) : args;
  const from =
    source === 'any' ? '' : ` family="ipv${isV4(String(source)) ? 4 : 6}" source address="${String(source)}"`;
  const priority = action === 'drop' ? -32767 : -32768;
  const text = `rule priority="${priority}"${from} port port="${String(port)}" protocol="${String(protocol)}" ${String(action)}`;
  return (
    more.length === 0 &&
    place === `--zone=${String(zone)}` &&
    rule === `--${verb}-rich-rule=${text}` &&
    /^[A-Za-z0-9_][\w-]{0,16}$/.test(String(zone)) &&
    /^(drop|accept)$/.test(String(action)) &&
    /^(tcp|udp)$/.test(String(protocol)) &&
    PORT(port) &&
    (source === 'any' || isAddress(String(source)))
  );
}

const loadsTable: Rule = (args) => same(args, '-f', '-');

/**
 * What an operation may start to be carried out, and what putting its layer back may. A new layer gets its lines here; an
 * operation that is not in the table may start nothing.
 */
const ACTIONS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  'ufw-delete': { ufw: deletes },
  'ufw-prepend': { ufw: prepends },
  'ufw-enable': { ufw: (args) => same(args, '--force', 'enable') },
  'ufw-restore': {
    'iptables-restore': (args) => same(args, '-n', '-w', '10'),
    'ip6tables-restore': (args) => same(args, '-n', '-w', '10') || same(args, '-w', '10'),
  },
  'table-close': { nft: loadsTable },
  'table-open': { nft: loadsTable },
  'table-restore': { nft: loadsTable },
  'firewalld-add': { 'firewall-cmd': (args, operation) => writesZone(args, operation, 'add') },
  'firewalld-remove': { 'firewall-cmd': (args, operation) => writesZone(args, operation, 'remove') },
  'firewalld-restore': {
    'firewall-cmd': (args) =>
      args.every((word) => /^--(permanent|zone=[\w-]+|(add|remove)-rich-rule=rule .*)$/.test(word)),
  },
  'service-stop': {
    systemctl: ([verb = '', ...rest], { unit }) =>
      ['disable', 'stop'].includes(verb) && same(rest, String(unit)) && UNIT.test(String(unit)),
  },
  'service-restore': {
    systemctl: ([verb = '', ...rest]) =>
      ['daemon-reload', 'start', 'stop', 'disable'].includes(verb) &&
      rest.every((unit) => UNIT.test(unit) || (verb === 'start' && unit === '--no-block')),
  },
  'connections-drop': {
    ss: (args, { port, from }) =>
      args.slice(0, -1).join(' ') === `-K -H -t state connected sport = :${String(port)} dst` &&
      PORT(port) &&
      isAddress(args.at(-1) ?? '') &&
      (from as readonly unknown[]).includes(args.at(-1)),
  },
};

/** What ufw itself starts to do its work, all of it in ufw's own session. Its words come of rules that were judged above. */
const OF_UFW = new Set([
  'python3',
  'sh',
  'cat',
  'sysctl',
  'modprobe',
  'grep',
  'iptables',
  'ip6tables',
  'iptables-save',
  'ip6tables-save',
  'iptables-restore',
  'ip6tables-restore',
]);
const PLAIN_WORD = /^(\[UFW [A-Z ]+\] |[\w.,:/%+=@!~-]*)$/;

export const LET_RUN: ReadonlySet<string> = new Set([
  ...Object.keys(READS),
  ...Object.values(ACTIONS).flatMap(Object.keys),
  ...OF_UFW,
]);

const ENVIRONMENT: Readonly<Record<string, RegExp>> = {
  PATH: /^\/usr\/sbin:\/usr\/bin:\/sbin:\/bin(:\/run\/current-system\/sw\/bin)?$/,
  LC_ALL: /^C$/,
  HOME: /^(\/|\/dev\/null)$/,
  // A shell's own, for what it starts.
  PWD: /^\/$/,
  OLDPWD: /^\/$/,
};

function badSetting(env: Words): string | null {
  const bad = env.find((setting) => {
    const [key = '', ...value] = setting.split('=');
    return !Object.hasOwn(ENVIRONMENT, key) || ENVIRONMENT[key]?.test(value.join('=')) !== true;
  });
  return bad ?? null;
}

/** ufw makes settings of its own for what it starts; of the caller's there can be none that it was not handed. */
const badSettingOfUfw = (env: Words): string | null => env.find((setting) => setting.includes(HONEY)) ?? null;

/**
 * Programs that may not have been started so, in words. `operations`: of the plan that was carried out, and of its undo.
 * `known`: words of the reading shell, as they were when nobody attacked.
 */
export function wrongStarts(
  started: readonly Started[],
  operations: readonly unknown[],
  known: ReadonlySet<string>,
): readonly string[] {
  const leaders = new Set(started.filter((one) => name(one) === 'ufw').map(({ pid }) => pid));
  return started.flatMap((one) => {
    const ofUfw = leaders.has(one.session) && name(one) !== 'ufw';
    const setting = ofUfw ? badSettingOfUfw(one.env) : badSetting(one.env);
    const shown = JSON.stringify([one.path, ...one.args]).slice(0, 400);
    if (setting !== null) return [`${shown} was handed ${JSON.stringify(setting.slice(0, 200))}`];
    return SYSTEM.test(one.path) &&
      (ofUfw ? fitsUfw(one) : isRead(one, known) || mayStart(name(one), one.args, operations))
      ? []
      : [`${shown} was started`];
  });
}

const fitsUfw = (one: Started): boolean => OF_UFW.has(name(one)) && one.args.every((word) => PLAIN_WORD.test(word));

const isRead = (one: Started, known: ReadonlySet<string>): boolean =>
  name(one) === 'sh' ? isTogether(one.args, known) : READS[name(one)]?.(one.args) === true;

/** May one of these operations start a program with these words? */
export const mayStart = (program: string, args: Words, operations: readonly unknown[]): boolean =>
  operations.some((operation) => {
    if (typeof operation !== 'object' || operation === null) return false;
    const kind = String((operation as { kind?: unknown }).kind);
    const rules = Object.hasOwn(ACTIONS, kind) ? ACTIONS[kind] : undefined;
    const rule = rules !== undefined && Object.hasOwn(rules, program) ? rules[program] : undefined;
    return rule?.(args, operation as Record<string, unknown>) === true;
  });

/** Every word of every shell: what `known` is made of. */
export const wordsOf = (started: readonly Started[]): ReadonlySet<string> =>
  new Set(started.filter((one) => name(one) === 'sh').flatMap(({ args }) => args.slice(4)));
