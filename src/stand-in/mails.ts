/** Mails that Auth0 would have sent. They are recorded instead, so that tests can check their recipients. */
export interface Mail {
  kind: 'verification';
  to: string;
}

/** Beyond this number the oldest are dropped. */
const MAILS_KEPT = 100_000;

export class Mails {
  readonly #mails: Mail[] = [];

  send(mail: Mail): void {
    this.#mails.push(mail);
    if (this.#mails.length > MAILS_KEPT) this.#mails.shift();
  }

  /** Oldest first. */
  list(): readonly Mail[] {
    return this.#mails;
  }
}
