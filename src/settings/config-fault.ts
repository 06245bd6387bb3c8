/** A setting that is wrong; its message says how, and never what it was. */
export class ConfigFault extends Error {}
