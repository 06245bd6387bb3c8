/** What a person with a browser does at the authority, by plain requests: signs in, consents, and ends at the application's callback. */
export interface SignIn {
  authorizeUrl: string | URL;
  email: string;
  password: string;
  /** What to answer a third party that asks; left out: to be asked is an error. */
  consent?: 'accept' | 'decline';
  /** What to type where the organization is asked for first; left out: to be asked is an error. */
  organizationName?: string;
  /** Its id, where one of several is to be chosen; left out: to be asked is an error. */
  organization?: string;
  /** One person's cookies over several sign-ins; left out: a browser that was never here before. */
  cookies?: CookieJar;
}

/** Where it ended on one of the authority's pages instead of at the application. */
export class EndedOnPage extends Error {
  override readonly name = 'EndedOnPage';
  readonly status: number;
  readonly url: string;
  readonly html: string;

  constructor(status: number, url: string, html: string) {
    const alert = /<p role="alert"[^>]*>(.*?)<\/p>/s.exec(html)?.[1] ?? html.slice(0, 200);
    super(`ended on a page (${status}) of ${new URL(url).pathname}: ${alert}`);
    this.status = status;
    this.url = url;
    this.html = html;
  }
}

const STEPS_MAX = 12;

/** @returns the address that the browser is sent to at last, which is the application's */
export async function signInByForm(signIn: SignIn): Promise<URL> {
  const jar = signIn.cookies ?? new CookieJar();
  const { origin } = new URL(signIn.authorizeUrl);
  let url = new URL(signIn.authorizeUrl);
  let form: Record<string, string> | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if (url.origin !== origin) return url;
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: jar.header(url) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    jar.keep(url, response.headers.getSetCookie());
    const location = response.headers.get('location');
    if (location !== null) {
      await response.arrayBuffer();
      url = new URL(location, url);
      form = undefined;
      continue;
    }
    const html = await response.text();
    form = response.ok ? answerTo(url, signIn) : undefined;
    if (!form) throw new EndedOnPage(response.status, url.href, html);
  }
  throw new Error('the authority goes round in circles');
}

function answerTo(
  { pathname }: URL,
  { email, password, consent, organizationName, organization }: SignIn,
): Record<string, string> | undefined {
  if (pathname === '/u/login') return { username: email, password };
  if (pathname === '/u/consent' && consent) return { action: consent };
  if (pathname === '/u/organization-selection' && organizationName !== undefined) return { organizationName };
  if (pathname === '/u/organization-picker' && organization !== undefined) return { organization };
  return undefined;
}

/** As much of RFC 6265 as one host needs: names, values, paths, removal. */
export class CookieJar {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  keep(url: URL, lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      const value = pair.slice(at + 1);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? url.pathname;
      const expires = attributes.find((one) => /^expires=/i.test(one))?.slice(8);
      const key = `${path} ${name}`;
      if (value === '' || (expires !== undefined && Date.parse(expires) < Date.now()))
        this.#cookies.delete(key);
      else this.#cookies.set(key, { value, path });
    }
  }

  header(url: URL): string {
    return [...this.#cookies]
      .filter(([, { path }]) => path === '/' || url.pathname === path || url.pathname.startsWith(`${path}/`))
      .map(([key, { value }]) => `${key.slice(key.indexOf(' ') + 1)}=${value}`)
      .join('; ');
  }
}
