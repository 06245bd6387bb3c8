/** What people see of the deployment: the settings, and the pages that show them. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { brandedPage, brandedPagePolicy } from '../../src/branded-page.ts';
import { brand, brandOf } from '../../src/settings/brand.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');

describe('brand', () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'brand-'))));
  after(() => rmSync(folder, { recursive: true }));
  const file = (content: string | Buffer) => {
    const path = join(folder, createHash('sha256').update(content).digest('hex'));
    writeFileSync(path, content);
    return path;
  };

  it('knows an image by its content', () => {
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(brand.BRAND_LOGO.read(file(PNG))).to.include({ type: 'image/png' });
    const { type, dataUrl } = brand.BRAND_LOGO.read(file(svg));
    expect(type).to.equal('image/svg+xml');
    expect(dataUrl).to.equal(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
  });

  const wrong: [what: string, read: () => unknown, fault: RegExp][] = [
    ['a page as a logo', () => brand.BRAND_LOGO.read(file('<html></html>')), /^must name an SVG or PNG/],
    ['a large logo', () => brand.BRAND_LOGO.read(file(Buffer.alloc(65_537))), /more than 65536 bytes/],
    [
      'a logo that is not there',
      () => brand.BRAND_LOGO.read(join(folder, 'none')),
      /cannot be read \(ENOENT\)/,
    ],
    ['a colour by name', () => brand.BRAND_COLOR.read('red'), /^must be a colour/],
    ['style in a colour', () => brand.BRAND_COLOR.read('#000000}body{'), /^must be a colour/],
    ['a script as support', () => brand.BRAND_SUPPORT_URL.read('javascript:alert(1)'), /^must be an https/],
    ['a name of spaces', () => brand.BRAND_NAME.read('  '), /^must be a name/],
    ['a name with a line break', () => brand.BRAND_NAME.read('a\nb'), /^must be a name/],
  ];
  for (const [what, read, fault] of wrong)
    it(`refuses ${what}`, () => {
      expect(read).to.throw(fault);
    });

  it('is on pages, as text, with exactly the style that their policy allows', () => {
    const shown = brandOf({
      BRAND_NAME: 'Example & <b>Sons</b>',
      BRAND_COLOR: '#0b5fff',
      BRAND_LOGO: brand.BRAND_LOGO.read(file(PNG)),
      BRAND_SUPPORT_URL: 'https://example.com/help?a=1&b=2',
    });
    const page = brandedPage(shown, { title: 'Sign in', body: '<p>x</p>' });
    expect(page).to.include('Example &amp; &lt;b&gt;Sons').and.include('src="data:image/png;base64,');
    expect(page).to.include('href="https://example.com/help?a=1&amp;b=2"').and.include('--brand:#0b5fff');
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(brandedPagePolicy(shown)).to.include(`style-src 'sha256-${hash}'`).and.include('img-src data:');
  });

  it('shows nothing where nothing is set', () => {
    const page = brandedPage(brandOf({ BRAND_NAME: 'API' }), { title: 'Sign in', body: '' });
    expect(page).to.not.match(/<(header|footer)>|Trivium/);
  });
});
