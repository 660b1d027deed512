import { useState } from 'react'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { useForm } from '../components/use-form.ts'
import { beginSession, publicApi } from '../shell/session.ts'
import { signIn as m } from '#messages/identity'

type SignIn = ApiAnswer<'POST /v1/identity/sessions'>
type Challenge = NonNullable<SignIn['challenge']>

const accept = ({ challenge, tokens }: SignIn, ask: (challenge: Challenge) => void): void => {
  if (tokens) beginSession(tokens)
  else if (challenge) ask(challenge)
}

const CodeForm = ({ challenge, email }: { readonly challenge: Challenge; readonly email: string }) => {
  const form = useForm({
    initial: { code: '' },
    submit: async ({ code }) => {
      const answer = await publicApi('POST /v1/identity/sessions/challenges', {
        body: { challenge: 'SOFTWARE_TOKEN_MFA', session: challenge.session, email, code, refreshTokenIn: 'cookie' },
      })
      accept(answer, () => undefined)
    },
  })
  return (
    <Form form={form} submit={m.submit}>
      <TextField {...form.text('code')} label={m.code} help={m.codeHelp} inputMode="numeric" autoComplete="one-time-code" />
    </Form>
  )
}

/** Email and password, then the code of an authenticator app if the account has one. */
export const SignInForm = ({ email = '' }: { readonly email?: string }) => {
  const [challenge, setChallenge] = useState<Challenge>()
  const form = useForm({
    initial: { email, password: '' },
    submit: async values => {
      const answer = await publicApi('POST /v1/identity/sessions', { body: { ...values, refreshTokenIn: 'cookie' } })
      accept(answer, setChallenge)
    },
  })
  if (challenge) return <CodeForm challenge={challenge} email={form.values.email} />
  return (
    <Form form={form} submit={m.submit}>
      <TextField {...form.text('email')} label={m.email} type="email" autoComplete="username" />
      <TextField {...form.text('password')} label={m.password} type="password" autoComplete="current-password" />
    </Form>
  )
}
