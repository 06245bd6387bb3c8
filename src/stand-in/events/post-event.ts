export interface Attempt {
  /** `retrying`: somebody asked for another delivery. */
  status: 'failed' | 'delivered' | 'retrying';
  error_message?: string;
  timestamp: string;
  /** Milliseconds. */
  duration?: number;
}

interface Authorization {
  method?: string;
  token?: string;
  username?: string;
  password?: string;
  header?: string;
  value?: string;
}

const TIMEOUT_MS = 10_000;

/** One attempt; it may be repeated unless the receiver refused it (Auth0 docs, "Events best practices"). */
export async function post(
  { webhook_endpoint: endpoint, webhook_authorization: authorization }: Record<string, unknown>,
  event: object,
  now: () => number,
  stopped: AbortSignal,
): Promise<{ attempt: Attempt; mayRepeat: boolean }> {
  const began = performance.now();
  const timestamp = new Date(now()).toISOString();
  const attempt = (status: Attempt['status'], error_message?: string): Attempt => ({
    status,
    ...(error_message !== undefined && { error_message }),
    timestamp,
    duration: performance.now() - began,
  });
  try {
    const response = await fetch(String(endpoint), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        ...headersOf(authorization as Authorization | undefined),
      },
      body: JSON.stringify(event),
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return { attempt: attempt('delivered'), mayRepeat: false };
    const isRefused = response.status >= 400 && response.status < 500;
    return { attempt: attempt('failed', `status ${response.status}`), mayRepeat: !isRefused };
  } catch {
    // Recorded in kind.
    return { attempt: attempt('failed', `Post "${String(endpoint)} ...`), mayRepeat: true };
  }
}

function headersOf({ method, ...how }: Authorization = {}): Record<string, string> {
  if (method === 'bearer') return { authorization: `Bearer ${how.token ?? ''}` };
  if (method === 'basic')
    return {
      authorization: `Basic ${Buffer.from(`${how.username ?? ''}:${how.password ?? ''}`).toString('base64')}`,
    };
  return method === 'custom_header' && how.header !== undefined ? { [how.header]: how.value ?? '' } : {};
}
