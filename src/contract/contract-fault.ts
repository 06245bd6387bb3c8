/** The contract says too little, or something that can't be: the process refuses to start. */
export class ContractFault extends Error {}
