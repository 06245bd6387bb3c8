// The team's own single-page app: its users sign in at Auth0, and it calls the orders service through Trivium with their token.
import { createAuth0Client } from './auth0-spa-js.js';

const { domain, clientId, audience, api } = await (await fetch('config.json')).json();
const auth0 = await createAuth0Client({
  domain,
  clientId,
  authorizationParams: { audience, redirect_uri: `${location.origin}/callback` },
});
const at = (id) => document.getElementById(id);

if (location.pathname === '/callback' && /[?&](code|error)=/.test(location.search)) {
  await auth0.handleRedirectCallback().catch((error) => (at('problem').textContent = error.message));
  history.replaceState({}, '', '/');
}
at('sign-in').onclick = () => auth0.loginWithRedirect();
at('sign-out').onclick = () => auth0.logout({ logoutParams: { returnTo: location.origin } });
at('create').onsubmit = async (event) => {
  event.preventDefault();
  const { item, quantity } = Object.fromEntries(new FormData(event.target));
  await call('POST', '/orders/orders', { item, quantity: Number(quantity) });
  await show();
};
if (await auth0.isAuthenticated()) await show();

async function show() {
  const { email } = await auth0.getUser();
  at('who').textContent = `Signed in as ${email}.`;
  at('sign-in').hidden = true;
  at('sign-out').hidden = at('create').hidden = false;
  const found = await call('GET', '/orders/orders');
  at('orders').replaceChildren(
    ...(found?.orders ?? []).map(({ item, quantity }) =>
      Object.assign(document.createElement('li'), { textContent: `${quantity} × ${item}` }),
    ),
  );
}

/** @returns the answer; undefined when it was refused, which is shown */
async function call(method, path, body) {
  const headers = { authorization: `Bearer ${await auth0.getTokenSilently()}` };
  if (body) headers['content-type'] = 'application/json';
  const answer = await fetch(api + path, { method, headers, body: body && JSON.stringify(body) });
  const value = await answer.json();
  // A problem document (RFC 9457), of Trivium or of the service.
  at('problem').textContent = answer.ok ? '' : (value.detail ?? value.title);
  return answer.ok ? value : undefined;
}
