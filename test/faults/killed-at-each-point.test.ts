import { describeKills } from './kills.ts';
import { userOperationIds } from './user-operations.ts';

// One for each way of repeating. The others' kills of a worker take longer and stand in `test/long/`.
describeKills('killed at each point around a call', {
  worker: ['createUser', 'updateUser', 'sendVerificationEmail'],
  Redis: userOperationIds,
});
