/** Fields of a plan by their paths: picking one, reading it, and a copy of the plan with another value there. */
import type { Random } from '../generate/random.ts';
import type { Order } from './bases.ts';

export type Path = readonly (string | number)[];

/** What decides is attacked more often than what only tells. */
const WEIGHT: Readonly<Record<string, number>> = {
  steps: 8,
  undo: 2,
  choice: 6,
  effects: 0.7,
  warnings: 0.05,
  createdAt: 0.1,
  simple: 0.1,
};

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

/** What the helper makes anew, or only shows: a change there mostly leaves a right plan, which takes long to carry out. */
const isTold = (path: Path): boolean =>
  path.includes('says') || path.includes('disable') || (path[0] === 'effects' && !path.includes('after'));

/** A path to any value below a field of the plan. */
export function anyPath(order: Order, random: Random): Path {
  const field = random.weighted(Object.keys(order).map((key) => [key, WEIGHT[key] ?? 1] as const));
  const path = random.pick(pathsOf(order[field], [field]));
  return isTold(path) && random.chance(0.9) ? anyPath(order, random) : path;
}

/** Every path whose last word fits. */
export const pathsTo = (order: Order, fits: (key: string | number) => boolean): readonly Path[] =>
  pathsOf(order).filter((path) => path.length > 0 && fits(path.at(-1) ?? ''));

export function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);
}

/** `undefined` takes the field away. */
export function put<T>(value: T, path: Path, wanted: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return wanted as T;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>;
  const next = put(copy[key], rest, wanted);
  if (next === undefined && Array.isArray(copy)) copy.splice(Number(key), 1);
  else if (next === undefined) delete copy[key];
  else Object.defineProperty(copy, key, { value: next, enumerable: true, configurable: true, writable: true });
  return copy as T;
}
