/**
 * As much of a Mac as an exported script needs, made of shell: pfctl keeps anchors, references and whether it is on in
 * files; socketfilterfw its list. synthetic: their words are those of the documents. The script runs as it is, but for the
 * folders that it names.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PFCTL = `#!/bin/sh
# -q -n -a ANCHOR -f FILE | -a ANCHOR -F rules | -a ANCHOR -s rules | -s rules | -s info | -s References | -E | -X TOKEN
M=@ROOT@/pf
anchor= file= dry= show= flush=
[ -e "$M/broken" ] && [ "$(cat "$M/broken")" = "$*" ] && { echo 'pfctl: broken' >&2; exit 1; }
while [ $# -gt 0 ]; do
  case $1 in
    -q) ;;
    -n) dry=yes ;;
    -a) anchor=$2; shift ;;
    -f) file=$2; shift ;;
    -F) flush=$2; shift ;;
    -s) show=$2; shift ;;
    -E) n=$(( $(cat "$M/next") + 1 )); echo $n >"$M/next"; echo "$n" >>"$M/tokens"; echo "pf enabled" >&2; echo "Token : $n" >&2; exit 0 ;;
    -X) grep -qx "$2" "$M/tokens" || exit 1; grep -vx "$2" "$M/tokens" >"$M/t"; mv "$M/t" "$M/tokens"; exit 0 ;;
    *) exit 2 ;;
  esac
  shift
done
name=$(printf '%s' "$anchor" | tr / %)
if [ -n "$file" ]; then
  grep -q -e '^block drop in quick on ! lo0 proto tcp from any to any port = [0-9]* flags S/SA$' -e '^block drop in quick on ! lo0 proto udp from any to any port = [0-9]*$' "$file" || { echo 'syntax error' >&2; exit 1; }
  [ -n "$dry" ] || cp "$file" "$M/anchors/$name"
elif [ -n "$flush" ]; then rm -f "$M/anchors/$name"
else
  case $show in
    rules) if [ -z "$anchor" ]; then cat "$M/main"; else cat "$M/anchors/$name" 2>/dev/null; fi ;;
    info) if [ -s "$M/tokens" ]; then echo 'Status: Enabled for 0 days 00:00:01           Debug: Urgent'; else echo 'Status: Disabled                              Debug: Urgent'; fi ;;
    References) echo 'TOKENS:'; while read -r t; do echo "12      pfctl                        $t  0 days 00:00:01"; done <"$M/tokens" ;;
  esac
fi
exit 0
`;

const FIREWALL = `#!/bin/sh
L=@ROOT@/alf
case $1 in
  --getglobalstate) echo "Firewall is enabled. (State = $(cat "$L/state"))" ;;
  --listapps)
    printf 'ALF: total number of apps = %s \\n\\n' "$(wc -l <"$L/apps" | tr -d ' ')"
    n=0
    while IFS='	' read -r verdict path; do
      n=$((n + 1))
      printf '%s : %s \\n \\t ( %s incoming connections ) \\n\\n' "$n" "$path" "$verdict"
    done <"$L/apps" ;;
  --add) printf 'Allow\\t%s\\n' "$2" >>"$L/apps" ;;
  --remove) W="$2" awk -F'\\t' '$2 != ENVIRON["W"]' "$L/apps" >"$L/t"; mv "$L/t" "$L/apps" ;;
  --blockapp|--unblockapp)
    [ -e "$L/stuck" ] && exit 0
    V=Block; [ "$1" = --blockapp ] || V=Allow
    W="$2" V=$V awk -F'\\t' -v OFS='\\t' '$2 == ENVIRON["W"] { $1 = ENVIRON["V"] } { print }' "$L/apps" >"$L/t"; mv "$L/t" "$L/apps" ;;
esac
`;

export interface FakeMac {
  readonly root: string;
  /** Runs a script; gives its status and both streams. */
  readonly run: (script: string) => { readonly status: number | null; readonly said: string };
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string | null;
  /** All files that a script may have written, with what they hold. */
  readonly state: () => Readonly<Record<string, string>>;
  readonly end: () => void;
}

export function fakeMac(): FakeMac {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-fake-mac-'));
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  for (const folder of ['bin', 'pf', 'pf/anchors', 'alf', 'etc', 'run', 'daemons', 'state'])
    mkdirSync(join(root, folder), { recursive: true });
  const programs = {
    pfctl: PFCTL,
    socketfilterfw: FIREWALL,
    uname: '#!/bin/sh\necho Darwin\n',
    id: '#!/bin/sh\necho 0\n',
  };
  for (const [name, text] of Object.entries(programs)) {
    write(`bin/${name}`, text.replaceAll('@ROOT@', root));
    chmodSync(join(root, 'bin', name), 0o755);
  }
  write('pf/main', 'scrub-anchor "com.apple/*" all fragment reassemble\nanchor "com.apple/*" all\n');
  write('pf/next', '100\n');
  write('pf/tokens', '');
  write('alf/state', '1\n');
  write('alf/apps', '');
  const here = (script: string): string =>
    script
      .replaceAll('PATH=/usr/bin:/bin:/usr/sbin:/sbin', `PATH=${root}/bin:/usr/bin:/bin`)
      .replaceAll('/etc/pf.anchors', `${root}/etc/pf.anchors`)
      .replaceAll('/Library/LaunchDaemons/', `${root}/daemons/`)
      .replaceAll('/var/run/', `${root}/run/`)
      .replaceAll('/Library/Application Support/Portcullis', `${root}/state`)
      .replaceAll('/usr/libexec/ApplicationFirewall/socketfilterfw', `${root}/bin/socketfilterfw`);
  return {
    root,
    write,
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null),
    run: (script) => {
      const { status, stdout, stderr } = spawnSync('/bin/sh', ['-s'], { input: here(script), encoding: 'utf8' });
      return { status, said: stdout + stderr };
    },
    state: () => {
      const all: Record<string, string> = {};
      for (const folder of [
        'pf',
        'pf/anchors',
        'alf',
        'etc/pf.anchors',
        'run',
        'daemons',
        'state/application-firewall',
      ]) {
        const at = join(root, folder);
        if (!existsSync(at)) continue;
        for (const entry of readdirSync(at, { withFileTypes: true }))
          if (entry.isFile() && entry.name !== 'next')
            all[`${folder}/${entry.name}`] = readFileSync(join(at, entry.name), 'utf8');
      }
      return all;
    },
    end: () => rmSync(root, { recursive: true, force: true }),
  };
}
