/** The screens, each in a file that is loaded when it is shown, and the operations without which there is nothing to show. */
import type { ComponentType } from 'preact';
import type { operations } from '../../contract/generated.ts';
import { mayCall, type Me } from '../me.ts';
import type { Place } from '../router.ts';
import type { texts } from '../texts.ts';

export type ScreenName = keyof typeof texts.screens;
export type Screen = ComponentType<{ place: Place }>;

interface ScreenEntry {
  name: ScreenName;
  needs: keyof operations;
  load: () => Promise<{ default: Screen }>;
}

export const screens: readonly ScreenEntry[] = [
  { name: 'overview', needs: 'getTenantOverview', load: () => import('./overview/overview.tsx') },
  { name: 'api-keys', needs: 'listApiKeys', load: () => import('./api-keys/api-keys.tsx') },
  { name: 'imports', needs: 'listUserImports', load: () => import('./imports/imports.tsx') },
  { name: 'apps', needs: 'listTenantApps', load: () => import('./apps/apps.tsx') },
  { name: 'audit', needs: 'listAuditEvents', load: () => import('./audit/audit.tsx') },
  { name: 'consents', needs: 'listConsents', load: () => import('./consents/consents.tsx') },
  {
    name: 'operations',
    needs: 'watchDeployment',
    load: () => import('./operations/operations.tsx'),
  },
];

export const screensOf = (me: Pick<Me, 'operations'>): readonly ScreenEntry[] =>
  screens.filter(({ needs }) => mayCall(me, needs));
