import { useState } from 'react'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Notice } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { beginSession, publicApi } from '../shell/session.ts'
import { hasPasskeys, NoPasskey, signInWithPasskey } from './passkeys.ts'
import { signIn as m, signUp } from '#messages/identity'

type SignIn = ApiAnswer<'POST /v1/identity/sessions'>
type Challenge = NonNullable<SignIn['challenge']>

const accept = ({ challenge, tokens }: SignIn, ask: (challenge: Challenge) => void): void => {
  if (tokens) beginSession(tokens)
  else if (challenge) ask(challenge)
}

interface ChallengeProps {
  readonly challenge: Challenge
  readonly email: string
  readonly onChallenge: (challenge: Challenge | undefined) => void
}

const CodeForm = ({ challenge: { session }, email, onChallenge }: ChallengeProps) => {
  const form = useForm({
    initial: { code: '' },
    submit: async ({ code }) => {
      const body = { challenge: 'SOFTWARE_TOKEN_MFA', session, email, code: code.replaceAll(/\s/g, ''), refreshTokenIn: 'cookie' } as const
      accept(await publicApi('POST /v1/identity/sessions/challenges', { body }), onChallenge)
    },
  })
  return (
    <Form form={form} submit={m.submit} onCancel={() => onChallenge(undefined)}>
      <TextField {...form.text('code')} label={m.code} help={m.codeHelp} inputMode="numeric" autoComplete="one-time-code" />
    </Form>
  )
}

/** An account that an operator has made has a first password, which its owner replaces. */
const NewPasswordForm = ({ challenge: { session }, email, onChallenge }: ChallengeProps) => {
  const form = useForm({
    initial: { newPassword: '' },
    submit: async ({ newPassword }) => {
      const body = { challenge: 'NEW_PASSWORD_REQUIRED', session, email, newPassword, refreshTokenIn: 'cookie' } as const
      accept(await publicApi('POST /v1/identity/sessions/challenges', { body }), onChallenge)
    },
  })
  return (
    <Form form={form} submit={m.submit} onCancel={() => onChallenge(undefined)}>
      <Notice>{m.newPasswordHelp}</Notice>
      <TextField
        {...form.text('newPassword')}
        label={m.newPassword}
        help={signUp.passwordHelp}
        type="password"
        autoComplete="new-password"
      />
    </Form>
  )
}

const PasskeyButton = ({ email, onChallenge }: Omit<ChallengeProps, 'challenge'>) => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const use = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      accept(await signInWithPasskey(email), onChallenge)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button busy={busy} disabled={email === ''} title={email === '' ? m.passkeyNeedsEmail : undefined} onClick={() => void use()}>
        {m.passkey}
      </Button>
      {failure instanceof NoPasskey && <Notice kind="warn">{m.passkeyRefused}</Notice>}
      {failure !== undefined && !(failure instanceof NoPasskey) && <Failure error={failure} />}
    </>
  )
}

/** Email and password, then the code of an authenticator app if the account has one. Or a passkey. */
export const SignInForm = ({ email = '' }: { readonly email?: string }) => {
  const [challenge, setChallenge] = useState<Challenge>()
  const form = useForm({
    initial: { email, password: '' },
    submit: async values => {
      accept(await publicApi('POST /v1/identity/sessions', { body: { ...values, refreshTokenIn: 'cookie' } }), setChallenge)
    },
  })
  const { email: typed } = form.values
  if (challenge) {
    const Next = challenge.challenge === 'NEW_PASSWORD_REQUIRED' ? NewPasswordForm : CodeForm
    return <Next challenge={challenge} email={typed} onChallenge={setChallenge} />
  }
  return (
    <>
      <Form form={form} submit={m.submit}>
        <TextField {...form.text('email')} label={m.email} type="email" autoComplete="username webauthn" />
        <TextField {...form.text('password')} label={m.password} type="password" autoComplete="current-password" />
      </Form>
      {hasPasskeys() && <PasskeyButton email={typed} onChallenge={setChallenge} />}
    </>
  )
}
