import { describeKills } from '../faults/kills.ts';
import { userOperationIds } from '../faults/user-operations.ts';

// About two minutes: each dead worker's lock has to run out.
describeKills('killed at each point around a call', { worker: userOperationIds, Redis: userOperationIds });
