/** `watch`: the real program, a real port in a network of its own, and what is left running. */
import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { program } from './program.ts';

const SCRIPT = `
import json, os, signal, socket, subprocess, sys, time
for words in ('link set lo up', 'link add v0 type veth peer name v1', 'link set v0 up', 'link set v1 up', 'addr add 192.168.77.10/24 dev v0'):
    subprocess.run(['ip'] + words.split(), check=True)
watch = subprocess.Popen(sys.argv[1:] + ['watch', '--json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
while 'Ctrl+C' not in watch.stderr.readline(): pass
def below(pid):
    found = []
    # One that has ended since has no children.
    try: children = open(f'/proc/{pid}/task/{pid}/children').read().split()
    except FileNotFoundError: return found
    for child in children: found += [child] + below(child)
    return found
one = socket.socket(); one.bind(('0.0.0.0', 3000)); one.listen()
opened = json.loads(watch.stdout.readline())
one.close()
closed = json.loads(watch.stdout.readline())
started = below(watch.pid)
watch.send_signal(signal.SIGINT)
status = watch.wait()
time.sleep(1)
def runs(pid):
    try: return open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[0] != 'Z' and open(f'/proc/{pid}/cmdline').read()
    except FileNotFoundError: return False
left = [runs(pid) for pid in started if runs(pid)]
print(json.dumps([opened, closed, status, len(started) >= 2, left]))
`;

const canRun =
  process.getuid?.() === 0 &&
  ['unshare', 'ip', 'perl', 'python3'].every((name) => spawnSync('which', [name]).status === 0);

test.skipIf(!canRun)('a port that opens and closes is a line each; Ctrl+C leaves nothing running', async () => {
  const child = spawn('unshare', ['-n', 'python3', '-c', SCRIPT, process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const subject = { id: 'tcp/3000', protocol: 'tcp', port: 3000, program: 'python3', kept: false };
  expect(JSON.parse(text)).toEqual([
    expect.objectContaining({ event: 'opened', ...subject }),
    expect.objectContaining({ event: 'closed', ...subject }),
    0,
    true,
    [],
  ]);
});
