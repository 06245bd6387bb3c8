/**
 * The API itself, every step of it, but that a POST is answered by a handler that does nothing, and that nothing is
 * recorded about it: what is measured is the way of a body through authentication, limits and validation.
 */
import { createApp } from '../../../src/http/app.ts';
import { operations } from '../../../src/operations/index.ts';
import { contract, openOwnServices, publicUrl, serve } from './own-api.ts';

contract.operations.get('createWebhook')!.event = undefined;
const body: unknown = JSON.parse(process.env['BENCH_BODY']!);
Object.assign(operations, { createWebhook: () => ({ status: 201, body }) });
const { services, close } = await openOwnServices();
serve(createApp({ ...services, publicUrl }), close);
