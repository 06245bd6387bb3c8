/** The file of `SERVICES` or a document that it names is wrong; nothing of it is used. */
export class ServicesFault extends Error {
  /** One sentence each, with the place in front: `services.yaml:12: …`. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(faults.join('\n'), options);
    this.faults = faults;
  }
}
