/** Attacks by what surrounds the helper: settings of its caller, locales, streams that are closed or never end. */
import type { Random } from '../generate/random.ts';
import { attack, type Attack } from './attack.ts';
import { type Order, signed } from './bases.ts';
import { oneField } from './on-plans.ts';
import { BAIT_PROGRAMS, HONEY } from './trap.ts';

/**
 * Every value holds the honey word, so that any that is handed on is seen. NODE_OPTIONS and LD_PRELOAD decide before the
 * helper's first line: who may set those for root's process is root already, so here they are only ones that can be watched.
 */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['PATH', `${BAIT_PROGRAMS}:/tmp/${HONEY}`],
  ['PATH', `.:${HONEY}`],
  ['HOME', `/home/${HONEY}`],
  ['IFS', `/${HONEY}`],
  ['ENV', `/tmp/${HONEY}`],
  ['BASH_ENV', `/tmp/${HONEY}`],
  ['SHELL', `/tmp/${HONEY}`],
  ['SHELLOPTS', `xtrace:${HONEY}`],
  ['PS4', `$(touch /tmp/${HONEY})`],
  ['BASH_FUNC_ufw%%', `() { touch /tmp/${HONEY}; }`],
  ['PYTHONPATH', `/tmp/${HONEY}`],
  ['PYTHONHOME', `/tmp/${HONEY}`],
  ['PYTHONSTARTUP', `/tmp/${HONEY}`],
  ['PYTHONINSPECT', HONEY],
  ['PERL5LIB', `/tmp/${HONEY}`],
  ['PERL5OPT', `-M${HONEY}`],
  ['PERL5DB', `BEGIN { system "touch /tmp/${HONEY}" }`],
  ['NODE_PATH', `/tmp/${HONEY}`],
  ['NODE_OPTIONS', `--title=${HONEY}`],
  ['NODE_REPL_HISTORY', `/tmp/${HONEY}`],
  ['ELECTRON_RUN_AS_NODE', HONEY],
  ['LD_PRELOAD', `/tmp/${HONEY}.so`],
  ['LD_LIBRARY_PATH', `/tmp/${HONEY}`],
  ['LD_AUDIT', `/tmp/${HONEY}.so`],
  ['GCONV_PATH', `/tmp/${HONEY}`],
  ['LOCPATH', `/tmp/${HONEY}`],
  ['GLIBC_TUNABLES', `glibc.malloc.check=${HONEY}`],
  ['XTABLES_LIBDIR', `/tmp/${HONEY}`],
  ['IPTABLES_LIB_DIR', `/tmp/${HONEY}`],
  ['TMPDIR', `/tmp/${HONEY}`],
  ['LANG', `tr_TR.UTF-8@${HONEY}`],
  ['LC_ALL', `../../tmp/${HONEY}`],
  ['LC_ALL', `tr_TR.UTF-8@${HONEY}`],
  ['LC_MESSAGES', `%s%n${HONEY}`],
  ['LANGUAGE', `ar:${HONEY}`],
  ['TZ', `:/tmp/${HONEY}`],
  ['TZDIR', `/tmp/${HONEY}`],
  ['COLUMNS', HONEY],
  ['TERM', `../../${HONEY}`],
  ['DBUS_SYSTEM_BUS_ADDRESS', `unixexec:path=/bin/sh,argv1=-c,argv2=${HONEY}`],
  ['XDG_RUNTIME_DIR', `/tmp/${HONEY}`],
  ['SUDO_COMMAND', HONEY],
  ['http_proxy', `http://${HONEY}`],
  ['A'.repeat(2000), HONEY],
  ['X', `${HONEY}\nPATH=/tmp`],
  ['__proto__', HONEY],
  ['LC_ALL', HONEY.repeat(4000)],
];

const settings = (random: Random): Record<string, string> =>
  Object.fromEntries(random.some(SETTINGS, 1 + random.below(8)).map(([name, value]) => [name, value]));

export function environment(order: Order, random: Random): Attack {
  const env = settings(random);
  // What is carried out, or read, starts programs that could inherit them; what is refused is refused all the same.
  return random.weighted<() => Attack>([
    [() => attack('either', { env, input: Buffer.from(JSON.stringify(order)) }), 1],
    [() => attack('answered', { env, words: ['read'] }), 3],
    [() => attack('answered', { env, words: ['history'] }), 3],
    [() => attack('answered', { env, words: ['recover'] }), 1],
    [() => attack('refused', { env, input: Buffer.from(JSON.stringify({ ...order, id: 'a'.repeat(64) })) }), 5],
    [() => attack('refused', { env, words: ['undo', '20261120T180000-aaaaaaaa'] }), 3],
    [() => attack('either', { env, input: Buffer.from(JSON.stringify(signed(oneField(order, random)))) }), 4],
  ])();
}

/** `"$@"` is the helper. */
const CLOSED = [
  'exec "$@" <&-',
  'exec "$@" >&-',
  'exec "$@" <&- >&- 2>&-',
  'exec "$@" 2>&-',
  'exec "$@" </',
  'exec "$@" </dev/full',
  'exec "$@" <>/dev/null',
  'exec "$@" >/dev/full',
];

const LIMITS = [
  'ulimit -n 24; exec "$@"',
  'ulimit -f 0; exec "$@"',
  'ulimit -c 0; ulimit -s 4096; exec "$@"',
  'umask 000; exec "$@"',
  'trap "" HUP INT TERM PIPE; exec "$@"',
  'cd /tmp; exec "$@"',
];

export function streams(order: Order, random: Random): Attack {
  const bad = Buffer.from(`${JSON.stringify({ ...order, id: 'b'.repeat(64) })}\n`);
  return random.weighted<() => Attack>([
    [() => attack('refused', { through: random.pick(CLOSED), input: bad, deaf: false }), 6],
    [() => attack('refused', { through: random.pick(LIMITS), input: bad }), 4],
    [() => attack('refused', { ending: 'closed from the start' }), 1],
    [() => attack('refused', { input: bad, deaf: true }), 2],
    [() => attack('refused', { input: bad, ending: 'stays open' }), 2],
    [() => attack('refused', { ending: 'never ends' }), 2],
    [() => attack('refused', { input: Buffer.from(JSON.stringify(order).slice(0, 400)), ending: 'never ends' }), 1],
  ])();
}

/** Half a plan, and then nothing, for ever: it takes the helper's whole patience. */
export const silence = (order: Order, random: Random): Attack =>
  attack('refused', {
    input: Buffer.from(JSON.stringify(order).slice(0, random.below(900))),
    ending: 'stays open',
  });

const NO_WORDS = [
  'CONFIRM',
  'confirm;',
  'confirm x',
  'undo now',
  'confirm\u0000',
  '\u202econfirm',
  'yes',
  '{"type":"confirm"}',
  'conf',
  '$(confirm)',
  'confirm\\',
  'x'.repeat(200_000),
  '\u001b[A',
  "'confirm'",
  'cоnfirm',
];

/** While a change waits, only the two words count. It is taken back by the last line, which must be the one that counted. */
export function whileWaiting(order: Order, random: Random): Attack {
  return attack('either', {
    input: Buffer.from(`${JSON.stringify(order)}\n`),
    ending: 'stays open',
    whileWaiting: [...random.some(NO_WORDS, 4), 'undo'],
  });
}
