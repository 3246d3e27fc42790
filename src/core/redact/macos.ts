/**
 * What is gathered from a Mac holds of people: their accounts in lsof's lines, names of disks, command lines, and addresses
 * that stand in shapes of their own (`192.168.1.20.3000`, `n192.168.1.20:3000`). Names after `/Users/` are taken out
 * everywhere (redact.ts).
 */
import type { Transcript } from '../model.ts';

type Change = (text: string) => string;

/** Nothing of the command line but the program: what comes behind may be anything. */
const argsOf = (line: string): string => line.replace(/^(\s*\d+\s+\S+).*$/, '$1');

/** Its name is its owner's word. */
const VOLUME = /(\/Volumes\/)([^/\n]+)/g;

/** Some are printed without zeros. */
const HARDWARE = /(?<![\w:])(?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}(?![\w:])/gi;

/** What does not stand in any text that is printed: between an address and what would hide it. */
const AFTER = '\u0001';
const BEFORE = '\u0002';

const END = /((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]*:[0-9a-f:.]*(?:%\w+)?)\.(\d{1,5}|\*)(?=\s|$)/gi;
/** `192.168.1` of netstat -rn: zeros at the end are left out. */
const SHORT = /^(\d{1,3}(?:\.\d{1,3}){0,2})(\/\d{1,2})?(?=\s)/gm;

/** The text with every address apart from what it stands beside. */
export function apartOnMac({ id, stdout }: Pick<Transcript, 'id' | 'stdout'>): string {
  if (id.startsWith('mac.netstat.')) return stdout.replace(END, `$1${AFTER}$2`);
  if (id === 'mac.lsof') return stdout.replace(/^n/gm, `n${BEFORE}`);
  if (id !== 'mac.routes') return stdout;
  return stdout.replace(SHORT, (_, short: string, length: string | undefined) => {
    const parts = short.split('.');
    return `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}${length ?? `/${parts.length * 8}`}`;
  });
}

const together = (text: string): string => text.replaceAll(AFTER, '.').replaceAll(BEFORE, '');

/** Pure and repeatable; the same name gives the same replacement everywhere. null: the transcript is none of a Mac. */
export function macRedactor(everywhere: Change): (transcript: Transcript) => string | null {
  const disks = new Map<string, string>();
  const disk = (_: string, before: string, name: string): string => {
    const known = disks.get(name) ?? `disk${disks.size + 1}`;
    disks.set(name, known);
    return before + known;
  };
  return (transcript) => {
    const { id } = transcript;
    if (id.startsWith('file:/etc/pf.')) return everywhere(transcript.stdout.replace(/#.*$/gm, '#'));
    if (!/^(mac|alf|pf)\./.test(id)) return null;
    const text = apartOnMac(transcript).replace(VOLUME, disk);
    if (id === 'mac.ps.args') return everywhere(text.split('\n').map(argsOf).join('\n'));
    if (id === 'mac.lsof') return together(everywhere(text.replace(/^L.*$/gm, 'Luser')));
    if (id === 'mac.ifconfig' || id === 'mac.ports' || id === 'mac.routes')
      return everywhere(text.replace(HARDWARE, '0:0:0:0:0:1'));
    return together(everywhere(text.replace(/\blabel "[^"]*"/g, 'label "x"')));
  };
}
