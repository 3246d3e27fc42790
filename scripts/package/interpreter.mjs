/** The interpreters that go into a package: the running Node's own program, and the quick program, if they can run alone. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Libraries that every Debian has, with the package that brings each where it is not libc6. */
const KNOWN = /^(linux-vdso|linux-gate|ld-linux[\w-]*|libc|libdl|libm|libpthread|librt)\.so[.\d]*$/;
const PACKAGES = { 'libstdc++.so.6': 'libstdc++6', 'libgcc_s.so.1': 'libgcc-s1', 'libatomic.so.1': 'libatomic1' };

/** libstdc++6 by the newest of its symbols' versions. Source: GCC's list of ABI versions, GLIBCXX_3.4.x. */
const LIBSTDCXX = { 21: 5, 22: 6, 24: 7, 25: 8, 28: 9, 29: 11, 30: 12, 32: 13 };

/** What a program loads when it starts, and nothing that it is told to load later. Source: ldd(1). */
function librariesOf(program) {
  const printed = execFileSync('ldd', [program], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
  return printed.split('\n').flatMap((line) => line.trim().split(' ', 1)[0] || []);
}

/** The Debian dependencies of programs. Throws where they need what a package could not bring. */
export function interpretersDepend(programs, libraries = programs.flatMap(librariesOf)) {
  const names = libraries.map((path) => basename(path));
  const strange = names.filter((name) => !KNOWN.test(name) && !(name in PACKAGES));
  if (strange.length > 0) {
    throw new Error(
      `This Node needs ${strange.join(', ')}, which a package of ours cannot bring. Make it with the Node of nodejs.org.`,
    );
  }
  const texts = programs.map((program) => readFileSync(program, 'latin1'));
  const newest = (pattern) =>
    Math.max(0, ...texts.flatMap((text) => [...text.matchAll(pattern)].map(([, number]) => Number(number))));
  const glibcxx = newest(/\bGLIBCXX_3\.4\.(\d+)\b/g);
  const gcc = Object.entries(LIBSTDCXX).find(([number]) => Number(number) >= glibcxx)?.[1] ?? 14;
  const needs = { libc6: `(>= 2.${newest(/\bGLIBC_2\.(\d+)\b/g)})`, 'libstdc++6': `(>= ${gcc})` };
  const packages = [
    'libc6',
    ...Object.entries(PACKAGES).flatMap(([name, brings]) => (names.includes(name) ? brings : [])),
  ];
  return packages.map((name) => (name in needs ? `${name} ${needs[name]}` : name));
}
