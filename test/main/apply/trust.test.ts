/** Who could change what is about to run as root: each of these would hand root to somebody. */
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { checkTrust, type Look } from '../../../src/main/apply/trust.ts';

type Entry = readonly [uid: number, gid: number, mode: number, link?: string];

const ME = 1000;
/** synthetic */
const base: Readonly<Record<string, Entry>> = {
  '/': [0, 0, 0o40755],
  '/usr': [0, 0, 0o40755],
  '/usr/bin': [0, 0, 0o40755],
  '/usr/bin/node': [0, 0, 0o100755],
  '/usr/lib': [0, 0, 0o40755],
  '/usr/lib/app': [0, 0, 0o40755],
  '/usr/lib/app/helper.cjs': [0, 0, 0o100644],
  '/usr/lib/app/part.cjs': [0, 0, 0o100644],
  '/home': [0, 0, 0o40755],
  '/home/me': [ME, ME, 0o40755],
  '/home/me/out': [ME, ME, 0o40775],
  '/home/me/out/helper.cjs': [ME, ME, 0o100664],
  '/tmp': [0, 0, 0o41777],
  '/tmp/helper.cjs': [0, 0, 0o100644],
};

const look = (
  more: Readonly<Record<string, Entry>> = {},
  groups = 'me:x:1000:\nstaff:x:50:\nteam:x:60:you\n',
): Look => {
  const all = { ...base, ...more };
  const entry = (path: string): Entry => {
    const found = all[path];
    if (found === undefined) throw new Error(`ENOENT ${path}`);
    return found;
  };
  return {
    stat: (path) => {
      const [uid, gid, mode] = entry(path);
      return { uid, gid, mode };
    },
    real: (path) => entry(path)[3] ?? path,
    list: (folder) =>
      Object.keys(all).flatMap((path) => {
        const rest = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '/';
        return rest.includes('/') ? [] : [rest];
      }),
    read: (path) => (path === '/etc/group' ? groups : 'root:x:0:0::/:\nme:x:1000:1000::/:\nyou:x:1001:1001::/:\n'),
  };
};

const installed = { program: '/usr/bin/node', args: ['/usr/lib/app/helper.cjs'], env: {}, fromCheckout: false };
const checkout = { ...installed, args: ['/home/me/out/helper.cjs'], fromCheckout: true };

const refusal = (command: typeof installed, given: Look): string => {
  try {
    checkTrust(command, ME, given);
  } catch (error) {
    if (error instanceof ProblemError) return inEnglish(error).message;
    throw error;
  }
  return '';
};

describe('trust', () => {
  test('root’s own is run in silence', () => expect(checkTrust(installed, ME, look())).toBeNull());

  test.each<readonly [string, Readonly<Record<string, Entry>>, string]>([
    ['the helper is somebody’s', { '/usr/lib/app/helper.cjs': [1001, 0, 0o100644] }, '/usr/lib/app/helper.cjs'],
    ['the helper is one’s own', { '/usr/lib/app/helper.cjs': [ME, 0, 0o100644] }, '/usr/lib/app/helper.cjs'],
    ['everybody may write it', { '/usr/lib/app/helper.cjs': [0, 0, 0o100646] }, '/usr/lib/app/helper.cjs'],
    ['everybody may write beside it', { '/usr/lib/app': [0, 0, 0o40757] }, '/usr/lib/app'],
    ['a part beside it is somebody’s', { '/usr/lib/app/part.cjs': [1001, 0, 0o100644] }, '/usr/lib/app/part.cjs'],
    ['a folder above it is somebody’s', { '/usr/lib': [1001, 0, 0o40755] }, '/usr/lib'],
    ['a group with members may write it', { '/usr/lib/app': [0, 60, 0o40775] }, '/usr/lib/app'],
    ['the runtime is somebody’s', { '/usr/bin/node': [1001, 0, 0o100755] }, '/usr/bin/node'],
    [
      'the runtime is a link to somebody’s',
      {
        '/usr/bin/node': [0, 0, 0o120777, '/home/you/node'],
        '/home/you': [1001, 0, 0o40755],
        '/home/you/node': [1001, 0, 0o100755],
      },
      '/home/you/node',
    ],
  ])('refused: %s', (_, more, path) => {
    expect(refusal(installed, look(more))).toMatch(
      new RegExp(`^${path} can be changed by .* so it is not run as root`),
    );
  });

  test('a group that nobody is in, and a sticky folder, are no danger', () => {
    expect(checkTrust(installed, ME, look({ '/usr': [0, 50, 0o42775] }))).toBeNull();
    expect(checkTrust({ ...installed, args: ['/tmp/helper.cjs'] }, ME, look())).toBeNull();
    expect(
      refusal({ ...installed, args: ['/tmp/helper.cjs'] }, look({ '/tmp/other.cjs': [1001, 0, 0o100644] })),
    ).toContain('/tmp/other.cjs');
  });

  test('a checkout of one’s own is run, and that is said; another’s hand in it is not', () => {
    expect(checkTrust(checkout, ME, look())).toContain('started from a checkout');
    expect(refusal({ ...checkout, fromCheckout: false }, look())).toContain('by an ordinary user');
    expect(refusal(checkout, look({ '/home/me': [ME, 60, 0o40775] }))).toContain('by another user');
    expect(refusal(checkout, look({ '/home/me/out/helper.cjs': [1001, 0, 0o100644] }))).toContain('by another user');
    expect(refusal(checkout, look({}, 'me:x:1000:you\n'))).toContain('by another user');
  });
});
