/** Lanes of the budget: `interactive` reserves slots ahead, `bulk` uses what is free. */
export type Lane = 'interactive' | 'bulk';
