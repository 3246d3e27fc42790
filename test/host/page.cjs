/** The text that runs in a page before its own scripts: the application's preload with as much of Electron as it uses. */
'use strict';

/** @param preload the preload bundle's text */
module.exports = (preload) => `(() => {
  const call = globalThis.__standIn;
  delete globalThis.__standIn;
  if (globalThis !== globalThis.top) return;
  const listeners = new Map();
  const of = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  const ipcRenderer = {
    invoke: async (channel, ...args) => {
      const { value, error } = await call({ channel, args });
      if (error !== undefined) throw new Error(error);
      return value;
    },
    on: (channel, listener) => { of(channel).add(listener); return ipcRenderer; },
    off: (channel, listener) => { of(channel).delete(listener); return ipcRenderer; },
  };
  Object.defineProperty(globalThis, '__standInDeliver', {
    value: (channel, args) => { for (const listener of of(channel)) listener({}, ...args); },
  });
  // What crosses the bridge is copied and frozen, as by the true contextBridge.
  const carried = (value) => {
    if (typeof value === 'function') {
      return (...args) => {
        const result = value(...args.map((arg) => (typeof arg === 'function' ? arg : structuredClone(arg))));
        return result instanceof Promise ? result.then(carried) : carried(result);
      };
    }
    if (value === null || typeof value !== 'object') return value;
    const copy = Array.isArray(value) ? value.map(carried) : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, carried(one)]));
    return Object.freeze(copy);
  };
  const contextBridge = {
    exposeInMainWorld: (key, api) => Object.defineProperty(globalThis, key, { value: carried(api), enumerable: true }),
  };
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error('a sandboxed preload has no module ' + name);
  };
  const module = { exports: {} };
  const exports = module.exports;
  ${preload}
})()`;
