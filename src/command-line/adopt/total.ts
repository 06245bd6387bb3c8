/** What became of all users of a command, in numbers and in words. */
import type { components } from '../generated-contract.ts';
import { plainText } from '../plain-text.ts';

export type Adoption = components['schemas']['UserAdoption'];

/** All adoptions of a command together. */
export interface Total {
  tenant_id: string;
  dry_run: boolean;
  adoptions: string[];
  adopted: number;
  already: number;
  refused: number;
  refusals: Adoption['refusals'];
  expected_calls?: number;
  expected_minutes?: number;
}

export function sumOf(tenant_id: string, dry_run: boolean, all: readonly Adoption[]): Total {
  const codes = new Map<string, Adoption['refusals'][number]>();
  for (const one of all.flatMap(({ refusals }) => refusals))
    codes.set(one.code, { ...one, users: one.users + (codes.get(one.code)?.users ?? 0) });
  const add = (of: (one: Adoption) => number | undefined) =>
    all.reduce((result, one) => result + (of(one) ?? 0), 0);
  return {
    tenant_id,
    dry_run,
    adoptions: all.map(({ id }) => id),
    adopted: add(({ adopted }) => adopted),
    already: add(({ already }) => already),
    refused: add(({ refused }) => refused),
    refusals: [...codes.values()],
    ...(dry_run && {
      expected_calls: add(({ expected_calls }) => expected_calls),
      expected_minutes: add(({ expected_minutes }) => expected_minutes),
    }),
  };
}

export function totalInWords(total: Total): string {
  const { adopted, already, refused, refusals, dry_run, tenant_id } = total;
  const number = (count: number) => count.toLocaleString('en');
  const lines = [
    dry_run
      ? `Dry run: ${number(adopted)} would become users of ${tenant_id}, ${number(already)} are already, ${number(refused)} would be refused.`
      : `${number(adopted)} became users of ${tenant_id}, ${number(already)} were already, ${number(refused)} were refused.`,
    ...refusals.map(({ code, message, users }) => `  ${number(users)}: ${message} (${code})`),
  ];
  if (dry_run)
    lines.push(
      `It takes about ${number(total.expected_calls ?? 0)} calls, and ${inMinutes(total.expected_minutes ?? 0)} if nothing else uses the budget.`,
    );
  return lines.map(plainText).join('\n');
}

const inMinutes = (minutes: number): string =>
  minutes === 1 ? 'a minute' : `${minutes.toLocaleString('en')} minutes`;
