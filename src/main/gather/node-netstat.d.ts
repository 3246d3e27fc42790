/** The part of node-netstat 1.9 that is used here; the package brings no types. */
declare module 'node-netstat' {
  interface End {
    /** null for the wildcard address of either family. */
    readonly address: string | null;
    /** NaN for `*`. */
    readonly port: number | null;
  }
  export interface Item {
    readonly protocol: string;
    readonly local: End;
    readonly remote: End;
    readonly state: string | null;
    /** 0 where netstat shows none, NaN for what is no number. */
    readonly pid: number;
  }
  const netstat: {
    /** Runs netstat by itself and hands over each row. Measured only: see netstat.ts for what is wrong with it. */
    (options: { readonly done: (error: Error | null) => void }, handle: (item: Item) => void): void;
    readonly parsers: {
      readonly linux: (line: string, handle: (item: Item) => void) => void;
      readonly win32: (line: string, handle: (item: Item) => void) => void;
    };
  };
  export default netstat;
}
