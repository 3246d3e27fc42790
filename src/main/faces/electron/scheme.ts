/** `app://portcullis`: the built page and nothing else, each file under the one policy. */
import { join } from 'node:path';
import { protocol } from 'electron';
import { PAGE_HEADERS } from '../bridge.ts';
import { pageFiles } from '../bridge-files.ts';

const SCHEME = 'app';
export const ORIGIN = 'app://portcullis';
export const PAGE_ADDRESS = `${ORIGIN}/`;

/** Is this address the application's own page or one of its files? */
export const isOurs = (url: string): boolean => url.startsWith(PAGE_ADDRESS);

/** Before the application is ready: make the scheme a standard, secure one, so that it has an origin of its own. */
export function claimScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Once the application is ready: answer for the page's files. */
export function servePage(): void {
  const files = pageFiles(join(import.meta.dirname, '..', 'renderer'));
  protocol.handle(SCHEME, (request) => {
    const file = isOurs(request.url) && request.method === 'GET' ? files(new URL(request.url).pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(file.body), { headers: file.headers });
  });
}
