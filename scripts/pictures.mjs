/** Taking pictures of the page: it is built, and one Playwright project takes them. */
import { root, runTask, tool } from './tasks.mjs';

export async function takePictures(project, { args = [], env = {} } = {}) {
  const steps = [
    ['build', [process.execPath, `${root}/scripts/build.mjs`, 'renderer']],
    [project, tool('playwright', 'test', `--project=${project}`, ...args)],
  ];
  for (const [name, argv] of steps) {
    const { ok } = await runTask(name, argv, { live: true, env: { PICTURES: '1', ...env } });
    if (!ok) return false;
  }
  return true;
}
