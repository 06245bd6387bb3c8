/** A tenant that changes over: to the deployment's single-page app, to an organization, or both. Pure. */

/** Stored in the tenant's entry from the start of its job to the end of the change-over. */
export interface ChangeOver {
  /** From a single-page app of its own to the deployment's. */
  web_app?: 'shared';
  /** From no organization to this one: `new`, or the id of one that is taken over. */
  organization?: string;
  /** Id of that organization, once it is known. */
  organization_id?: string;
  /** The relay job that started it: `made_by` of an organization that it created. */
  made_by: string;
  /** ISO 8601, as those below. */
  since: string;
  /** When it is finished without a request. */
  ends_at?: string;
  /** Creation date up to which the tenant's users are members. */
  members_up_to?: string;
  /** Users may be members of that organization already; only until it is open. */
  members_begun?: true;
  /** Everything is prepared: both ways are accepted. */
  open?: true;
  /** Since when it is open; not kept at the authority. */
  opened_at?: string;
  /** Since when the old way is being removed, or when that last got on; it is accepted until this is complete. */
  finishing_since?: string;
}

/** Of a tenant's entry. */
interface Ways {
  shared_web_app?: true | undefined;
  organization?: string | undefined;
  change_over?: ChangeOver | undefined;
}

/** Whether its users may come by the deployment's single-page app. */
export const acceptsSharedWebApp = ({ shared_web_app, change_over }: Ways): boolean =>
  shared_web_app === true || (change_over?.open === true && change_over.web_app === 'shared');

/** Whether its users may come without signing in to an organization: with a token that has no `org_id`. */
export const acceptsNoOrganization = ({ organization, change_over }: Ways): boolean =>
  organization === undefined || (change_over?.open === true && change_over.organization !== undefined);

/** The search shows users who were created before it was open by then. */
const SEARCHABLE_MS = 60_000;

/** Whether it may be finished: an earlier end would leave out users whom the search does not show yet. @param now ms since 1970 */
export const mayFinish = ({ open, opened_at, organization }: ChangeOver, now: number): boolean =>
  open === true &&
  (organization === undefined || opened_at === undefined || Date.parse(opened_at) + SEARCHABLE_MS <= now);

/** What is to be different in the end. */
export type ChangeOverAims = Pick<ChangeOver, 'web_app' | 'organization'>;

export const hasSameAims = (one: ChangeOverAims, other: ChangeOverAims): boolean =>
  one.web_app === other.web_app && one.organization === other.organization;

/** In this order, as one text without names: a tenant's metadata at the authority are few and short. */
const TEXTS = [
  'web_app',
  'organization',
  'organization_id',
  'made_by',
  'since',
  'ends_at',
  'members_up_to',
  'finishing_since',
] as const;
const FLAGS = ['members_begun', 'open'] as const;
const NONE = '-';

/** At most 230 characters, without spaces at its ends. */
export function changeOverToText(changeOver: ChangeOver): string {
  const flags = FLAGS.filter((flag) => changeOver[flag]).join('+');
  return [...TEXTS.map((name) => changeOver[name] ?? NONE), flags || NONE].join(' ');
}

/** @returns undefined for what is no such text */
export function changeOverFromText(text: string): ChangeOver | undefined {
  const values = text.split(' ');
  const read = Object.fromEntries(
    TEXTS.flatMap((name, index) => {
      const value = values[index];
      return value && value !== NONE ? [[name, value]] : [];
    }),
  ) as Partial<ChangeOver>;
  const { made_by, since } = read;
  if (values.length !== TEXTS.length + 1 || !made_by || !since) return undefined;
  if (read.web_app === undefined && read.organization === undefined) return undefined;
  const flags = values.at(-1)!.split('+');
  const { members_begun, open } = Object.fromEntries(flags.map((flag) => [flag, true] as const));
  return { ...read, made_by, since, ...(members_begun && { members_begun }), ...(open && { open }) };
}
