/** Chromium's DevTools protocol over a pair of pipes: JSON messages that end in a zero byte. */
import type { Readable, Writable } from 'node:stream';

export interface Protocol {
  /** Ask and wait for the answer. Rejects where the browser refuses, or where the pipe closes first. */
  readonly send: (method: string, params?: Fields, session?: string) => Promise<Fields>;
  /** Be told of an event. One listener an event is all that is needed here. */
  readonly on: (method: string, listener: (params: Fields, session: string | undefined) => void) => void;
}

/** Fields as the protocol's description names them; whoever reads one knows its shape. */
export type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: Fields) => void;
  readonly reject: (error: Error) => void;
}

export function speak(to: Writable, from: Readable): Protocol {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, (params: Fields, session: string | undefined) => void>();
  let lastId = 0;
  let closed = false;
  let parts: Buffer[] = [];

  const take = (message: Message): void => {
    if (message.id === undefined) {
      if (message.method !== undefined) listeners.get(message.method)?.(message.params ?? {}, message.sessionId);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asked?.resolve(message.result ?? {});
    else asked?.reject(new Error(`${asked.method}: ${message.error.message}`));
  };

  const close = (): void => {
    closed = true;
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: the window was closed`));
    waiting.clear();
  };

  from.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, end));
      take(JSON.parse(Buffer.concat(parts).toString('utf8')) as Message);
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  });
  from.on('close', close);
  from.on('error', close);
  to.on('error', close);

  return {
    send: (method, params = {}, session) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error(`${method}: the window was closed`));
          return;
        }
        lastId += 1;
        waiting.set(lastId, { method, resolve, reject });
        to.write(
          `${JSON.stringify({ id: lastId, method, params, ...(session === undefined ? {} : { sessionId: session }) })}\0`,
        );
      }),
    on: (method, listener) => {
      listeners.set(method, listener);
    },
  };
}
