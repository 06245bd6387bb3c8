/** The flow of a relay job: on whose behalf it runs, for scheduling and limits. */
import type { EndpointGroup } from '../../plans.ts';

export interface Flow {
  /** Flows take turns: `tenant/<id>`, or a common one per kind of caller without a tenant. */
  name: string;
  /** Callers within a flow take turns. */
  caller: string;
}

/** Flow and endpoint group of a further call of a running job. */
export interface CallFlow extends Flow {
  group: EndpointGroup;
}

/** Flow of work without a caller, such as the deletion of a client at Auth0: it is never refused. */
export const internalFlow = (caller: string): Flow => ({ name: INTERNAL, caller });
const INTERNAL = 'internal';
export const isInternal = ({ name }: Flow): boolean => name === INTERNAL;

/** Most pending jobs, that is, accepted and not ended. */
export interface PendingLimits {
  /** Jobs of a flow. */
  perFlow: number;
  /** Jobs of one caller of a flow. */
  perCaller: number;
  /** Total size of a flow's sealed inputs. */
  bytesPerFlow: number;
}

/** What `create-job.lua` needs to queue a job; JSON. */
export interface Queueing {
  prefix: string;
  group: EndpointGroup;
  flow: string;
  caller: string;
  /** Size of its sealed input. */
  bytes: number;
  /** Left out: it is counted, and never refused. */
  limits?: PendingLimits | undefined;
  /** Left out: it is queued immediately. Otherwise it is reserved until it is released, ms. */
  release?: { withinMs: number; keepMs: number } | undefined;
}
