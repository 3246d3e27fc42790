/**
 * Checking the shape of what programs printed as JSON. A few of zod's words, written out: readers run at the start of
 * every scan, and loading zod for them would take longer than all of their reading.
 */

export interface Shape<T> {
  /** The value with the fields that the shape names, or why there is none. Never throws. */
  readonly safeParse: (value: unknown) => { readonly success: true; readonly data: T } | { readonly success: false };
  /** May the field be absent? */
  readonly optional?: true;
}

export type Output<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends { readonly optional: true } ? K : never }[keyof F];
type ObjectOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Output<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: Output<F[K]>;
};
export type ObjectShape<F extends Fields> = Shape<ObjectOf<F>> & { readonly fields: F };

const NO = { success: false } as const;

const where = <T>(test: (value: unknown) => value is T): Shape<T> => ({
  safeParse: (value) => (test(value) ? { success: true, data: value } : NO),
});

export const string = where((value): value is string => typeof value === 'string');
export const filled = where((value): value is string => typeof value === 'string' && value !== '');
export const boolean = where((value): value is boolean => typeof value === 'boolean');
export const number = where((value): value is number => typeof value === 'number' && Number.isFinite(value));
export const unknown = where((value): value is unknown => value !== undefined);

export const int = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Shape<number> =>
  where((value): value is number => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most);

export const oneOf = <const W extends string>(...words: readonly W[]): Shape<W> =>
  where((value): value is W => words.some((word) => word === value));

export const nullable = <T>(shape: Shape<T>): Shape<T | null> => ({
  safeParse: (value) => (value === null ? { success: true, data: null } : shape.safeParse(value)),
});

/** For fields of an object: absent is well, any other value must fit. */
export const optional = <T>(shape: Shape<T>): Shape<T> & { readonly optional: true } => ({ ...shape, optional: true });

export const array = <T>(shape: Shape<T>): Shape<readonly T[]> => ({
  safeParse: (value) => {
    if (!Array.isArray(value)) return NO;
    const data: T[] = [];
    for (const item of value) {
      const parsed = shape.safeParse(item);
      if (!parsed.success) return NO;
      data.push(parsed.data);
    }
    return { success: true, data };
  },
});

export const object = <const F extends Fields>(fields: F): ObjectShape<F> => {
  const shapes = Object.entries(fields);
  const safeParse: Shape<ObjectOf<F>>['safeParse'] = (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NO;
    const data: Record<string, unknown> = {};
    for (const [name, shape] of shapes) {
      const field = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
      if (field === undefined && shape.optional === true) continue;
      const parsed = shape.safeParse(field);
      if (!parsed.success) return NO;
      data[name] = parsed.data;
    }
    return { success: true, data: data as ObjectOf<F> };
  };
  return { fields, safeParse };
};

/** The first shape that fits. */
export const either = <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> => ({
  safeParse: (value) => {
    const parsed = first.safeParse(value);
    return parsed.success ? parsed : second.safeParse(value);
  },
});
