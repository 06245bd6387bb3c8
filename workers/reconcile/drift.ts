/** One difference between registry and authority. Ids only. */
export interface Drift {
  what:
    /** The registry was lost, and this was entered again. */
    | 'lost_entry'
    /** At the authority, and unknown here. */
    | 'orphan_client'
    /** Here, and unknown at the authority. */
    | 'missing_client'
    /** An API key that may ask for nothing. */
    | 'missing_grant'
    /** An API key that may ask for other scopes than it was made with. What it may do here is what both allow. */
    | 'other_scopes'
    /** The client of a web app does not say how its tenant stands. */
    | 'stale_metadata';
  client_id: string;
  tenant_id?: string;
  /** `waits`: for its grace time to be over. `told`: nothing is done about it. */
  done: 'mended' | 'removed' | 'waits' | 'told';
}
