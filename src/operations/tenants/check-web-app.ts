/** Checks of a single-page app's origins and URLs that its schema cannot express. */
import type { components } from '../../contract/generated.ts';
import { wrongWithOrigin, wrongWithUrl } from '../../exact-address.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { WebAppAddresses } from '../../relay/jobs/createTenant.ts';

/** @param at JSON pointer to the web app in the body. @throws Problem `invalid_body` */
export function checkWebApp(webApp: components['schemas']['NewWebApp'], at = ''): WebAppAddresses {
  const { origins, callback_urls, logout_urls } = webApp;
  const errors: FieldError[] = [];
  const check = (name: string, values: readonly string[], wrong: (value: string) => string | undefined) =>
    values.forEach((value, index) => {
      const message = wrong(value);
      if (message)
        errors.push({ in: 'body', pointer: `${at}/${name}/${index}`, code: 'invalid_address', message });
    });
  check('origins', origins, wrongWithOrigin);
  check('callback_urls', callback_urls, wrongWithUrl);
  check('logout_urls', logout_urls ?? [], wrongWithUrl);
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  return { origins, callbackUrls: callback_urls, logoutUrls: logout_urls ?? origins };
}
