/** A plan: what has to be done, what only people can decide, and what stays as it is. Plain data. */
import type { Json } from './answers.ts';
import type { Method } from './management.ts';

/** Polled until it is true. */
export interface Wait {
  path: string;
  until: (answer: Json) => boolean;
  /** For people. */
  what: string;
}

export type Step =
  | {
      kind: 'request';
      method: Exclude<Method, 'GET'>;
      path: string;
      body?: unknown;
      before?: Wait;
      /** @param answer to the request */
      after?: (answer: Json) => Wait;
      /** The new client's id is kept under this name, so that it is found even while lists lag behind. */
      createsClient?: OwnClient;
    }
  /** A private key, made on this machine. */
  | { kind: 'key'; role: ClientRole }
  /** The token of the event stream, made on this machine. */
  | { kind: 'events-token' }
  | { kind: 'environment'; file: EnvironmentName; values: Record<string, string> };

/** Those that authenticate by a private key. */
export type ClientRole = 'workers' | 'operator';
export type OwnClient = ClientRole | 'console';
export type EnvironmentName = 'api.env' | 'workers.env' | 'operator.env';

export interface Change {
  item: string;
  /** What of the item differs, as an id or a name of Auth0's: identifies the difference in events and metrics. */
  about?: string;
  what: string;
  why: string;
  /** Left out while something that it depends on is not there yet. */
  step?: Step;
}

export interface Finding {
  item: string;
  /** As that of a change. */
  about?: string;
  /** `note`: for people to know; it is no drift. */
  level: 'drift' | 'note';
  what: string;
  why: string;
  remedy: string;
}

export interface PartPlan {
  changes: Change[];
  findings: Finding[];
  /** What somebody else made, is next to ours, and stays as it is. */
  kept: string[];
}

export const emptyPlan = (): PartPlan => ({ changes: [], findings: [], kept: [] });

export function joined(plans: readonly PartPlan[]): PartPlan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    findings: plans.flatMap(({ findings }) => findings),
    kept: plans.flatMap(({ kept }) => kept),
  };
}
