import { render } from 'preact';
import { App } from './app.tsx';
import { root } from './page-settings.ts';
import { openSession, SignInFailed } from './session.ts';
import { texts } from './texts.ts';
import './theme.css';
import './styles.css';
import './trusted-types.ts';

try {
  const user = await openSession();
  const name = user && (user.name ?? user.email ?? user.sub ?? '');
  render(<App name={name} />, root);
} catch (error) {
  const isRefused = error instanceof SignInFailed;
  render(
    <>
      <App name={undefined} />
      <div class="problem" role="alert">
        <strong>{isRefused ? texts.signInFailed : texts.unreachable}</strong>
        <p>{isRefused ? error.message : texts.unreachableNext}</p>
      </div>
    </>,
    root,
  );
}
