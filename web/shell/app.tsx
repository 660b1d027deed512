import { Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Loading, Page } from '../components/page.tsx'
import { SignInOver } from '../identity/sign-in-over.tsx'
import { Boundary } from './boundary.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { Frame } from './frame.tsx'
import { type Page as PageOfApp, pages } from './pages.ts'
import { sessionState } from './session.ts'
import { useStore } from './store.ts'
import { problem } from '#messages/shell'

const NotFound = () => (
  <Page title={problem.notFound}>
    <p>
      <ButtonLink href="/">{problem.toStart}</ButtonLink>
    </p>
  </Page>
)

const Shown = ({ component: Component }: PageOfApp) => (
  <Boundary>
    <Suspense fallback={<Loading />}>
      <Component />
    </Suspense>
  </Boundary>
)

/** Pages of sign-in have no frame. All others wait for a session. */
export const App = () => {
  const session = useStore(sessionState)
  const [location] = useLocation()
  const open = pages.filter(page => page.open)
  if (session === 'unknown')
    return (
      <main>
        <ConnectionNotice />
        <Loading />
      </main>
    )
  return (
    <Switch>
      {open.map(page => (
        <Route key={page.path} path={page.path}>
          <main>
            <Shown {...page} />
          </main>
        </Route>
      ))}
      <Route>
        {session === 'signed-out' ? (
          <Redirect to={`/sign-in${location === '/' ? '' : `?to=${encodeURIComponent(location)}`}`} replace />
        ) : (
          <Frame>
            <Switch>
              {pages
                .filter(page => !page.open)
                .map(page => (
                  <Route key={page.path} path={page.path}>
                    <Shown {...page} />
                  </Route>
                ))}
              <Route>
                <NotFound />
              </Route>
            </Switch>
            {session === 'ended' && <SignInOver />}
          </Frame>
        )}
      </Route>
    </Switch>
  )
}
