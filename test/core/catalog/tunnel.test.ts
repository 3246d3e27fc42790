import { describe, expect, test } from 'vitest';
import { servedByTailscale, tunnelsOf } from '../../../src/core/catalog/index.ts';
import { sshTunnels } from '../../../src/core/catalog/ssh-tunnel.ts';
import { listener } from '../advice/build.ts';
import { tunnelPrograms } from '../../../src/core/catalog/tunnels.ts';

// Command lines as the programs' own pages write them; the processes are put together by hand.
const run = (cmdline: string, exe: string | null = `/usr/bin/${cmdline.split(' ')[0]}`, comm = 'x') =>
  tunnelsOf({ pid: 42, comm, exe, cmdline, cgroup: null, inodes: [] }).map(({ id, port }) => `${id} ${port}`);

describe('telling a tunnel', () => {
  test.each([
    ['ngrok http 3000', 'ngrok 3000'],
    ['ngrok http --domain=a.ngrok.app 8080', 'ngrok 8080'],
    ['ngrok http http://localhost:3000', 'ngrok 3000'],
    ['ngrok tcp 22', 'ngrok 22'],
    ['ngrok start --all', 'ngrok null'],
    ['cloudflared tunnel --url http://localhost:8000', 'cloudflared 8000'],
    ['cloudflared tunnel --url=localhost:8000', 'cloudflared 8000'],
    ['cloudflared --no-autoupdate tunnel run home', 'cloudflared null'],
    ['tailscale funnel 3000', 'tailscale-funnel 3000'],
    ['tailscale funnel --bg 3000', 'tailscale-funnel 3000'],
    ['tailscale serve --https=443 localhost:3000', 'tailscale-serve 3000'],
    ['code-tunnel tunnel --accept-server-license-terms', 'vscode-tunnel null'],
    ['bore local 8000 --to bore.pub', 'bore 8000'],
    ['bore local --to bore.pub 8000', 'bore 8000'],
    ['zrok share public localhost:8080', 'zrok 8080'],
    ['zrok share public --headless http://127.0.0.1:9000/', 'zrok 9000'],
    ['frpc -c /etc/frp/frpc.toml', 'frp null'],
    ['frpc tcp -l 22 -r 6000 -s frp.example.com', 'frp 22'],
    ['chisel client https://example.com R:8080:localhost:3000', 'chisel 3000'],
    ['chisel client https://example.com R:2222', 'chisel 2222'],
    ['devtunnel host -p 3000 --allow-anonymous', 'devtunnel 3000'],
    ['ssh -R 8080:localhost:3000 example.com', 'ssh 3000'],
  ])('%s', (cmdline, found) => {
    expect(run(cmdline)).toEqual([found]);
  });

  test('a script that an interpreter runs', () => {
    expect(run('node /usr/local/bin/lt --port 3000', '/usr/bin/node')).toEqual(['localtunnel 3000']);
    expect(run('python3 /usr/bin/pagekite 80 me.pagekite.me', '/usr/bin/python3.11')).toEqual(['pagekite 80']);
    expect(run('node server.js lt --port 3000', '/usr/bin/node')).toEqual([]);
  });

  test.each([
    'cat ngrok.txt',
    'vim ngrok http 3000',
    'ngrok config check',
    'cloudflared access ssh --hostname a.example.com',
    'cloudflared proxy-dns',
    'tailscale status',
    'code --wait tunnel.md',
    'chisel server --port 8080 --reverse',
    'chisel client https://example.com 3000',
    'bore server',
    'zrok status',
    'ssh example.com',
    'ssh -L 8080:localhost:3000 example.com',
    'ssh example.com -- run -R 8080:localhost:3000',
  ])('none: %s', (cmdline) => {
    expect(run(cmdline)).toEqual([]);
  });

  test('the file says what it is, not the name that a process gives itself', () => {
    expect(run('ngrok http 3000', '/usr/bin/sleep', 'ngrok')).toEqual([]);
    expect(run('ngrok http 3000', '/home/me/bin/ngrok', 'anything')).toEqual(['ngrok 3000']);
    // Of another user's process only the name is to be had.
    expect(run('cloudflared tunnel run', null, 'cloudflared')).toEqual(['cloudflared null']);
    expect(tunnelsOf({ pid: 1, comm: 'ngrok', exe: null, cmdline: null, cgroup: null, inodes: [] })).toHaveLength(1);
  });
});

test('what tailscaled itself serves', () => {
  const at = (port: number, program = 'tailscaled') => ({ ...listener(`tcp/${port}`, program), sockets: [] });
  expect(servedByTailscale([at(443), at(8443)]).map(({ id }) => id)).toEqual(['tailscale-serve']);
  expect(servedByTailscale([at(52811), at(443, 'nginx')])).toEqual([]);
});

describe('ssh -R', () => {
  test.each([
    [' -R 8080:localhost:3000 host ', [3000]],
    [' -NTR 8080:127.0.0.1:3000 host ', [3000]],
    [' -fN -R8080:[::1]:3000 me@host ', [3000]],
    [' -R *:8080:localhost:3000 host ', [3000]],
    [' -R 80:localhost:3000 -R 81:localhost:3001 serveo.net ', [3000, 3001]],
    [' -p 443 -i key -R 0:localhost:8000 a.pinggy.io ', [8000]],
    [' -R 8080:192.168.1.5:80 host ', [null]],
    [' -R /run/s:/run/t host ', [null]],
    [' -R 1080 host ', [null]],
    [' -o RemoteForward=8080 localhost:3000 host ', [3000]],
    [' -o RemoteForward 8080 localhost:3000 host ', [3000]],
    [' -o ServerAliveInterval=60 -R 8080:localhost:3000 host ', [3000]],
    [' -L 1:localhost:2 -D 1080 host ', []],
    [' -p 22 host rsync -R a b ', []],
    [' ', []],
  ])('%s', (text, ports) => {
    expect(sshTunnels(text)).toEqual(ports);
  });
});

test('the list is in order, ids are unique, each has its source', () => {
  const ids = tunnelPrograms.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const { source, programs } of tunnelPrograms) {
    expect(source).toMatch(/^https:\/\//);
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.every((name) => name === name.toLowerCase())).toBe(true);
  }
});
