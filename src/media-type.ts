/**
 * The one parser of media types (RFC 9110 section 8.3): Node's `MIMEType`, which follows browsers and ignores invalid
 * parameters.
 */
import { MIMEType } from 'node:util';

export interface MediaType {
  /** `type/subtype`, in lower case. */
  essence: string;
  /** The parameter `charset`, as sent. */
  charset: string | undefined;
}

/** @param text value of `Content-Type`. @returns undefined when it is not a media type */
export function parseMediaType(text: string): MediaType | undefined {
  try {
    const { essence, params } = new MIMEType(text);
    return { essence, charset: params.get('charset') || undefined };
  } catch {
    return undefined;
  }
}
