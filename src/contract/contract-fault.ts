/** The contract does not say what it must: nothing starts. The message says what to write, and where. */
export class ContractFault extends Error {}
