/** The files of the built page, and no others: the list is made once, so no address can name a file outside it. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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

/** Read a file by the path of its address (`/`, `/assets/index.js`); null where the page has no such file. */
export type PageFiles = (pathname: string) => Promise<PageFile | null>;

/** @param folder the built renderer, absolute */
export function pageFiles(folder: string): PageFiles {
  const files = new Map(list(folder, '').map((path) => [`/${path}`, join(folder, path)]));
  return async (pathname) => {
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = files.get(path);
    const type = TYPES[extname(path)];
    if (file === undefined || type === undefined) return null;
    return { headers: { ...PAGE_HEADERS, 'content-type': type }, body: await readFile(file) };
  };
}

function list(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? list(folder, path) : [path];
  });
}
