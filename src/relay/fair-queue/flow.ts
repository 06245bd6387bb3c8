/** For whom a relay job is done, as far as turns and bounds go. */
import type { EndpointGroup } from '../../plans.ts';

export interface Flow {
  /** Flows take turns: `tenant/<id>`, or one for all who belong to no tenant and are of one kind. */
  name: string;
  /** Callers of a flow take turns. */
  caller: string;
}

/** For whom a further call of a job under way is made, and its endpoint group. */
export interface CallFlow extends Flow {
  group: EndpointGroup;
}

/** What nobody asked for, such as the authority's half of a removal: it is never refused. */
export const internalFlow = (caller: string): Flow => ({ name: INTERNAL, caller });
const INTERNAL = 'internal';
export const isInternal = ({ name }: Flow): boolean => name === INTERNAL;

/** How many jobs may be pending, that is, accepted and not ended. */
export interface PendingLimits {
  /** Of a flow. */
  perFlow: number;
  /** Of one caller of a flow. */
  perCaller: number;
  /** Sealed inputs of a flow, together. */
  bytesPerFlow: number;
}

/** What `create-job.lua` needs to put a job into its queue; JSON. */
export interface Queueing {
  prefix: string;
  group: EndpointGroup;
  flow: string;
  caller: string;
  /** Of its sealed input. */
  bytes: number;
  /** Left out: it counts, and is never refused. */
  limits?: PendingLimits | undefined;
  /** Left out: it is queued at once. Else it is reserved until it is released, ms. */
  release?: { withinMs: number; keepMs: number } | undefined;
}
