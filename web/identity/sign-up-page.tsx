import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { useForm } from '../components/use-form.ts'
import { beginSession, publicApi } from '../shell/session.ts'
import { showToast } from '../shell/toasts.ts'
import { Links, OpenFrame } from './open-frame.tsx'
import { ownPath } from './own-path.ts'
import { signIn, signUp as m } from '#messages/identity'
import { problem } from '#messages/shell'

interface Account {
  readonly email: string
  readonly password: string
}

const resend = async (email: string): Promise<void> => {
  try {
    await publicApi('POST /v1/identity/sign-ups/codes', { body: { email } })
    showToast({ kind: 'info', text: m.resent })
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void resend(email) })
  }
}

const SignUpForm = ({ onDone }: { readonly onDone: (account: Account) => void }) => {
  const form = useForm({
    initial: { firstName: '', lastName: '', email: '', password: '' },
    submit: async ({ email, firstName, lastName, password }) => {
      const names = { ...(firstName === '' ? {} : { firstName }), ...(lastName === '' ? {} : { lastName }) }
      await publicApi('POST /v1/identity/sign-ups', { body: { email, password, ...names } })
      onDone({ email, password })
    },
  })
  return (
    <Form form={form} submit={m.submit}>
      <TextField {...form.text('firstName')} label={m.firstName} autoComplete="given-name" optional />
      <TextField {...form.text('lastName')} label={m.lastName} autoComplete="family-name" optional />
      <TextField {...form.text('email')} label={signIn.email} type="email" autoComplete="username" />
      <TextField {...form.text('password')} label={signIn.password} help={m.passwordHelp} type="password" autoComplete="new-password" />
    </Form>
  )
}

const ConfirmForm = ({ account }: { readonly account: Account }) => {
  const [, navigate] = useLocation()
  const [search] = useSearchParams()
  const form = useForm({
    initial: { code: '' },
    submit: async ({ code }) => {
      const { email } = account
      await publicApi('POST /v1/identity/sign-ups/confirmations', { body: { email, code: code.replaceAll(/\s/g, '') } })
      const { tokens } = await publicApi('POST /v1/identity/sessions', { body: { ...account, refreshTokenIn: 'cookie' } })
      showToast({ kind: 'good', text: m.confirmed })
      if (tokens) beginSession(tokens)
      navigate(ownPath(search.get('to')))
    },
  })
  return (
    <>
      <Form form={form} submit={m.confirm}>
        <TextField {...form.text('code')} label={m.code} inputMode="numeric" autoComplete="one-time-code" />
      </Form>
      <Button kind="quiet" onClick={() => void resend(account.email)}>
        {m.resend}
      </Button>
    </>
  )
}

const SignUpPage = () => {
  const [account, setAccount] = useState<Account>()
  if (account)
    return (
      <OpenFrame key="confirm" title={m.confirmTitle} lead={m.confirmLead(account.email)}>
        <ConfirmForm account={account} />
      </OpenFrame>
    )
  return (
    <OpenFrame title={m.title} lead={m.lead}>
      <SignUpForm onDone={setAccount} />
      <Links>
        <span>
          {m.haveAccount} <Link href="/sign-in">{signIn.submit}</Link>
        </span>
      </Links>
    </OpenFrame>
  )
}

export default SignUpPage
