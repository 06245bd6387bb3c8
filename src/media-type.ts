/** The one reader of media types (RFC 9110 section 8.3), by Node's own, which reads as browsers do: what is no parameter is ignored. */
import { MIMEType } from 'node:util';

export interface MediaType {
  /** `type/subtype`, in lower case. */
  essence: string;
  /** Its parameter `charset`, as it came. */
  charset: string | undefined;
}

/** @param text value of `Content-Type`. @returns undefined when it is no media type */
export function parseMediaType(text: string): MediaType | undefined {
  try {
    const { essence, params } = new MIMEType(text);
    return { essence, charset: params.get('charset') || undefined };
  } catch {
    return undefined;
  }
}
