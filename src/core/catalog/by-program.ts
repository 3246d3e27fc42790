/**
 * How a service that many programs offer is made to listen on this computer only, where it is known which of them listens:
 * commands and settings, the same in every language. Sources: nginx, "listen"; Apache httpd, "Listen"; Caddy, Caddyfile
 * directive "bind"; lighttpd, "server.bind"; HAProxy, "bind"; Python, http.server; Uvicorn, Settings; Gunicorn, Settings, "bind";
 * Hypercorn, Configuring; Daphne, README; http-server, README.
 */
import type { Owner, Service } from '../model.ts';
import { plainName } from './programs.ts';

/** By the id of the service: what stands as a program or in its command line, and what is said then. */
const SAID: Readonly<Record<string, readonly (readonly [word: string, text: string])[]>> = {
  'web-server': [
    ['nginx', 'nginx: listen 127.0.0.1:80'],
    ['apache2', 'Apache: Listen 127.0.0.1:80'],
    ['httpd', 'Apache: Listen 127.0.0.1:80'],
    ['caddy', 'Caddyfile: bind 127.0.0.1'],
    ['lighttpd', 'lighttpd: server.bind = "127.0.0.1"'],
    ['haproxy', 'HAProxy: bind 127.0.0.1:80'],
  ],
  'dev-server': [
    ['http.server', 'python3 -m http.server --bind 127.0.0.1'],
    ['uvicorn', 'uvicorn --host 127.0.0.1'],
    ['gunicorn', 'gunicorn --bind 127.0.0.1:8000'],
    ['hypercorn', 'hypercorn --bind 127.0.0.1:8000'],
    ['daphne', 'daphne -b 127.0.0.1'],
    ['http-server', 'http-server -a 127.0.0.1'],
  ],
};

const TEXTS: ReadonlySet<string> = new Set(Object.values(SAID).flatMap((all) => all.map(([, text]) => text)));

/** It is said of one program alone, and the same in every language. */
export const isByProgram = (bindLocal: string): boolean => TEXTS.has(bindLocal);

/** `As administrator: netsh …`, in whatever language. */
const AS_ADMINISTRATOR = /^\p{Lu}[\p{L} ]+: ((?:netsh|\p{Lu}[a-z]+-\p{Lu}\w+) [^,]+)$/u;

/** What the text names to be typed or written into a file, as it stands in it. */
export function localCommands(bindLocal: string): readonly string[] {
  if (isByProgram(bindLocal)) return [bindLocal];
  const command = AS_ADMINISTRATOR.exec(bindLocal)?.[1];
  return command === undefined ? [] : [command];
}

/** The service as this program offers it. */
export function asOffered(service: Service, { program, path, commandLine }: Owner): Service {
  const all = Object.hasOwn(SAID, service.id) ? (SAID[service.id] ?? []) : [];
  if (all.length === 0) return service;
  const names = [program, path].map((name) => (name === null ? null : plainName(name)));
  const words = (commandLine ?? '').split(/[\s"\0]+/).map((word) => word.replace(/^.*[/\\]|\.(?:exe|m?js|py)$/gi, ''));
  const found = all.find(([word]) => names.includes(word) || words.includes(word));
  return found === undefined ? service : { ...service, bindLocal: found[1] };
}
