/** What the tests use of the script beside this file. */
import type { Plugin } from 'vite';

export function buildRenderer(outDir: string, more?: readonly Plugin[]): Promise<unknown>;
