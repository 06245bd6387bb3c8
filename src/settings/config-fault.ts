/** An invalid setting. The message describes the fault and never contains the value. */
export class ConfigFault extends Error {}
