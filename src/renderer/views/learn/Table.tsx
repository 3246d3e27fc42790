/** A small table behind a picture. */
import type { ReactNode } from 'react';

interface TableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

export const Table = ({ caption, columns, rows }: TableProps) => (
  <table className="w-full table-fixed text-left text-sm">
    <caption className="mb-1 text-left text-sm font-medium text-soft">{caption}</caption>
    <thead>
      <tr className="border-b border-line">
        {columns.map((name) => (
          <th key={name} scope="col" className="py-1.5 pr-3 font-medium text-faint wrap-anywhere">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="numbers divide-y divide-line">
      {rows.map(({ key, cells }) => (
        <tr key={key}>
          {cells.map((cell, index) => (
            <td key={columns[index]} className="py-1.5 pr-3 align-top wrap-anywhere">
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
