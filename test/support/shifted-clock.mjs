/** Loaded before a process (`NODE_OPTIONS=--import=…`): its machine's clock is wrong by `CLOCK_SHIFT_MS`. */
const Real = globalThis.Date;
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);

globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shiftMs);
    else super(...given);
  }
  static now() {
    return Real.now() + shiftMs;
  }
};
