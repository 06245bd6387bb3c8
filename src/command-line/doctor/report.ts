/** What was found, in words and as JSON. Nothing secret. */
import { plainText } from '../plain-text.ts';
import type { Finding, Level } from './finding.ts';

export interface Report {
  url: string;
  account: string;
  proved: string[];
  findings: Finding[];
}

const order: Level[] = ['broken', 'warning', 'note'];
const SIGN: Record<Level, string> = { broken: '✗', warning: '!', note: '-' };

export const isBroken = ({ findings }: Report): boolean => findings.some(({ level }) => level === 'broken');

export function inWords(report: Report): string {
  const { url, account, proved } = report;
  const findings = sorted(report.findings);
  const count = (level: Level) => findings.filter((one) => one.level === level).length;
  const summary =
    count('broken') + count('warning') === 0
      ? 'All is well.'
      : `${count('broken')} broken, ${count('warning')} to be looked at.`;
  return [
    `${url}, account ${account}`,
    ...proved.map((what) => `  ✓ ${what}`),
    ...findings.flatMap(({ code, level, what, why, fix }) => [
      `  ${SIGN[level]} ${what} (${code})`,
      `      ${why}`,
      `      ${fix}`,
    ]),
    summary,
  ]
    .map(plainText)
    .join('\n');
}

export function asJson(report: Report): string {
  const { url, account, proved } = report;
  return JSON.stringify({
    url,
    account,
    is_well: !isBroken(report),
    proved,
    findings: sorted(report.findings),
  });
}

const sorted = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
