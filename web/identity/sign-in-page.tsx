import { useEffect, useState } from 'react'
import { Link, Redirect, useSearchParams } from 'wouter'
import { Button } from '../components/button.tsx'
import { beginSession, publicApi, sessionState } from '../shell/session.ts'
import { useStore } from '../shell/store.ts'
import { showToast } from '../shell/toasts.ts'
import { Links, OpenFrame } from './open-frame.tsx'
import { ownPath } from './own-path.ts'
import { SignInForm } from './sign-in-form.tsx'
import { signIn as m } from '#messages/identity'
import { problem } from '#messages/shell'

interface Demonstration {
  readonly email: string
  readonly password: string
}

/** The start of a platform on a laptop prints an address with the demonstration user in its fragment, which is sent to no server. */
const readDemonstration = (): Demonstration | undefined => {
  const given = new URLSearchParams(location.hash.slice(1))
  const email = given.get('email')
  const password = given.get('password')
  return email !== null && password !== null ? { email, password } : undefined
}

const signInAs = async (user: Demonstration): Promise<void> => {
  try {
    const { tokens } = await publicApi('POST /v1/identity/sessions', { body: { ...user, refreshTokenIn: 'cookie' } })
    if (tokens) beginSession(tokens)
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void signInAs(user) })
  }
}

const SignInPage = () => {
  const session = useStore(sessionState)
  const [search] = useSearchParams()
  const [demonstration] = useState(readDemonstration)
  useEffect(() => {
    if (demonstration) history.replaceState(null, '', location.pathname + location.search)
  }, [demonstration])
  if (session === 'signed-in') return <Redirect to={ownPath(search.get('to'))} replace />
  return (
    <OpenFrame title={m.title}>
      {demonstration && (
        <Button kind="primary" onClick={() => void signInAs(demonstration)}>
          {m.demonstration}
        </Button>
      )}
      <SignInForm email={search.get('email') ?? ''} />
      <Links>
        <span>
          {m.noAccount} <Link href={`/sign-up${location.search}`}>{m.signUp}</Link>
        </span>
        <span>
          {m.forgotten} <Link href="/new-password">{m.reset}</Link>
        </span>
      </Links>
    </OpenFrame>
  )
}

export default SignInPage
