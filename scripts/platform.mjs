/**
 * Which groups of tests need the system that they are about. On every other one they are left out, each with a line that
 * says so; all else runs everywhere.
 */

/** Files of the fast tests, and what they need. The lab and the window's tests need Linux as a whole (test.mjs). */
const GROUPS = [
  {
    needs: ['linux'],
    what: 'gathering in a private namespace, by programs of Linux',
    files: ['test/main/gather/{namespace,owners,together}.test.ts', 'test/main/cli/watch.test.ts'],
  },
  {
    needs: ['linux', 'darwin'],
    what: 'programs of a shell, and the modes and owners of files',
    files: [
      'test/main/apply/{elevate,unasked,trust,journal,answers}.test.ts',
      'test/main/gather/run.test.ts',
      'test/main/{files,settings}.test.ts',
      'test/main/advisor/{readings,plans,changes,documents}.test.ts',
      'test/main/faces/{pipe,bridge}.test.ts',
      'test/main/cli/program.test.ts',
    ],
  },
  {
    needs: ['linux'],
    what: 'units of systemd, packages of Debian and the programs in them',
    files: [
      'test/main/apply/recover-unit.test.ts',
      'test/rules/{package,launcher}.test.ts',
      'test/main/cli/quick{,-surroundings,-machine}.test.ts',
    ],
  },
];

/** Groups that cannot run on a platform (`process.platform`). */
export const leftOut = (platform) => GROUPS.filter(({ needs }) => !needs.includes(platform));

/** All of them, for the test that none names what is not there. */
export const groups = GROUPS;
