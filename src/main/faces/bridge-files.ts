/** The files of the built page, and no others: the list is made once, so no address can name a file outside it. */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PAGE_HEADERS } from './bridge.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A file by the path of its address (`/`, `/assets/index.js`); null where the page has no such file. */
export type PageFiles = (pathname: string) => PageFile | null;

/**
 * All of them are read now: it is little, nobody waits for the disk later, and a page that is open stays whole while its
 * files are exchanged for those of another version.
 *
 * @param folder the built renderer, absolute
 */
export function pageFiles(folder: string): PageFiles {
  const files = new Map(
    list(folder, '').flatMap((path): readonly (readonly [string, PageFile])[] => {
      const type = TYPES[extname(path)];
      if (type === undefined) return [];
      const headers = { ...PAGE_HEADERS, 'content-type': type };
      const file = { headers, body: readFileSync(join(folder, path)) };
      return [[`/${path}`, file], ...(path === 'index.html' ? ([['/', file]] as const) : [])];
    }),
  );
  return (pathname) => files.get(pathname) ?? null;
}

function list(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? list(folder, path) : [path];
  });
}
