/** The service that the benchmark declares in `SERVICES`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Public path of the service. */
export const PREFIX = '/shop';
export const SCOPES = ['read:orders', 'write:orders'];

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1.0.0' },
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }],
        responses: { 200: { description: 'Orders.' } },
      },
    },
    '/export': {
      get: {
        operationId: 'exportOrders',
        parameters: [{ name: 'bytes', in: 'query', required: true, schema: { type: 'integer' } }],
        responses: { 200: { description: 'All.' } },
      },
    },
    '/import': {
      post: {
        operationId: 'importOrders',
        requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } },
        responses: { 200: { description: 'Imported.' } },
      },
    },
    '/live': { get: { operationId: 'liveOrders', responses: { 200: { description: 'Switches.' } } } },
  },
};

const read = { user: ['read:orders'], apiKey: ['read:orders'], app: ['read:orders'] };
const services = (url: string) => ({
  scopes: { 'read:orders': 'See your orders', 'write:orders': 'Change your orders' },
  services: {
    orders: {
      contract: './orders.openapi.json',
      url,
      prefix: PREFIX,
      maxConcurrent: 256,
      operations: {
        listOrders: read,
        exportOrders: { ...read, stream: true },
        importOrders: { apiKey: ['write:orders'], maxBody: '2GiB' },
        liveOrders: { ...read, websocket: true, idleTimeout: '10m' },
      },
    },
  },
});

/** @returns path of the file of `SERVICES`; JSON is YAML */
export async function declareService(folder: string, url: string): Promise<string> {
  await writeFile(join(folder, 'orders.openapi.json'), JSON.stringify(DOCUMENT));
  const file = join(folder, 'services.yaml');
  await writeFile(file, JSON.stringify(services(url)));
  return file;
}
