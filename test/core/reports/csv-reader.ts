/** Reads CSV after RFC 4180, and nothing looser: every line ends in CRLF, every field is quoted. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  const field = /"((?:[^"]|"")*)"(,|\r\n)/y;
  for (let record: string[] = []; field.lastIndex < text.length; ) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (found === null) throw new Error(`not a field: ${text.slice(at, at + 80)}`);
    record.push((found[1] ?? '').replaceAll('""', '"'));
    if (found[2] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
