/** The one script URL that is given as text: the worker of Auth0's SDK. Any other is refused by the browser (Trusted Types). */
import { settings } from './page-settings.ts';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

trustedTypes?.createPolicy('default', {
  createScriptURL: (url) => {
    if (url !== settings.workerUrl) throw new TypeError('not a script of this page');
    return url;
  },
});
