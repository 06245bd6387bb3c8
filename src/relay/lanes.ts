/** Which kind of work may spend the next slot of the budget: `interactive` reserves ahead, `bulk` takes what is free. */
export type Lane = 'interactive' | 'bulk';
