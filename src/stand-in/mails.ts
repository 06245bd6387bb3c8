/** Mails that Auth0 would have sent. There is nobody to send them to: they are kept, so that tests see who would have got one. */
export interface Mail {
  kind: 'verification';
  to: string;
}

/** More than these are not kept: the oldest go. */
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
