import type { Operation } from '../operation.ts';

export const getHealth: Operation<'getHealth'> = () => ({ status: 200, body: { status: 'ok' } });
