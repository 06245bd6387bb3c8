/** `1 row`, `1,200 rows`. */
export const rowsInWords = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;

/** Removes control characters from foreign text (a server's, a file name): on a terminal they could rewrite the output. */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are removed
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}
