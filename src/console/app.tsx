import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Schema } from './api.ts';
import { Empty } from './components/empty.tsx';
import { Loaded } from './components/loaded.tsx';
import { ProblemNotice } from './components/problem.tsx';
import { MeContext, type Me } from './me.ts';
import { settings } from './page-settings.ts';
import { useResource } from './resource.ts';
import { linkTo, usePlace, type Place } from './router.ts';
import { screensOf, type Screen } from './screens/index.ts';
import { signIn, signOut } from './session.ts';
import { texts } from './texts.ts';

/** The page: its header, and the screens that the signed-in user may see. */
export function App({ name }: { name: string | undefined }) {
  return (
    <>
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <Header name={name} />
      {name === undefined ? <Welcome /> : <SignedIn name={name} />}
    </>
  );
}

function Header({ name }: { name: string | undefined }) {
  return (
    <header class="bar">
      {settings.logo !== '' && <img src={settings.logo} alt="" />}
      <strong>
        {settings.brandName} {texts.console}
      </strong>
      <a href="/docs">{texts.documentation}</a>
      {settings.supportUrl !== '' && <a href={settings.supportUrl}>{texts.help}</a>}
      {name !== undefined && (
        <>
          <span class="who">{name}</span>
          <button type="button" onClick={() => void signOut()}>
            {texts.signOut}
          </button>
        </>
      )}
    </header>
  );
}

function Welcome() {
  return (
    <main id="main">
      <h1>{texts.signIn}</h1>
      <p class="lead">{texts.signInLead}</p>
      <button type="button" class="primary" onClick={() => void signIn()}>
        {texts.signIn}
      </button>
    </main>
  );
}

function SignedIn({ name }: { name: string }) {
  const allowed = useResource<Schema<'MyOperations'>>('/v1/me/operations');
  const place = usePlace();
  return <Loaded of={allowed}>{(operations) => <Frame me={{ ...operations, name }} place={place} />}</Loaded>;
}

function Frame({ me, place }: { me: Me; place: Place }) {
  const mine = useMemo(() => screensOf(me), [me.operations]);
  const current = place.screen === '' ? mine[0] : mine.find(({ name }) => name === place.screen);
  useEffect(() => {
    document.title = `${current ? texts.screens[current.name] : texts.notFound} · ${settings.brandName}`;
  }, [current]);
  return (
    <MeContext.Provider value={me}>
      <div class="frame">
        <nav aria-label={texts.navigation}>
          <ul>
            {mine.map(({ name }) => (
              <li key={name}>
                <a href={linkTo(name)} aria-current={name === current?.name ? 'page' : undefined}>
                  {texts.screens[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main" tabIndex={-1}>
          {mine.length === 0 && (
            <Empty isPage title={texts.nothingAllowed}>
              {texts.nothingAllowedNext}
            </Empty>
          )}
          {mine.length > 0 && !current && (
            <Empty isPage title={texts.notFound}>
              {texts.notFoundNext}
            </Empty>
          )}
          {current && <LateScreen key={current.name} load={current.load} place={place} />}
        </main>
      </div>
    </MeContext.Provider>
  );
}

/** Shows a screen once its file is there. */
function LateScreen({ load, place }: { load: () => Promise<{ default: Screen }>; place: Place }) {
  const [screen, setScreen] = useState<{ Screen?: Screen; failure?: unknown }>({});
  useEffect(() => {
    load().then(
      (loaded) => setScreen({ Screen: loaded.default }),
      (failure: unknown) => setScreen({ failure }),
    );
  }, [load]);
  const { Screen, failure } = screen;
  if (failure !== undefined) return <ProblemNotice failure={failure} retry={() => location.reload()} />;
  return Screen ? <Screen place={place} /> : <p role="status">{texts.loading}</p>;
}
