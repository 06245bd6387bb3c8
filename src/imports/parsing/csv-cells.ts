/** Splits a CSV record into cells (RFC 4180 section 2, rules 4 to 7). */

export interface Cells {
  cells: string[];
  /** Fault in its quotation marks; its cells are a best effort then. */
  fault?: string;
}

export function splitCells(record: string, separator: string): Cells {
  if (!record.includes('"')) return { cells: record.split(separator) };
  const cells: string[] = [];
  let fault: string | undefined;
  for (let at = 0; at <= record.length;) {
    const cell = record[at] === '"' ? quotedCell(record, at, separator) : plainCell(record, at, separator);
    cells.push(cell.text);
    if (cell.fault) fault ??= `${cell.fault} in cell ${cells.length}.`;
    at = cell.end + 1;
  }
  return fault ? { cells, fault } : { cells };
}

interface Cell {
  text: string;
  /** Position of the separator, or the end. */
  end: number;
  fault?: string;
}

function plainCell(record: string, start: number, separator: string): Cell {
  const end = endOfCell(record, start, separator);
  const text = record.slice(start, end);
  return text.includes('"')
    ? { text, end, fault: 'A quotation mark stands inside an unquoted text' }
    : { text, end };
}

function quotedCell(record: string, start: number, separator: string): Cell {
  let close = record.indexOf('"', start + 1);
  while (close !== -1 && record[close + 1] === '"') close = record.indexOf('"', close + 2);
  // The file ends inside it, which is reported for the whole file.
  if (close === -1) return { text: record.slice(start + 1), end: record.length };
  const text = record.slice(start + 1, close).replaceAll('""', '"');
  const end = endOfCell(record, close + 1, separator);
  return end === close + 1
    ? { text, end }
    : { text, end, fault: 'Something follows the closing quotation mark' };
}

function endOfCell(record: string, from: number, separator: string): number {
  const end = record.indexOf(separator, from);
  return end === -1 ? record.length : end;
}
