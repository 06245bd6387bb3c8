import { describeKills } from '../faults/kills.ts';

describeKills('killed at each point around a call, the other operations', {
  worker: ['deleteUser', 'replaceUserRoles', 'createPasswordReset'],
  Redis: [],
});
