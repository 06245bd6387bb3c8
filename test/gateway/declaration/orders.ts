/** A service's document and the file of `SERVICES` that names it, written into a folder of the test's own. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ORDERS = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
security: [{ theirs: [] }]
paths:
  /orders:
    parameters:
      - { name: region, in: query, schema: { type: string } }
    get:
      operationId: listOrders
      parameters:
        - { name: status, in: query, schema: { type: array, items: { $ref: '#/components/schemas/Status' } } }
        - { $ref: '#/components/parameters/Limit' }
      responses:
        '200':
          description: Orders.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } }
        default: { description: Anything else. }
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
      responses: { '201': { description: Created. } }
  /orders/{order-id}:
    get:
      operationId: getOrder
      parameters: [{ name: order-id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: An order. } }
  /orders/export:
    get: { operationId: exportOrders, responses: { '200': { description: All. } } }
components:
  securitySchemes: { theirs: { type: apiKey, in: header, name: X-Key } }
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
  schemas:
    Status: { enum: [open, paid] }
    Order:
      type: object
      properties: { item: { type: string }, status: { $ref: '#/components/schemas/Status' } }
      required: [item]
`;

export const SERVICES = `roles:
  accountant: ['read:orders']
scopes:
  read:orders: See orders of your organization
  write:orders: Create and change orders of your organization
services:
  orders:
    contract: ./orders.openapi.yaml
    url: http://127.0.0.1:4100/
    prefix: /orders
    operations:
      listOrders: { user: ['read:orders'], apiKey: ['read:orders'], app: ['read:orders'] }
      getOrder: { user: ['read:orders'], apiKey: ['read:orders'] }
      exportOrders: { apiKey: ['read:orders'], stream: true, timeout: 2m, idleTimeout: 500ms }
      createOrder: { user: ['write:orders'], apiKey: ['write:orders'], event: order.created, maxBody: 64KiB }
`;

/** @returns path of the file of `SERVICES` */
export function writeServices(
  services = SERVICES,
  orders = ORDERS,
  others: Record<string, string> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'services-'));
  for (const [name, text] of Object.entries({ 'orders.openapi.yaml': orders, ...others }))
    writeFileSync(join(folder, name), text);
  const file = join(folder, 'services.yaml');
  writeFileSync(file, services);
  return file;
}
