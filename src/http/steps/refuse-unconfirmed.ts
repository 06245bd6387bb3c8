/**
 * Refuses requests while Redis was restored from a backup and is not compared with the authority: a key, a tenant or a consent may have been
 * revoked since the backup, and nobody is let in on the strength of what may be outdated.
 */
import type { OperationDescription } from '../../contract/load-contract.ts';
import { Problem } from '../../problem.ts';
import type { Step } from '../state.ts';

/** A probe answers for itself. */
const PROBE = 'getReadiness';

const refuse: Step = ({ state }) => {
  if (state.services.restore.isUnconfirmed())
    throw new Problem('overloaded', {
      detail: 'Data was restored from a backup and is being compared.',
      internal: 'Redis was restored and is not compared with the authority yet',
    });
};

/** Operations that do not depend on Redis have no such answer. */
export const refuseUnconfirmed = ({ id, answers, service }: OperationDescription): Step[] =>
  id !== PROBE && (service !== undefined || answers.has(503)) ? [refuse] : [];
