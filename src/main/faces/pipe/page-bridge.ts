/**
 * The page's side of the pipe: runs in every new document before any script of the page is handed out, takes the binding
 * away from sight and leaves the frozen `Bridge` in its place. Plain JavaScript in a string, because the browser is given
 * text.
 */

/** The binding that carries the page's messages out. Gone before the page's own scripts run. */
export const BINDING = '__portcullisSend';
/** Takes replies, progress and news into the page. Useless to anybody inside it: it only resolves what was asked. */
export const DELIVER = '__portcullisDeliver';

export const PAGE_BRIDGE = `(() => {
  const send = globalThis.${BINDING};
  delete globalThis.${BINDING};
  if (typeof send !== 'function' || globalThis !== globalThis.top) return;
  const waiting = new Map();
  const heard = { progress: new Set(), news: new Set() };
  let last = 0;
  const deliver = (kind, id, value) => {
    if (kind !== 'reply') {
      for (const listener of heard[kind]) listener(value);
      return;
    }
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(value);
  };
  const hear = (kind) => (listener) => {
    heard[kind].add(listener);
    return () => {
      heard[kind].delete(listener);
    };
  };
  const bridge = {
    call: (name, input) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        send(JSON.stringify({ id: last, name, input }));
      }),
    onProgress: hear('progress'),
    onNews: hear('news'),
  };
  Object.defineProperty(globalThis, '${DELIVER}', { value: deliver });
  Object.defineProperty(globalThis, 'portcullis', { value: Object.freeze(bridge), enumerable: true });
})()`;
