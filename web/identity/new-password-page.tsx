import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Notice } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { publicApi } from '../shell/session.ts'
import { showToast } from '../shell/toasts.ts'
import { Links, OpenFrame } from './open-frame.tsx'
import { reset as m, security, signIn, signUp } from '#messages/identity'

const RequestForm = ({ onSent }: { readonly onSent: (email: string) => void }) => {
  const form = useForm({
    initial: { email: '' },
    submit: async ({ email }) => {
      await publicApi('POST /v1/identity/password-resets', { body: { email } })
      onSent(email)
    },
  })
  return (
    <Form form={form} submit={m.send}>
      <TextField {...form.text('email')} label={signIn.email} type="email" autoComplete="username" />
    </Form>
  )
}

const ResetForm = ({ email }: { readonly email: string }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { code: '', newPassword: '' },
    submit: async ({ code, newPassword }) => {
      await publicApi('POST /v1/identity/password-resets/confirmations', { body: { email, code: code.replaceAll(/\s/g, ''), newPassword } })
      showToast({ kind: 'good', text: m.done })
      navigate(`/sign-in?email=${encodeURIComponent(email)}`)
    },
  })
  return (
    <Form form={form} submit={m.submit}>
      <Notice>{m.sent(email)}</Notice>
      <TextField {...form.text('code')} label={signUp.code} inputMode="numeric" autoComplete="one-time-code" />
      <TextField
        {...form.text('newPassword')}
        label={security.newPassword}
        help={signUp.passwordHelp}
        type="password"
        autoComplete="new-password"
      />
    </Form>
  )
}

const NewPasswordPage = () => {
  const [email, setEmail] = useState<string>()
  return (
    <OpenFrame title={m.title} lead={m.lead}>
      {email === undefined ? <RequestForm onSent={setEmail} /> : <ResetForm email={email} />}
      <Links>
        <Link href="/sign-in">{signIn.submit}</Link>
      </Links>
    </OpenFrame>
  )
}

export default NewPasswordPage
