/**
 * Whether a text is base64url as an encoder writes it (RFC 4648 section 3.5). Decoders pass over white space, padding and
 * bits that mean nothing, so that many texts stand for the same bytes.
 */
export const isExactBase64url = (text: string): boolean =>
  Buffer.from(text, 'base64url').toString('base64url') === text;
