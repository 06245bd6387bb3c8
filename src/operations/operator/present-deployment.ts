import type { components } from '../../contract/generated.ts';
import type { DeploymentState } from '../../diagnosis/deployment-state.ts';
import { presentBucket } from './present-bucket.ts';

const OF_TENANT = 'tenant/';

export function presentDeployment(state: DeploymentState): components['schemas']['DeploymentState'] {
  return {
    buckets: state.buckets.map(presentBucket),
    backlogs: state.backlogs.map(({ flow, pending }) =>
      flow.startsWith(OF_TENANT)
        ? { flow: 'tenant', tenant_id: flow.slice(OF_TENANT.length), pending }
        : { flow: otherFlow(flow), pending },
    ),
    queues: state.queues.map(({ oldestAt, ...queue }) => ({
      ...queue,
      oldest_at: oldestAt === undefined ? undefined : new Date(oldestAt).toISOString(),
    })),
    workers: { alive: state.workers },
    dead_letters: state.deadLetters,
  };
}

const OTHERS = ['operator', 'anonymous', 'registration'] as const;

const otherFlow = (flow: string) => OTHERS.find((known) => known === flow) ?? 'internal';
