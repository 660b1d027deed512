import { useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { TextField } from '../components/field.tsx'
import { Moment } from '../components/figures.tsx'
import { Form } from '../components/form.tsx'
import { formatNumber } from '../components/format.ts'
import { Card, Loading, Page, Section } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useForm } from '../components/use-form.ts'
import { api, useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { signedOutEverywhere, signOutHere } from '../shell/sign-out.ts'
import { showToast } from '../shell/toasts.ts'
import { AuthenticatorApp } from './authenticator-app.tsx'
import { PasskeyList } from './passkey-list.tsx'
import styles from './security.module.css'
import { security as m, signUp } from '#messages/identity'
import { problem } from '#messages/shell'

const PasswordChange = ({ email }: { readonly email: string | null }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { password: '', newPassword: '' },
    submit: async values => {
      await api('POST /v1/identity/password-changes', { body: values })
      signedOutEverywhere()
      navigate(`/sign-in${email === null ? '' : `?email=${encodeURIComponent(email)}`}`)
      showToast({ kind: 'good', text: m.passwordChanged })
    },
  })
  return (
    <Section title={m.password} lead={m.passwordLead}>
      <Card>
        <Form form={form} submit={m.changePassword} columns>
          <TextField {...form.text('password')} label={m.confirmPassword} type="password" autoComplete="current-password" />
          <TextField
            {...form.text('newPassword')}
            label={m.newPassword}
            help={signUp.passwordHelp}
            type="password"
            autoComplete="new-password"
          />
        </Form>
      </Card>
    </Section>
  )
}

const signOutEverywhere = async (): Promise<void> => {
  try {
    await api('DELETE /v1/identity/sessions')
    signedOutEverywhere()
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void signOutEverywhere() })
  }
}

const SecurityPage = () => {
  const look = useLook()
  const { data: me, error, refetch } = useApi('GET /v1/identity/me')
  return (
    <Page title={m.title}>
      {error && <Failure error={error} retry={refetch} />}
      {!me && !error && <Loading />}
      {me && (
        <>
          <AuthenticatorApp enrolled={me.mfaEnabled} />
          <PasskeyList />
          <PasswordChange email={me.email} />
          <Section title={m.sessions} lead={m.sessionsLead}>
            <Card>
              {me.lastLogin !== null && (
                <p>
                  {m.signIns}: <Moment instant={me.lastLogin} />
                  {me.failedLoginAttempts > 0 && `, ${m.failed(formatNumber(me.failedLoginAttempts, look))}`}
                </p>
              )}
              <p className={styles['buttons']}>
                <Button onClick={() => void signOutHere()}>{m.here}</Button>
                <Button kind="danger" onClick={() => void signOutEverywhere()}>
                  {m.everywhere}
                </Button>
              </p>
            </Card>
          </Section>
        </>
      )}
    </Page>
  )
}

export default SecurityPage
