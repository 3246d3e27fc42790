/** Ports as people name them, by number and protocol, whoever listens there. */
import type { Target } from '../model.ts';

/** The same text, the same port. */
export const targetKey = ({ protocol, port }: Target): string => `${protocol}/${port}`;

/** The ports of these, each once, and nothing else of them. */
export const targetsOnce = (ends: readonly Target[]): Target[] => [
  ...new Map(ends.map(({ protocol, port }) => [targetKey({ protocol, port }), { protocol, port }])).values(),
];

/** The same by their numbers, TCP before UDP. */
export const targetsInOrder = (ends: readonly Target[]): readonly Target[] =>
  targetsOnce([...ends].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)));
