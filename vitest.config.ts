import { defineConfig } from 'vitest/config';
import { leftOut } from './scripts/platform.mjs';

/** `npm run check` prints a line for each. */
const elsewhere = leftOut(process.platform).flatMap(({ files }) => files);

/**
 * What these put into the kernel is seen from every network namespace: a machine of another file would be told of it too,
 * and could no longer tell who is let in there.
 */
const SEEN_BY_ALL = ['test/lab/outside.test.ts'];

const setupFiles = process.env['TEST_TIMES'] === undefined ? [] : ['test/random.ts'];

// `fast` and `program` are part of `npm run check`; `lab` and the window's tests need programs of the system and are run
// by `npm test`.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          setupFiles,
          include: ['test/{core,main,renderer,rules}/**/*.test.{ts,tsx}'],
          exclude: ['test/main/cli/**', ...elsewhere],
          environment: 'node',
          // Nearly all of it is pure: what is loaded once serves all files of a worker, which halves the time.
          isolate: false,
          // How long a property takes says how fast the machine is, not whether it holds.
          testTimeout: 60_000,
        },
      },
      {
        // These run the built program, which is built first.
        test: {
          name: 'program',
          setupFiles,
          include: ['test/main/cli/**/*.test.ts'],
          exclude: elsewhere,
          environment: 'node',
          globalSetup: ['test/main/cli/build.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          exclude: SEEN_BY_ALL,
          environment: 'node',
          testTimeout: 900_000,
          hookTimeout: 120_000,
          // Each file has machines of its own; much of their time they wait for packets.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'lab-alone',
          include: SEEN_BY_ALL,
          environment: 'node',
          testTimeout: 900_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          // After the others, when nobody else reads this kernel.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
