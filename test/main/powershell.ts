/** Reading a PowerShell script as a tree. It finds unbalanced quotes and braces, and which commands stand in it; nothing is run. */
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

export async function powershellParser(): Promise<(script: string) => Node> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
  return (script) => {
    const tree = parser.parse(script);
    if (tree === null) throw new Error('not parsed');
    return tree.rootNode;
  };
}

export const textsOf = (root: Node, type: string): readonly string[] =>
  root.descendantsOfType(type).flatMap((node) => (node === null ? [] : [node.text]));

/** The script behind `-EncodedCommand`, as PowerShell decodes it. */
export const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf16le');
