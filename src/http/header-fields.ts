/** Header fields of an answer: those of its operation, of its request, and of what the handler returned. */
import type { Context, HeaderFields } from './state.ts';

/** For an answer that Koa sends. @param always those of an answer without an operation */
export function setFields(ctx: Context, always: HeaderFields): void {
  const { matched, fields } = ctx.state;
  for (const list of [matched?.fields ?? always, fields])
    for (let i = 0; i < list.length; i += 2) ctx.res.setHeader(list[i]!, list[i + 1]!);
}

/** For `writeHead`. @param own of the handler's answer, which replace others of the same name */
export function fieldsWith({ state }: Context, own: Record<string, string> | undefined): string[] {
  const others = [...state.matched.fields, ...state.fields];
  if (!own) return others;
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept: string[] = [];
  for (let i = 0; i < others.length; i += 2)
    if (!names.has(others[i]!.toLowerCase())) kept.push(others[i]!, others[i + 1]!);
  for (const [name, value] of Object.entries(own)) kept.push(name, value);
  return kept;
}
