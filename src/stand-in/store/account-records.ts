/** Records of how an account is set up. Field names are Auth0's own. */

export interface ActionTrigger {
  id: string;
  version: string;
}

export interface ActionSecret {
  name: string;
  /** Never shown. */
  value: string;
  updated_at: string;
}

/** What is built and deployed together. */
export interface ActionCode {
  code: string;
  dependencies: { name: string; version: string; registry_url?: string }[];
  runtime: string;
  secrets: ActionSecret[];
  supported_triggers: ActionTrigger[];
}

export interface Action extends ActionCode {
  id: string;
  name: string;
  created_at: string;
  updated_at: string;
  /** Milliseconds since 1970: when the build of the draft began. */
  build_started_at: number;
  deployed_version_id?: string;
}

export interface ActionVersion extends ActionCode {
  id: string;
  action_id: string;
  number: number;
  created_at: string;
  updated_at: string;
}

/** An Action's place in a trigger. */
export interface ActionBinding {
  id: string;
  action_id: string;
  display_name: string;
  created_at: string;
  updated_at: string;
}

/** What the Actions of a trigger did at one sign-in, or one token request. */
export interface ActionExecution {
  id: string;
  trigger_id: string;
  status: 'final';
  results: {
    action_name: string;
    error?: { id: string; msg: string };
    started_at: string;
    ended_at: string;
  }[];
  created_at: string;
  updated_at: string;
}

/** What runs at a trigger, in order. */
export interface TriggerBindings {
  trigger_id: string;
  bindings: ActionBinding[];
}

export interface CustomDomain {
  custom_domain_id: string;
  domain: string;
  primary: boolean;
  is_default: boolean;
  status: string;
  type: string;
  verification: { methods: { name: string; record: string; domain: string }[]; status?: string };
  domain_metadata?: Record<string, string>;
  created_at: string;
  [other: string]: unknown;
}

export interface LogStream {
  id: string;
  name: string;
  type: string;
  status: string;
  sink: Record<string, unknown>;
  isPriority?: boolean;
  filters?: { type: string; name: string }[];
  pii_config?: Record<string, unknown>;
}

export interface EventStream {
  id: string;
  name: string;
  status: 'enabled' | 'disabled';
  subscriptions: { event_type: string }[];
  destination: { type: string; configuration: Record<string, unknown> };
  created_at: string;
  updated_at: string;
}

/** A connection whose deletion takes a while. */
export interface ConnectionDeletion {
  id: string;
  deleted_at: string;
}

export interface RateLimitPolicy {
  id: string;
  resource: string;
  consumer: string;
  consumer_selector: string;
  configuration: Record<string, unknown>;
  created_at: string;
  updated_at: string;
}
