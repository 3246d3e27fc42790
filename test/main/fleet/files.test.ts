/** Which files are looked at, and what becomes of those that are damaged, large, packed, or no files. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { nameAfter, unitsIn } from '../../../src/main/fleet/files.ts';
import { machinesIn, snapshotsIn } from '../../../src/main/fleet/read.ts';
import { LINUX, snapshotLog } from '../../core/osquery/logs.ts';
import { share } from '../../share.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const on = readFileSync(join(import.meta.dirname, '../cli/snapshots/on.json'), 'utf8');
const put = (path: string, content: string | Buffer): string => {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
};
const unit = (file: string) => ({ from: file, files: [file], named: false });
const KEPT: ReadonlySet<string> = new Set();

describe('a folder', () => {
  test('is looked through with those below it, in order, each file once, no links to folders, tables together', async () => {
    for (const path of [
      'b.json',
      'a/z.json.gz',
      'a/deep/y.JSON',
      'a/osqueryd.results.log',
      'a/osqueryd.snapshots.log.gz',
      'a/other.log',
      'a/x.txt',
      'a/host-1.osqueryd.results.log',
    ])
      put(`tree/${path}`, '');
    for (const table of ['listening_ports', 'processes', 'something']) put(`tree/tables/${table}.json`, '[]');
    symlinkSync(join(folder, 'tree'), join(folder, 'tree', 'a', 'loop'));
    const top = join(folder, 'tree');
    const units = await unitsIn([top, join(top, 'b.json'), join(top, '..', 'tree', 'b.json')]);
    const below = (path: string): string => relative(top, path).split(sep).join('/');
    expect(units.map(({ from, files, named }) => [below(from), files.length, named])).toEqual([
      ['a/deep/y.JSON', 1, false],
      ['a/host-1.osqueryd.results.log', 1, false],
      ['a/loop', 0, false],
      ['a/osqueryd.results.log', 1, false],
      ['a/osqueryd.snapshots.log.gz', 1, false],
      ['a/z.json.gz', 1, false],
      ['b.json', 1, false],
      ['tables', 2, false],
      ['tables/something.json', 1, false],
    ]);
  });

  test('that is not looked into is told of: a link to one, and one that lies too deep', async () => {
    const deep = Array.from({ length: 33 }, (_, at) => `d${at}`).join('/');
    put(`away/${deep}/x.json`, on);
    put('elsewhere/y.json', on);
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'away', 'link'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'away', 'broken'));
    const told = await Promise.all((await unitsIn([join(folder, 'away')])).map((one) => machinesIn(one, KEPT)));
    expect(told.flatMap(({ machines }) => machines)).toEqual([]);
    expect(told.flatMap(({ unread }) => unread)).toEqual([
      {
        from: join(folder, 'away', deep),
        why: 'it is a folder in more than 32 others, and what is in it was not read',
      },
      { from: join(folder, 'away', 'link'), why: 'it is a link to a folder, and what is in it was not read' },
    ]);
  });

  test('that is not there is an error of the system', async () => {
    await expect(unitsIn([join(folder, 'none')])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test.each([
    ['/x/host-7.json', 'host-7'],
    ['/x/host-7.json.gz', 'host-7'],
    ['/x/osqueryd.results.log', 'osqueryd.results'],
    ['/x/desk/.json', 'desk'],
  ])('a machine without a name is called after %s', (from, name) => {
    expect(nameAfter({ from, files: [from], named: true })).toBe(name);
  });
});

describe('a file', () => {
  const why = async (file: string, largest?: number): Promise<string | undefined> => {
    const { machines, unread } = await machinesIn(unit(file), KEPT, largest);
    expect(machines).toEqual([]);
    return unread[0]?.why;
  };

  test('that is a snapshot is one machine, packed or not, in whatever order its fields are', async () => {
    const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(on) as object).reverse()));
    const files = [put('on.json', on), put('on.json.gz', gzipSync(on)), put('turned.json', turned)];
    const [first, ...others] = await Promise.all(
      files.map(async (file) => (await machinesIn(unit(file), KEPT)).machines),
    );
    expect(first).toMatchObject([{ name: { host: 'laptop', from: files[0] }, complete: true }]);
    for (const other of others) expect(other?.[0]?.ports).toEqual(first?.[0]?.ports);
  });

  test('of which the port is kept here gets no advice to close it', async () => {
    const advised = async (kept: ReadonlySet<string>): Promise<boolean | undefined> =>
      (await machinesIn(unit(put('on.json', on)), kept)).machines[0]?.ports.find(({ port }) => port === 3000)?.advised;
    expect([await advised(KEPT), await advised(new Set(['tcp/3000']))]).toEqual([true, false]);
  });

  test('that gives nothing says why', async () => {
    expect(await why(join(folder, 'nowhere.json'))).toBe('it is not there');
    expect(await why(folder)).toBe('it is a folder');
    expect(await why(put('empty.json', ''))).toBe('it is not JSON, or only a part of it');
    expect(await why(put('half.json', on.slice(0, 9000)))).toBe('it is not JSON, or only a part of it');
    expect(await why(put('else.json', '{"a":1}'))).toMatch(/^it is not a snapshot that this version can read \(schema/);
    expect(await why(put('bad.json.gz', gzipSync(on).subarray(0, 500)))).toBe('it is packed, and damaged');
    const large = put('large.json', '');
    truncateSync(large, 300 * 1024 * 1024);
    expect(await why(large)).toBe('it is larger than any snapshot');
    expect(await why(put('bomb.json.gz', gzipSync(Buffer.alloc(1 << 20))), 1 << 16)).toBe(
      'unpacked it is larger than any snapshot',
    );
    expect(await why('/dev/zero')).toBe('it is not a file');
  });

  test('of osquery tells its machines, and what of it was none of osquery’s', async () => {
    const file = put('osqueryd.results.log', `${snapshotLog('a', LINUX)}half a line`);
    const { found, unread } = await snapshotsIn(unit(file));
    expect(found.map(({ snapshot: { host } }) => host)).toEqual(['a']);
    expect(unread).toEqual([{ from: file, why: '1 of its lines are not osquery’s, or only a part of one' }]);
  });

  test('never throws, whatever is in it', async () => {
    const file = join(folder, 'any.json');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(text)),
          fc
            .tuple(fc.nat(on.length), fc.nat(on.length), fc.string({ maxLength: 5 }))
            .map(([from, length, text]) => Buffer.from(on.slice(0, from) + text + on.slice(from + (length % 40)))),
        ),
        async (bytes) => {
          writeFileSync(file, bytes);
          const { machines, unread } = await machinesIn(unit(file), KEPT);
          expect(machines.length + unread.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: share(150) },
    );
  });
});
