// A service behind Trivium. It knows no keys, no sign-in and no scopes: who calls, and for which tenant, is in the principal.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { createPrincipalVerifier } from '@trivium-api/principal';

const { PORT = '4100', TRIVIUM_URL = 'http://localhost:4000', REPORT_ROW_MS = '250' } = process.env;
// TRIVIUM_JWKS_URL is for where Trivium has another address from here.
const jwksUrl = process.env.TRIVIUM_JWKS_URL;
const verifier = createPrincipalVerifier({ issuer: TRIVIUM_URL, audience: 'orders', jwksUrl });

/** Tenant → its orders, oldest first. A real service has a database, and the tenant in each query. */
const kept = new Map();
const ordersOf = ({ tenantId }) => kept.get(tenantId) ?? [];
const created = new EventEmitter().setMaxListeners(0);
const topicOf = ({ tenantId }) => `orders of ${tenantId}`;

function listOrders({ principal, query, res }) {
  const limit = Number(query.get('limit') ?? 20);
  if (!(limit >= 1 && limit <= 100)) return refuse(res, 422, 'limit is a number from 1 to 100');
  const all = ordersOf(principal);
  const from = query.has('after') ? all.findIndex(({ id }) => id === query.get('after')) + 1 : 0;
  const orders = all.slice(from, from + limit);
  send(res, 200, { orders, next: from + limit < all.length ? orders.at(-1).id : undefined });
}

function getOrder({ principal, id, res }) {
  const order = ordersOf(principal).find((one) => one.id === id);
  if (order) send(res, 200, order);
  else refuse(res, 404, 'there is no such order');
}

async function createOrder({ principal, req, res }) {
  const { item, quantity } = (await json(req).catch(() => null)) ?? {};
  const isValid = typeof item === 'string' && Number.isInteger(quantity) && quantity > 0;
  if (!isValid) return refuse(res, 422, 'it needs an item and a quantity');
  const created_by = principal.userId ?? principal.clientId;
  const order = { id: randomUUID(), item, quantity, created_at: new Date().toISOString(), created_by };
  kept.set(principal.tenantId, [...ordersOf(principal), order]);
  created.emit(topicOf(principal), order);
  send(res, 201, order, { Location: `/orders/${order.id}` });
}

/** Slow on purpose: a row for each hour of today, with time between them. */
async function dailyReport({ principal, res }) {
  const today = new Date().toISOString().slice(0, 10);
  res.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).write('hour,orders,quantity\r\n');
  for (let hour = 0; hour < 24 && !res.destroyed; hour += 1) {
    const begin = `${today}T${String(hour).padStart(2, '0')}`;
    const orders = ordersOf(principal).filter(({ created_at }) => created_at.startsWith(begin));
    const quantity = orders.reduce((sum, order) => sum + order.quantity, 0);
    res.write(`${begin}:00Z,${orders.length},${quantity}\r\n`);
    await pause(Number(REPORT_ROW_MS));
  }
  res.end();
}

function orderEvents({ principal, res }) {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' }).write(':\n\n');
  const show = (order) => res.write(`event: order.created\ndata: ${JSON.stringify(order)}\n\n`);
  created.on(topicOf(principal), show);
  const heartbeat = setInterval(() => res.write(':\n\n'), 15_000);
  res.once('close', () => {
    clearInterval(heartbeat);
    created.off(topicOf(principal), show);
  });
}

const routes = [
  [/^GET \/orders$/, listOrders],
  [/^POST \/orders$/, createOrder],
  [/^GET \/orders\/([^/]+)$/, getOrder],
  [/^GET \/reports\/daily$/, dailyReport],
  [/^GET \/events$/, orderEvents],
];

async function answer(req, res) {
  const principal = await verifier.verify(req.headers['trivium-principal']);
  const { pathname, searchParams: query } = new URL(req.url, 'http://orders');
  const operation = `${req.method} ${pathname}`;
  const [path, handler] = routes.find(([path]) => path.test(operation)) ?? [];
  if (!handler) return refuse(res, 404, 'there is no such operation');
  await handler({ principal, query, id: path.exec(operation)[1], req, res });
}

const server = createServer((req, res) => {
  // A PrincipalError has a status and a code.
  answer(req, res).catch(({ status = 500, code }) => refuse(res, status, code ?? 'something failed'));
});
server.listen(Number(PORT), () => console.error(`orders: http://localhost:${server.address().port}`));

function send(res, status, body, fields = {}) {
  res.writeHead(status, { 'Content-Type': 'application/json', ...fields }).end(JSON.stringify(body));
}
function refuse(res, status, detail) {
  send(res, status, { status, detail }, { 'Content-Type': 'application/problem+json' });
}
