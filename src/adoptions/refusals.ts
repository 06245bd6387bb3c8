/** Why a user is not adopted. The codes are stored and in the contract (`UserAdoptionRefusal`). */
export const refusals = {
  belongs_to_other_tenant: 'belongs to another tenant by app_metadata.tenant_id',
  other_connection: "is not in the tenant's database, or in another one, too",
  no_email: 'has no email address',
  has_roles: 'has app_metadata.roles from elsewhere: replace_roles replaces them',
  being_adopted: 'another adoption is at this user right now',
  unknown_user: 'the authority has no such user',
  refused_by_authority: 'the authority does not accept the change',
} as const;

export type RefusalCode = keyof typeof refusals;

/** What became of a user. */
export type Adopted = 'adopted' | 'already' | RefusalCode;

export const isRefusal = (outcome: string): outcome is RefusalCode => outcome in refusals;
