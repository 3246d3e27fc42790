/**
 * What the page gets: one frozen object, the `Bridge` of the contract, and nothing else of Electron or Node.
 * Which calls exist and what they take is decided where they are answered, so nothing of the list is repeated here.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, CallName, Input, Outputs, Reply } from '../../../core/api.ts';
import { CALL_CHANNEL, NEWS_CHANNEL, PROGRESS_CHANNEL } from './channels.ts';

const bridge: Bridge = {
  call: <C extends CallName>(name: C, input: Input<C>): Promise<Reply<Outputs[C]>> =>
    ipcRenderer.invoke(CALL_CHANNEL, name, input) as Promise<Reply<Outputs[C]>>,
  onProgress: (listener) => hear(PROGRESS_CHANNEL, listener),
  onNews: (listener) => hear(NEWS_CHANNEL, listener),
};

/** @returns what ends it */
function hear(channel: string, listener: (what: never) => void): () => void {
  const relay = (_event: unknown, what: unknown): void => listener(what as never);
  ipcRenderer.on(channel, relay);
  return () => {
    ipcRenderer.off(channel, relay);
  };
}

contextBridge.exposeInMainWorld('portcullis', Object.freeze(bridge));
