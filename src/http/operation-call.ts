/** A call of a handler, made from its request: what few handlers read is read when they do. */
import type { AnyPrincipal } from '../principal.ts';
import type { PendingEvent } from '../events/event.ts';
import type { Call } from '../operations/operation.ts';
import { readPreferences, type Preferences } from '../operations/preferences.ts';
import { prefersPage } from './preferred-type.ts';
import type { Context } from './state.ts';
import { pendingEvent } from './steps/record-event.ts';
import { whenOver } from './streams/when-over.ts';

export class OperationCall implements Record<keyof Call, unknown> {
  readonly principal: AnyPrincipal | undefined;
  readonly path: Record<string, string>;
  readonly query: Record<string, unknown>;
  /** Not `#ctx`: what changes a call inherits from it. */
  private readonly ctx: Context;

  constructor(ctx: Context) {
    const { principal, path, query } = ctx.state;
    this.ctx = ctx;
    this.principal = principal;
    this.path = path;
    this.query = query;
  }

  get operationId() {
    return this.ctx.state.matched.description.id;
  }
  get body() {
    return this.ctx.state.body;
  }
  get bodyType() {
    return this.ctx.state.bodyType;
  }
  get upload() {
    return this.ctx.state.upload;
  }
  get services() {
    return this.ctx.state.services;
  }
  get requestId() {
    return this.ctx.state.requestId;
  }
  get prefer(): Preferences {
    return readPreferences(this.ctx.get('Prefer'));
  }
  get idempotencyKey(): string | undefined {
    const { heedsIdempotencyKey } = this.ctx.state.matched;
    return heedsIdempotencyKey ? this.ctx.get('Idempotency-Key') || undefined : undefined;
  }
  get ifMatch(): string | undefined {
    return this.ctx.get('If-Match') || undefined;
  }
  get lastEventId(): string | undefined {
    return this.ctx.get('Last-Event-ID') || undefined;
  }
  get address(): string {
    return this.ctx.ip;
  }
  get isAddressKnown(): boolean {
    return this.ctx.state.isAddressKnown;
  }
  get accepted(): string | undefined {
    return this.ctx.state.accepted;
  }
  get cookies(): Record<string, string> {
    return cookiesOf(this.ctx);
  }
  get prefersPage(): boolean {
    return prefersPage(this.ctx);
  }
  get event(): PendingEvent {
    return pendingEvent(this.ctx);
  }
  /** Made when it is read: most operations end before a client could disconnect. */
  get signal(): AbortSignal {
    const hangUp = new AbortController();
    whenOver(this.ctx, () => hangUp.abort());
    return hangUp.signal;
  }
}

function cookiesOf(ctx: Context): Record<string, string> {
  const named = ctx.state.matched.description.parameters.filter(({ in: place }) => place === 'cookie');
  return Object.fromEntries(
    named.flatMap(({ name }) => {
      const value = ctx.cookies.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
