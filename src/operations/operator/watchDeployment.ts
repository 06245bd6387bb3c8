import type { DeploymentState } from '../../diagnosis/deployment-state.ts';
import type { Operation } from '../operation.ts';
import { presentDeployment } from './present-deployment.ts';

/** Many proxies close a connection that is idle for longer; readings without a change are counted. */
const QUIET_READINGS = 3;
/** Reconnection delay of browsers after a broken connection. */
const RETRY_MS = 5_000;

export const watchDeployment: Operation<'watchDeployment', 'deployment'> = async ({
  accepted,
  services,
  signal,
}) => {
  if (accepted !== 'text/event-stream')
    return {
      status: 200,
      type: 'application/json',
      body: presentDeployment(await services.deployment.read()),
    };
  const readings = services.deployment.watch(signal);
  const headers = { 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
  return { status: 200, type: 'text/event-stream', body: events(readings), headers };
};

async function* events(readings: AsyncGenerator<DeploymentState | undefined>): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  let sent = '';
  let quiet = 0;
  for await (const state of readings) {
    const text = state ? JSON.stringify(presentDeployment(state)) : sent;
    const isNew = text !== sent;
    quiet = isNew ? 0 : quiet + 1;
    sent = text;
    if (isNew) yield `event: deployment\ndata: ${text}\n\n`;
    else if (quiet % QUIET_READINGS === 0) yield ': still there\n\n';
  }
}
