/** Milliseconds since it was made. Node's `performance` would be loaded for this alone, at every start. */
export function stopwatch(): () => number {
  const start = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - start) / 1e6;
}
