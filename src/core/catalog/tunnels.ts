/**
 * Programs that publish a port of this computer through a connection that they make themselves: no firewall here sees
 * who comes in by it. In alphabetical order of their ids.
 */
import type { TunnelLets, TunnelStop } from '../says.ts';

export interface TunnelProgram {
  readonly id: string;
  readonly name: string;
  /** Files of the program (last part of the path), lower case. Checked first: a name in the arguments is nothing. */
  readonly programs: readonly string[];
  /** The script, where an interpreter is the program: the last part of a path among its arguments. */
  readonly scripts?: readonly string[];
  /** What its arguments have to look like to publish something; without it every one of its processes does. */
  readonly publishes?: RegExp;
  /** The local port, in the first group of the first that fits. The arguments stand between spaces. */
  readonly port: readonly RegExp[];
  readonly lets: TunnelLets;
  readonly stop: TunnelStop;
  readonly source: string;
}

/** `localhost:3000`, `http://127.0.0.1:3000/`, `3000`. */
const LOCAL = String.raw`(?:[a-z]+://)?(?:(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]):)?(\d{1,5})(?:/\S*)?(?= )`;
const after = (words: string): RegExp => new RegExp(` ${words}${LOCAL}`);

export const tunnelPrograms: readonly TunnelProgram[] = [
  {
    id: 'bore',
    name: 'bore',
    programs: ['bore'],
    publishes: / local /,
    port: [after(String.raw`local (?:\S+ )*?`)],
    lets: 'internet',
    stop: { by: 'end', program: 'bore' },
    source: 'https://github.com/ekzhang/bore',
  },
  {
    id: 'chisel',
    name: 'chisel',
    programs: ['chisel'],
    // Only remotes that begin with R lead from the server to here.
    publishes: / client (?:.* )?R:/,
    port: [/ R:(?:\S+:)?(?:localhost|127\.\d+\.\d+\.\d+):(\d{1,5})(?:\/\w+)?(?= )/, / R:(\d{1,5})(?= )/],
    lets: 'server',
    stop: { by: 'end', program: 'chisel' },
    source: 'https://github.com/jpillora/chisel',
  },
  {
    id: 'cloudflared',
    name: 'Cloudflare Tunnel (cloudflared)',
    programs: ['cloudflared'],
    publishes: / tunnel /,
    port: [after('--url[ =]')],
    lets: 'internet',
    stop: { by: 'command', command: 'sudo systemctl disable --now cloudflared', end: true },
    source: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/',
  },
  {
    id: 'devtunnel',
    name: 'Microsoft dev tunnels',
    programs: ['devtunnel'],
    publishes: / host /,
    port: [/ (?:-p|--port-numbers?)[ =](\d{1,5})(?= )/],
    lets: 'members',
    stop: { by: 'end', program: 'devtunnel' },
    source: 'https://learn.microsoft.com/azure/developer/dev-tunnels/cli-commands',
  },
  {
    id: 'frp',
    name: 'frp',
    programs: ['frpc'],
    port: [/ (?:-l|--local[_-]port)[ =](\d{1,5})(?= )/],
    lets: 'server',
    stop: { by: 'end', program: 'frpc', service: true },
    source: 'https://github.com/fatedier/frp',
  },
  {
    id: 'localtunnel',
    name: 'localtunnel',
    programs: ['lt'],
    scripts: ['lt', 'lt.js', 'localtunnel'],
    port: [/ (?:-p|--port)[ =](\d{1,5})(?= )/],
    lets: 'internet',
    stop: { by: 'end', program: 'lt' },
    source: 'https://github.com/localtunnel/localtunnel',
  },
  {
    id: 'ngrok',
    name: 'ngrok',
    programs: ['ngrok'],
    publishes: / (?:http|tcp|tls|tunnel|start|service) /,
    port: [after(String.raw`(?:http|tcp|tls) (?:\S+ )*?`)],
    lets: 'internet',
    stop: { by: 'end', program: 'ngrok' },
    source: 'https://ngrok.com/docs/agent/cli/',
  },
  {
    id: 'pagekite',
    name: 'PageKite',
    programs: ['pagekite'],
    scripts: ['pagekite', 'pagekite.py'],
    port: [/[ /]pagekite(?:\.py)? (?:-\S+ )*(\d{1,5}) /],
    lets: 'internet',
    stop: { by: 'end', program: 'pagekite', service: true },
    source: 'https://pagekite.net/support/quickstart/',
  },
  {
    id: 'playit',
    name: 'playit.gg',
    programs: ['playit', 'playitd', 'playit-agent', 'playit-linux-amd64', 'playit-linux-aarch64'],
    port: [],
    lets: 'internet',
    stop: { by: 'command', command: 'sudo systemctl disable --now playit', end: true },
    source: 'https://playit.gg/support',
  },
  {
    id: 'tailscale-funnel',
    name: 'Tailscale Funnel',
    programs: ['tailscale'],
    publishes: / funnel /,
    port: [after(String.raw`funnel (?:\S+ )*?`)],
    lets: 'internet',
    stop: { by: 'command', command: 'tailscale funnel reset' },
    source: 'https://tailscale.com/kb/1311/tailscale-funnel',
  },
  {
    id: 'tailscale-serve',
    name: 'Tailscale Serve',
    programs: ['tailscale'],
    publishes: / serve /,
    port: [after(String.raw`serve (?:\S+ )*?`)],
    lets: 'members',
    stop: { by: 'command', command: 'tailscale serve reset' },
    source: 'https://tailscale.com/kb/1312/serve',
  },
  {
    id: 'tmate',
    name: 'tmate',
    programs: ['tmate'],
    port: [],
    lets: 'internet',
    stop: { by: 'end', program: 'tmate' },
    source: 'https://tmate.io',
  },
  {
    id: 'vscode-tunnel',
    name: 'VS Code tunnel',
    programs: ['code-tunnel', 'code', 'code-insiders', 'code-tunnel-insiders'],
    publishes: / tunnel /,
    port: [],
    lets: 'members',
    stop: { by: 'command', command: 'code tunnel service uninstall', end: true },
    source: 'https://code.visualstudio.com/docs/remote/tunnels',
  },
  {
    id: 'zrok',
    name: 'zrok',
    programs: ['zrok', 'zrok2'],
    publishes: / share /,
    port: [after(String.raw`share (?:public|private|reserved) (?:\S+ )*?`)],
    lets: 'internet',
    stop: { by: 'end', program: 'zrok' },
    source: 'https://docs.zrok.io/docs/concepts/sharing/',
  },
];
