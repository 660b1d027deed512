import { useState } from 'react'
import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { Form } from '../components/form.tsx'
import { Badge, Card, Section } from '../components/page.tsx'
import { useForm } from '../components/use-form.ts'
import { api, refreshQueries } from '../shell/api.ts'
import { showToast } from '../shell/toasts.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { QrCode } from './qr-code.tsx'
import styles from './security.module.css'
import { security as m, signIn } from '#messages/identity'

type Device = ApiAnswer<'POST /v1/identity/totp-devices'>

const VerifyDialog = ({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) => {
  const form = useForm({
    initial: { code: '' },
    submit: async ({ code }) => {
      await api('POST /v1/identity/totp-devices/verifications', { body: { code: code.replaceAll(/\s/g, '') } })
      await refreshQueries('GET /v1/identity/me')
      showToast({ kind: 'good', text: m.appAdded })
      onClose()
    },
  })
  return (
    <Dialog title={m.addApp} onClose={onClose}>
      <p>{m.scan}</p>
      <p className={styles['code']}>
        <QrCode label={m.qr} text={device.uri} />
      </p>
      <p>
        {m.secret} <code>{device.secret}</code>
      </p>
      <Form form={form} submit={m.verify} onCancel={onClose}>
        <TextField {...form.text('code')} label={signIn.code} inputMode="numeric" autoComplete="one-time-code" />
      </Form>
    </Dialog>
  )
}

type Step = { readonly kind: 'add' } | { readonly kind: 'remove' } | { readonly kind: 'verify'; readonly device: Device } | undefined

/** Sets up, replaces and removes the authenticator app. */
export const AuthenticatorApp = ({ enrolled }: { readonly enrolled: boolean }) => {
  const [step, setStep] = useState<Step>()
  const close = () => setStep(undefined)
  return (
    <Section title={m.app} lead={enrolled ? m.appOn : m.appOff}>
      <Card>
        <p className={styles['buttons']}>
          <Badge kind={enrolled ? 'good' : 'warn'}>{enrolled ? '✓' : '–'}</Badge>
          <Button kind={enrolled ? 'plain' : 'primary'} onClick={() => setStep({ kind: 'add' })}>
            {enrolled ? m.replaceApp : m.addApp}
          </Button>
          {enrolled && <Button onClick={() => setStep({ kind: 'remove' })}>{m.removeApp}</Button>}
        </p>
      </Card>
      {step?.kind === 'add' && (
        <PasswordDialog
          title={m.addApp}
          submitWords={m.addApp}
          onClose={close}
          submit={async password =>
            setStep({ kind: 'verify', device: await api('POST /v1/identity/totp-devices', { body: { password } }) })
          }
        />
      )}
      {step?.kind === 'verify' && <VerifyDialog device={step.device} onClose={close} />}
      {step?.kind === 'remove' && (
        <PasswordDialog
          title={m.removeApp}
          submitWords={m.removeApp}
          onClose={close}
          submit={async password => {
            await api('POST /v1/identity/totp-devices/removals', { body: { password } })
            await refreshQueries('GET /v1/identity/me')
            showToast({ kind: 'good', text: m.appRemoved })
            close()
          }}
        />
      )}
    </Section>
  )
}
