/** A window that nobody sees draws nothing: it is waited for no longer than this. Milliseconds. */
const LONGEST = 250;

/** Once the page shows what it was just given. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LONGEST);
    // The next frame begins when this one is on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
