export const texts = {
  title: (tenant: string) => tenant,
  lead: 'What deserves a look.',
  usage: {
    caption: 'Requests of the last 24 hours',
    columns: ['Callers', 'Requests', 'Refused', 'Failed'],
    kinds: { user: 'Web app', tenant: 'API keys', app: 'Third-party apps' },
    none: 'No requests in the last 24 hours',
  },
  keys: {
    title: 'API keys',
    some: (total: number, expiring: number) => `${total} in all, ${expiring} of them end within 30 days.`,
    ends: 'ends',
  },
  apps: {
    title: 'Connected apps',
    some: (waiting: number) => `${waiting} wait for a decision.`,
    none: 'None waits for a decision.',
  },
  imports: {
    title: 'Imports',
    some: (running: number) => `${running} under way.`,
    none: 'None under way.',
  },
  webhooks: {
    title: 'Webhooks',
    some: (failing: number) => `${failing} fail, or are not verified.`,
    none: 'None fails.',
  },
};
