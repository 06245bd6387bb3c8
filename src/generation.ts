/** Everything that follows from one reading of `SERVICES`: it answers requests until the next one replaces it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiConfig } from './config.ts';
import type { Gateway } from './gateway/load-gateway.ts';
import { createApp } from './http/app.ts';
import { isUpgrade } from './http/gateway/accept-upgrades.ts';
import type { Log, RequestLog } from './log.ts';
import type { Shutdown } from './shutdown.ts';
import { openServices, type OpenServices } from './services.ts';

interface Parts {
  config: ApiConfig;
  log: Log;
  requestLog: RequestLog;
  shutdown: Shutdown;
}

export class Generation {
  readonly gateway: Gateway;
  readonly #opened: OpenServices;
  #answer: ((req: IncomingMessage, res: ServerResponse) => unknown) | undefined;
  #inProgress = 0;
  #ended: (() => void) | undefined;
  /** Of one request. */
  readonly #over = () => {
    this.#inProgress -= 1;
    if (this.#inProgress === 0) this.#ended?.();
  };

  private constructor(gateway: Gateway, opened: OpenServices) {
    this.gateway = gateway;
    this.#opened = opened;
  }

  static async open(gateway: Gateway, { config, log, requestLog, shutdown }: Parts): Promise<Generation> {
    return new Generation(gateway, await openServices(config, gateway, log, requestLog, shutdown));
  }

  get services(): OpenServices['services'] {
    return this.#opened.services;
  }

  /** Composes the pipeline; before that it cannot answer. @param publicUrl known once the server listens */
  compose(publicUrl: string): this {
    this.#answer = createApp({ ...this.services, publicUrl }).callback();
    return this;
  }

  answer(req: IncomingMessage, res: ServerResponse): void {
    this.#inProgress += 1;
    // A connection that was switched to WebSocket outlasts its answer.
    if (isUpgrade(req)) req.socket.on('close', this.#over);
    else res.on('close', this.#over);
    void this.#answer?.(req, res);
  }

  /** Fails the readiness check. */
  unready(): void {
    this.#opened.unready();
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  /** For one that was replaced: closes it when its last request has ended, however long that takes. */
  async retire(): Promise<void> {
    if (this.#inProgress > 0) await new Promise<void>((resolve) => (this.#ended = resolve));
    await this.close();
  }
}
