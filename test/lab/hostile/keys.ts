/** Keys that mean something to JavaScript's objects, with values as they stand in JSON's text. */
export const KEYS_OF_OBJECTS: readonly (readonly [key: string, value: string])[] = [
  ['__proto__', '{"x":1}'],
  ['__proto__', 'null'],
  ['__proto__', '{"argv":["reboot"],"kind":"ufw-enable"}'],
  ['__proto__', '[]'],
  ['constructor', '{"prototype":{"shell":true}}'],
  ['prototype', '{"shell":true}'],
  ['toJSON', '"x"'],
  ['toString', 'null'],
  ['valueOf', '0'],
  ['hasOwnProperty', '1'],
  ['then', '"x"'],
  ['length', '1'],
];
