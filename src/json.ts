/** JSON that this installation wrote itself: its type is what was written. What anybody else wrote is checked instead. */
export const parseJson = <T>(text: string): T => JSON.parse(text) as T;
