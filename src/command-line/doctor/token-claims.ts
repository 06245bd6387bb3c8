/** An access token as the API will judge it. The signature is the API's to check, which is asked with the same token afterwards. */
import { tokenPart } from '../setup/answers.ts';
import type { Doctor } from './doctor.ts';
import { finding, type Finding } from './finding.ts';

/** Of access tokens: RFC 9068, and Auth0's own profile. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];

/**
 * @param whose for people
 * @param wanted claims without their namespace → their value; undefined: any
 */
export function checkToken(
  { authority, audience }: Pick<Doctor, 'authority' | 'audience'>,
  whose: string,
  token: string,
  wanted: Record<string, string | undefined>,
): Finding[] {
  const [header, claims] = [tokenPart(token, 0) ?? {}, tokenPart(token, 1) ?? {}];
  const findings: Finding[] = [];
  if (claims['iss'] !== authority)
    findings.push(
      finding('token_issuer', `${whose} is issued by ${String(claims['iss'])}, not by ${authority}`),
    );
  if (![claims['aud']].flat().includes(audience))
    findings.push(finding('token_audience', `${whose} is for ${String(claims['aud'])}, not for ${audience}`));
  if (!TYPES.includes(String(header['typ']).toLowerCase()))
    findings.push(finding('token_type', `${whose} has the type ${String(header['typ'])}, not at+jwt`));
  for (const [name, value] of Object.entries(wanted)) {
    const found = claims[`${audience}/${name}`];
    if (found === undefined || (value !== undefined && found !== value))
      findings.push(
        finding(
          'claims_missing',
          found === undefined
            ? `${whose} lacks the claim ${audience}/${name}`
            : `the claim ${audience}/${name} of ${whose} is not ${value}`,
        ),
      );
    if (claims[name] !== undefined)
      findings.push(finding('claims_not_namespaced', `${whose} has the claim ${name} without a namespace`));
  }
  return findings;
}
