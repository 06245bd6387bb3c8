/** Switches of the account that Trivium depends on; all others stay. */
import type { Json } from '../answers.ts';
import { emptyPlan, type PartPlan } from '../plan.ts';
import type { AccountPart } from '../context.ts';

interface Switch {
  name: string;
  value: boolean | string;
  isFlag: boolean;
  /** What it counts as when Auth0 does not show it. */
  missing: boolean | string | undefined;
  /** Only accounts of before April 2026 have it (Auth0, "Permissive mode"): others could not set it. */
  isOfSome?: true;
  why: string;
}

const switches = (metadataDocuments: boolean): Switch[] => [
  {
    name: 'enable_dynamic_client_registration',
    value: false,
    isFlag: true,
    missing: false,
    why: 'registration at Auth0 is open to anybody and bypasses the one of this API',
  },
  {
    name: 'use_scope_descriptions_for_consent',
    value: true,
    isFlag: true,
    missing: undefined,
    why: 'people who are asked for consent read what a scope allows, instead of its name',
  },
  {
    name: 'authorization_response_iss_parameter_supported',
    value: false,
    isFlag: false,
    missing: false,
    why: 'clients that compare the issuer expect the one of this API (decision 3)',
  },
  {
    name: 'dynamic_client_registration_security_mode',
    value: 'strict',
    isFlag: false,
    missing: 'strict',
    isOfSome: true,
    why: 'clients that register at Auth0 would need neither PKCE nor a client grant',
  },
  ...(metadataDocuments
    ? [
        {
          name: 'client_id_metadata_document_supported',
          value: true,
          isFlag: false,
          missing: undefined,
          why: 'METADATA_DOCUMENTS is on',
        },
      ]
    : []),
];

export function wantedTenantSettings(
  metadataDocuments: boolean,
): { flags: Record<string, boolean | string> } & Json {
  const all = switches(metadataDocuments).filter(({ isOfSome }) => !isOfSome);
  const named = (isFlag: boolean) =>
    Object.fromEntries(all.filter((one) => one.isFlag === isFlag).map(({ name, value }) => [name, value]));
  return { flags: named(true), ...named(false) };
}

const PATH = '/tenants/settings';

export const tenantSettings: AccountPart = async ({ management, settings }) =>
  planTenantSettings((await management.get(PATH)) ?? {}, settings.metadataDocuments);

export function planTenantSettings(actual: Json, metadataDocuments: boolean): PartPlan {
  const flags: Record<string, unknown> = { ...(actual['flags'] ?? {}) };
  const changes = switches(metadataDocuments)
    .filter(({ name, value, isFlag, missing }) => ((isFlag ? flags : actual)[name] ?? missing) !== value)
    .map(({ name, value, isFlag, why }) => ({
      item: 'tenant settings',
      about: name,
      what: `set ${isFlag ? 'flags.' : ''}${name} to ${value}`,
      why,
      step: {
        kind: 'request' as const,
        method: 'PATCH' as const,
        path: PATH,
        // Auth0 changes only the flags that are named.
        body: isFlag ? { flags: { [name]: value } } : { [name]: value },
      },
    }));
  return { ...emptyPlan(), changes };
}
