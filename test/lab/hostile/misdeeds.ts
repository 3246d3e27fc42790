/** Misdeeds as a helper would do them that somebody has taken over. Who does not notice these notices nothing. */
import { rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { attack, type Attack } from './attack.ts';
import { HONEY, real, realSystem } from './trap.ts';

interface Misdeed {
  /** What has to be said of it. */
  readonly reached: RegExp;
  readonly attack: Attack;
}

const doing = (line: string, reached: RegExp): Misdeed => ({
  reached,
  attack: attack('refused', { through: `${line}; exec "$@"`, words: ['no-such-verb'] }),
});

const CLEAN = 'PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C PWD=/';

export const MISDEEDS: readonly Misdeed[] = [
  doing(`${CLEAN} /bin/sh -c "true"`, /^\["\/bin\/sh","-c","true"\] was started$/),
  doing(`${CLEAN} /usr/bin/env true`, /^\["\/usr\/bin\/env","true"\] was started$/),
  doing(`${CLEAN} /usr/sbin/ufw allow 22`, /^\["\/usr\/sbin\/ufw","allow","22"\] was started$/),
  doing(`X=${HONEY} ${CLEAN} /usr/sbin/iptables-save >/dev/null`, /was handed "X=/),
  doing(`${real('touch')} /etc/evil`, /^\/etc\/evil was changed$/),
  doing(`${real('cat')} /etc/hosts >/tmp/nest/honey`, /^\/tmp\/nest\/honey was changed$/),
  doing(`${realSystem('nft')} add table inet evil`, /^the rules in the kernel were changed$/),
  doing(`${real('sleep')} 300 </dev/null >/dev/null 2>&1 & true`, /^it left a process: .*sleep 300/),
  doing(`echo '{"type":"progress","text":"${HONEY}"}'`, /^it told a secret$/),
];

export function forgive(): void {
  rmSync('/etc/evil', { force: true });
  spawnSync(realSystem('nft'), ['delete', 'table', 'inet', 'evil']);
}
