/** `ssh -R`: ports of this computer that are published on the computer that ssh leads to. ssh(1), ssh_config(5). */

/** Options of ssh that take a value, which may stand in the same word. ssh(1) of OpenSSH 9. */
const TAKES_VALUE = /[BbcDEeFIiJLlmOoPpQRSWw]/;

/**
 * The local ports that this ssh publishes; null for what is not a port here (another computer, a socket file, all of the
 * network behind this computer). Empty where it publishes nothing.
 *
 * @param text the arguments, a space before each
 */
export function sshTunnels(text: string): readonly (number | null)[] {
  const words = text.split(' ').filter((word) => word !== '');
  const ports = new Set<number | null>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    // The first word that is no option is where to; what follows is run there.
    if (!word.startsWith('-') || word === '-' || word === '--') break;
    const taking = word.slice(1).search(TAKES_VALUE);
    if (taking === -1) continue;
    const rest = word.slice(taking + 2);
    const value = rest === '' ? (words[++at] ?? '') : rest;
    const letter = word[taking + 1];
    if (letter === 'R') ports.add(target(value));
    const forward = letter === 'o' ? /^RemoteForward(?:=(.+))?$/i.exec(value) : null;
    if (forward === null) continue;
    // `-o "RemoteForward=8080 localhost:3000"`: its spaces can no more be told from those between words.
    if (forward[1] === undefined) at++;
    ports.add(target(words[++at] ?? ''));
  }
  return [...ports];
}

/** `[bind:]port:host:hostport` -> hostport where the host is this computer. */
function target(value: string): number | null {
  const match = /(?:^|:)(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]):(\d{1,5})$/i.exec(value);
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65535 ? port : null;
}
