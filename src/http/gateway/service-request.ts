import type { ServiceBody } from './service-body.ts';

/** A request as a service gets it, at whichever of its addresses. */
export interface ServiceRequest {
  /** The caller's, whose share of the service it counts in. */
  tenantId: string;
  method: string;
  /** With the query, without the base path of an address. */
  path: string;
  /** Alternately a name and its value. */
  headers: string[];
  body: Buffer | ServiceBody | null;
  /** It asks to switch to WebSocket. */
  isUpgrade: boolean;
}
