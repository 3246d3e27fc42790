/** Lines of YAML. */

export const indented = (by: number, lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));

/** A list, each element as YAML has it. */
export const yamlList = (name: string, elements: readonly string[]): readonly string[] =>
  elements.length === 0 ? [`${name}: []`] : [`${name}:`, ...elements.map((element) => `  - ${element}`)];

/** A list of texts in single quotes: YAML 1.2, 7.3.2. None of them holds one, or a brace. */
export const quotedList = (name: string, texts: readonly string[]): readonly string[] =>
  yamlList(
    name,
    texts.map((text) => `'${text}'`),
  );
