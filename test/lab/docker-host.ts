/** The lab on a private Debian in which Docker's own daemon runs: real containers, real rules, no image is fetched. */
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundles, bundle } from './bundle.ts';
import { type Lab, type Ran, startLab } from './harness.ts';

const PACKAGES = 'busybox-static ufw iptables nftables iproute2 procps python3';
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface ContainerHost extends AsyncDisposable {
  readonly lab: Lab;
  /** The product's program. */
  readonly portcullis: (...args: readonly string[]) => Promise<Ran>;
}

export interface DockerHost extends ContainerHost {
  readonly docker: (...args: readonly string[]) => Promise<string>;
  /** End the daemon and start it with other options. */
  readonly restart: (...options: readonly string[]) => Promise<void>;
}

/** Puts an image of busybox together and hands it to `load`, which reads it from its standard input. */
export const imageFor = (load: string): string => `set -e
mkdir -p /tmp/image/bin /tmp/image/www
cp /bin/busybox /tmp/image/bin/
for name in sh httpd nc sleep cat; do ln -sf busybox /tmp/image/bin/$name; done
echo hello >/tmp/image/www/index.html
tar -C /tmp/image -c . | ${load}`;

const READY = 'for i in $(seq 150); do docker info >/dev/null 2>&1 && exit; sleep 0.2; done; exit 1';

/** The lab on a private Debian with these packages and the product. A string says why it cannot run here. */
export async function startContainerHost(packages: string): Promise<ContainerHost | string> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-containers-'));
  for (const name of ['lab.sh', 'worker.py', 'prober.py', 'ufw_batch.py'])
    await copyFile(here(name), join(folder, name));
  const bundles: Bundles = await bundle();
  for (const part of ['portcullis', 'helper'])
    await cp(join(bundles.folder, part), join(folder, part), { recursive: true });
  await bundles[Symbol.asyncDispose]();
  const clean = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let lab: Lab;
  try {
    const all = `${packages} ${PACKAGES}`;
    lab = await startLab({
      argv: [here('full-host.sh'), folder, all, '/lab/lab.sh', '/usr/bin/python3', '/lab/worker.py'],
      env: { FULL_HOST_CGROUPS: 'yes' },
    });
  } catch (error) {
    await clean();
    return String(error);
  }
  return {
    lab,
    portcullis: (...args) =>
      lab.run('A', ['env', 'XDG_STATE_HOME=/run/state', process.execPath, '/lab/portcullis/portcullis.cjs', ...args]),
    [Symbol.asyncDispose]: async () => {
      await lab.close();
      await clean();
    },
  };
}

/** Wait until the web server at this address answers this computer: a container runs before what is in it listens. */
export async function answers(lab: Lab, address: string, port = 80): Promise<void> {
  const once = `busybox wget -q -O /dev/null http://${address}:${port}/`;
  await lab.must('A', ['sh', '-c', `for i in $(seq 200); do ${once} 2>/dev/null && exit; sleep 0.1; done; exit 1`]);
}

/** Docker's daemon on such a machine. */
export async function startDockerHost(): Promise<DockerHost | string> {
  const host = await startContainerHost('docker.io');
  if (typeof host === 'string') return host;
  const { lab } = host;
  let daemon: string | null = null;
  const restart = async (...options: readonly string[]): Promise<void> => {
    if (daemon !== null) await lab.stop(daemon);
    ({ name: daemon } = await lab.start('A', ['dockerd', ...options]));
    await lab.must('A', ['sh', '-c', READY]);
  };
  const close = async (): Promise<void> => {
    // Ended politely it would wait for every container; all of this machine goes away at once.
    if (daemon !== null) await lab.stop(daemon, 9);
    await host[Symbol.asyncDispose]();
  };
  try {
    await restart();
    await lab.must('A', ['sh', '-c', imageFor('docker import - lab/web:1')]);
  } catch (error) {
    const said = daemon === null ? '' : (await lab.stop(daemon)).stderr.split('\n').slice(-4).join(' ');
    daemon = null;
    await close();
    return `Docker does not run here: ${said || String(error)}`;
  }
  return {
    ...host,
    restart,
    docker: (...args) => lab.must('A', ['docker', ...args]),
    [Symbol.asyncDispose]: close,
  };
}
