/** Additional latency of Management API calls in milliseconds, uniformly distributed between both. */
export interface Latency {
  minMs: number;
  maxMs: number;
}

export const LATENCY_FORMS = 'milliseconds, or two of them as in 80-140';

/** @returns undefined when the text is invalid */
export function parseLatency(text: string): Latency | undefined {
  const numbers = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  if (!numbers) return undefined;
  const minMs = Number(numbers[1]);
  const maxMs = Number(numbers[2] ?? numbers[1]);
  return maxMs < minMs ? undefined : { minMs, maxMs };
}

export async function beSlow({ minMs, maxMs }: Latency): Promise<void> {
  if (maxMs === 0) return;
  const delayMs = minMs + Math.random() * (maxMs - minMs);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
}
