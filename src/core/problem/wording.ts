/** How a language words problems: for each kind a function, so that the compiler demands every one. */

/** What happened, and what to do next: one sentence each. */
export type ProblemText = readonly [message: string, hint: string];

/** `Around`: what else a language needs to know. */
export type Wording<Means extends { readonly kind: string }, Around extends readonly unknown[] = []> = {
  readonly [Kind in Means['kind']]: (means: Means & { readonly kind: Kind }, ...around: Around) => ProblemText;
};
