/** Fields that more than one part of an order has. */
import { z } from 'zod';

export const family = z.union([z.literal(4), z.literal(6)]);
export const protocol = z.enum(['tcp', 'udp']);
export const port = z.number().int().min(1).max(65535);

/** One line of text in which nothing steers. */
export const line = (limit: number) =>
  z
    .string()
    .max(limit)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
