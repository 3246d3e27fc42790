/**
 * The part of pf.conf(5)'s grammar that an exported rule may use, written from its BNF and apart from the program:
 *
 *   pf-rule    = action [ ( "in" | "out" ) ] [ "quick" ] [ "on" ifspec ] [ protospec ] hosts
 *                [ "flags" flagset "/" flagset ]
 *   action     = "pass" | "block" [ return ]      return = "drop" | "return"
 *   ifspec     = ( [ "!" ] interface-name )       protospec = "proto" ( "tcp" | "udp" )
 *   hosts      = "all" | "from" host [ port ] "to" host [ port ]      host = "any"
 *   port       = "port" ( unary-op )              unary-op = [ "=" ] number
 */
export interface PfRuleRead {
  readonly action: 'pass' | 'block';
  readonly direction: 'in' | 'out' | null;
  readonly quick: boolean;
  readonly on: { readonly not: boolean; readonly name: string } | null;
  readonly protocol: 'tcp' | 'udp' | null;
  readonly port: number | null;
  readonly flags: string | null;
}

/** null: not a rule of that grammar. */
export function readByGrammar(text: string): PfRuleRead | null {
  const words = text.split(' ');
  const take = (...wanted: readonly string[]): string | null => {
    const word = words[0];
    if (word === undefined || !wanted.includes(word)) return null;
    words.shift();
    return word;
  };
  const action = take('pass', 'block');
  if (action === null) return null;
  if (action === 'block') take('drop', 'return');
  const direction = take('in', 'out');
  const quick = take('quick') !== null;
  let on: PfRuleRead['on'] = null;
  if (take('on') !== null) {
    const not = take('!') !== null;
    const name = words.shift() ?? '';
    if (!/^[a-z]+\d*$/.test(name)) return null;
    on = { not, name };
  }
  const protocol = take('proto') === null ? null : take('tcp', 'udp');
  let port: number | null = null;
  if (take('all') === null) {
    for (const end of ['from', 'to']) {
      if (take(end) === null || take('any') === null) return null;
      if (take('port') === null) continue;
      take('=');
      const digits = words.shift() ?? '';
      if (!/^[1-9]\d{0,4}$/.test(digits) || Number(digits) > 65535) return null;
      port = Number(digits);
    }
  }
  let flags: string | null = null;
  if (take('flags') !== null) {
    flags = words.shift() ?? '';
    if (protocol !== 'tcp' || !/^[FSRPAUEW]+\/[FSRPAUEW]+$/.test(flags)) return null;
  }
  if (words.length > 0) return null;
  return {
    action: action as PfRuleRead['action'],
    direction: direction as PfRuleRead['direction'],
    quick,
    on,
    protocol: protocol as PfRuleRead['protocol'],
    port,
    flags,
  };
}
