/** The lab on a private Debian in which Docker's own daemon runs: real containers, real rules, no image is fetched. */
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundles, bundle } from './bundle.ts';
import { type Lab, type Ran, startLab } from './harness.ts';

const PACKAGES = 'docker.io busybox-static ufw iptables nftables iproute2 procps python3';
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface DockerHost extends AsyncDisposable {
  readonly lab: Lab;
  /** The product's program. */
  readonly portcullis: (...args: readonly string[]) => Promise<Ran>;
  readonly docker: (...args: readonly string[]) => Promise<string>;
  /** End the daemon and start it with other options. */
  readonly restart: (...options: readonly string[]) => Promise<void>;
}

const IMAGE = `set -e
mkdir -p /tmp/image/bin /tmp/image/www
cp /bin/busybox /tmp/image/bin/
for name in sh httpd nc sleep cat; do ln -sf busybox /tmp/image/bin/$name; done
echo hello >/tmp/image/www/index.html
tar -C /tmp/image -c . | docker import - lab/web:1`;

const READY = 'for i in $(seq 150); do docker info >/dev/null 2>&1 && exit; sleep 0.2; done; exit 1';

/** Start it. A string says why it cannot run here. */
export async function startDockerHost(): Promise<DockerHost | string> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-docker-'));
  for (const name of ['lab.sh', 'worker.py', 'prober.py', 'ufw_batch.py'])
    await copyFile(here(name), join(folder, name));
  const bundles: Bundles = await bundle();
  await cp(join(bundles.folder, 'portcullis'), join(folder, 'portcullis'), { recursive: true });
  const clean = async (): Promise<void> => {
    await bundles[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  let lab: Lab;
  try {
    lab = await startLab({
      argv: [here('full-host.sh'), folder, PACKAGES, '/lab/lab.sh', '/usr/bin/python3', '/lab/worker.py'],
      env: { FULL_HOST_CGROUPS: 'yes' },
    });
  } catch (error) {
    await clean();
    return String(error);
  }
  let daemon: string | null = null;
  const restart = async (...options: readonly string[]): Promise<void> => {
    if (daemon !== null) await lab.stop(daemon);
    ({ name: daemon } = await lab.start('A', ['dockerd', ...options]));
    await lab.must('A', ['sh', '-c', READY]);
  };
  const close = async (): Promise<void> => {
    // Ended politely it would wait for every container; all of this machine goes away at once.
    if (daemon !== null) await lab.stop(daemon, 9);
    await lab.close();
    await clean();
  };
  try {
    await restart();
    await lab.must('A', ['sh', '-c', IMAGE]);
  } catch (error) {
    const said = daemon === null ? '' : (await lab.stop(daemon)).stderr.split('\n').slice(-4).join(' ');
    daemon = null;
    await close();
    return `Docker does not run here: ${said || String(error)}`;
  }
  return {
    lab,
    restart,
    portcullis: (...args) =>
      lab.run('A', ['env', 'XDG_STATE_HOME=/run/state', process.execPath, '/lab/portcullis/portcullis.cjs', ...args]),
    docker: (...args) => lab.must('A', ['docker', ...args]),
    [Symbol.asyncDispose]: close,
  };
}
