/** `1 row`, `1,200 rows`. */
export const rowsInWords = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;

/** What comes from elsewhere (a server, a file's name) goes to a terminal without its control characters: they could rewrite it. */
export function plainText(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}
