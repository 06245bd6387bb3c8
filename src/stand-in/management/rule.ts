/** Schema of a value in a request body: the few keywords of JSON Schema that Auth0's descriptions use. */
export interface Rule {
  type?: 'string' | 'boolean' | 'integer' | 'object' | 'array';
  nullable?: boolean;
  format?: 'email' | 'strict-uri' | 'callback-url' | 'url-with-placeholders';
  pattern?: RegExp;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
  items?: Rule;
  minItems?: number;
  maxItems?: number;
  /** An object with these members only. */
  members?: BodyRules;
  maxProperties?: number;
  /** For every member of an object. */
  values?: Rule;
}

export interface BodyRules {
  required: readonly string[];
  properties: Readonly<Record<string, Rule>>;
  /** Unknown members are allowed. */
  open?: boolean;
}

/** A violated rule. */
export interface Violation {
  detail: string;
  /** The member; left out: the body itself. */
  at: string;
  /** z-schema's name of it. */
  rule: string;
}
