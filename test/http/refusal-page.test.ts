import { expect } from 'chai';
import { refusalPage } from '../../src/http/refusal-page.ts';
import { Problem } from '../../src/problem.ts';
import { brandOf } from '../../src/settings/brand.ts';

const brand = brandOf({ BRAND_NAME: 'API' });

describe('page of a refusal', () => {
  it('never lets what somebody else wrote become markup', () => {
    const what = `<script>alert("1")</script> & <b onclick='x'>`;
    const page = refusalPage({ problem: new Problem('invalid_client'), what, requestId: '"><i>', brand });
    expect(page).to.include(
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b onclick=&#39;x&#39;&gt;',
    );
    expect(page).to.not.match(/<(script|b|i)\b/);
  });

  const advice: [Problem, RegExp][] = [
    [new Problem('invalid_target'), /Close this page and report it to the makers of the app/],
    [new Problem('too_many_metadata_documents', { headers: { 'Retry-After': '60' } }), /Wait 60 seconds,/],
    [new Problem('too_many_registrations', { headers: { 'Retry-After': '1' } }), /Wait 1 second,/],
    [new Problem('app_limit_reached', { headers: { 'Retry-After': '3600' } }), /Wait 60 minutes,/],
    [new Problem('internal_error'), /try again later/],
  ];
  for (const [problem, words] of advice) {
    it(`says what to do about ${problem.code}`, () => {
      expect(refusalPage({ problem, what: 'It is so.', requestId: 'r-1', brand })).to.match(words);
    });
  }
});
