/** What is the same for each request to an operation of a service. */
import { createFieldsToCaller, type FieldsToCaller } from '../../gateway/fields-to-caller.ts';
import { createFieldsToService } from '../../gateway/fields-to-service.ts';
import type { KeyedRequests } from '../../gateway/keyed/keyed-requests.ts';
import { valueOf } from '../../gateway/raw-fields.ts';
import type { ServiceOperation } from '../../gateway/service.ts';
import type { Upstream } from '../../gateway/upstream.ts';
import { ownSelection } from '../../gateway/web-socket-protocols.ts';
import { Problem } from '../../problem.ts';
import type { Context } from '../state.ts';
import type { Shutdown } from '../../shutdown.ts';
import type { BodyRoom } from '../body-room.ts';
import type { Places } from '../streams/places.ts';
import { whenOver } from '../streams/when-over.ts';
import type { Watch } from '../streams/watch.ts';

export interface ForwardParts {
  operation: ServiceOperation;
  upstream: Upstream;
  /** Of this API, without a trailing slash. */
  publicUrl: string;
  keyedRequests: Pick<KeyedRequests, 'begin'>;
  /** @returns fields that tell the service who calls, alternately a name and its value: `Trivium-Principal` and others */
  identify: (ctx: Context) => string[] | Promise<string[]>;
  watch: Watch;
  places: Places;
  bodyRoom: BodyRoom;
  shutdown: Shutdown;
}

const PROTOCOLS = 'sec-websocket-protocol';
const NO_TRAILERS: [string, string][] = [];

export class ServiceRoute {
  readonly operation: ServiceOperation;
  readonly upstream: Upstream;
  readonly watch: Watch;
  readonly shutdown: Shutdown;
  readonly fieldsToService: ReturnType<typeof createFieldsToService>;
  readonly #places: Places;
  readonly #prefix: string;
  #fieldsToCaller: FieldsToCaller | undefined;

  constructor({ operation, upstream, publicUrl, watch, places, shutdown }: ForwardParts) {
    const { service } = operation;
    this.operation = operation;
    this.upstream = upstream;
    this.watch = watch;
    this.shutdown = shutdown;
    this.#places = places;
    this.#prefix = service.stripsPrefix ? service.prefix : '';
    this.fieldsToService = createFieldsToService(service, publicUrl);
  }

  /** @param raw of the service's answer. @returns those that pass, with ours: alternately a name and its value */
  answerFields(ctx: Context, raw: readonly Buffer[]): string[] {
    const fields = this.#toCaller(ctx)(raw);
    for (const field of ctx.state.fields) fields.push(field);
    return fields;
  }

  /** @param value of `Link` */
  links(ctx: Context, value: string): string {
    return this.#toCaller(ctx).links(value);
  }

  /** As `answerFields`, of an answer that switches to WebSocket. */
  switchFields(ctx: Context, raw: readonly Buffer[]): string[] {
    const fields = this.answerFields(ctx, raw);
    const offered = valueOf(ctx.req.rawHeaders, PROTOCOLS) ?? '';
    return fields.concat(ownSelection(offered, valueOf(fields, PROTOCOLS)));
  }

  trailers(ctx: Context, raw: readonly Buffer[]): [string, string][] {
    return raw.length > 0 ? this.#toCaller(ctx).trailers(raw) : NO_TRAILERS;
  }

  /** The rest of an answer did not come. */
  noteBreak({ state: { services, requestId } }: Context, err: Error): void {
    const { name } = this.operation.service;
    services.log.warn({ request_id: requestId, service: name, err }, 'answer of a service broke off');
  }

  /** @param target of the request, in origin-form. @returns path and query at the service, without its base path */
  pathOf(target: string): string {
    if (this.#prefix === '') return target;
    if (!target.startsWith(this.#prefix)) throw new Problem('not_found');
    const path = target.slice(this.#prefix.length);
    return path.startsWith('/') ? path : `/${path}`;
  }

  /**
   * Takes a place among the caller's streams, until the answer is over.
   * @throws Problem `too_many_streams`
   */
  takePlace(ctx: Context): void {
    if (ctx.state.principal) whenOver(ctx, this.#places.take(ctx.state.principal));
  }

  /** Made with the first answer: until then the operation's own fields are not known. */
  #toCaller({ state }: Context): FieldsToCaller {
    return (this.#fieldsToCaller ??= createFieldsToCaller(this.operation.service, state.matched.fields));
  }
}
