/** The contract lacks something required; the process does not start. The message says what to write, and where. */
export class ContractFault extends Error {}
