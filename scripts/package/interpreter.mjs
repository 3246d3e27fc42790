/** The interpreter that goes into a package: the running Node's own program, if it can run alone. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Libraries that every Debian has, with the package that brings each where it is not libc6. */
const KNOWN = /^(linux-vdso|linux-gate|ld-linux[\w-]*|libc|libdl|libm|libpthread|librt)\.so[.\d]*$/;
const PACKAGES = { 'libstdc++.so.6': 'libstdc++6', 'libgcc_s.so.1': 'libgcc-s1', 'libatomic.so.1': 'libatomic1' };

/** libstdc++6 by the newest of its symbols' versions. Source: GCC's list of ABI versions, GLIBCXX_3.4.x. */
const LIBSTDCXX = { 21: 5, 22: 6, 24: 7, 25: 8, 28: 9, 29: 11, 30: 12, 32: 13 };

const newest = (text, pattern) => Math.max(0, ...[...text.matchAll(pattern)].map(([, number]) => Number(number)));

/** What a Node program loads when it starts, and nothing that it is told to load later. */
function librariesOf(program) {
  const print = 'JSON.stringify(process.report.getReport().sharedObjects)';
  return JSON.parse(execFileSync(program, ['-p', print], { encoding: 'utf8', env: {} }));
}

/** The Debian dependencies of a Node program. Throws where it needs what a package could not bring. */
export function interpreterDepends(program, libraries = librariesOf(program)) {
  const names = libraries.map((path) => basename(path));
  const strange = names.filter((name) => !KNOWN.test(name) && !(name in PACKAGES));
  if (strange.length > 0) {
    throw new Error(
      `This Node needs ${strange.join(', ')}, which a package of ours cannot bring. Make it with the Node of nodejs.org.`,
    );
  }
  const text = readFileSync(program, 'latin1');
  const glibcxx = newest(text, /\bGLIBCXX_3\.4\.(\d+)\b/g);
  const gcc = Object.entries(LIBSTDCXX).find(([number]) => Number(number) >= glibcxx)?.[1] ?? 14;
  const needs = { libc6: `(>= 2.${newest(text, /\bGLIBC_2\.(\d+)\b/g)})`, 'libstdc++6': `(>= ${gcc})` };
  const packages = [
    'libc6',
    ...Object.entries(PACKAGES).flatMap(([name, brings]) => (names.includes(name) ? brings : [])),
  ];
  return packages.map((name) => (name in needs ? `${name} ${needs[name]}` : name));
}
