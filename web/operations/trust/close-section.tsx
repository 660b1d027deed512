import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { PasswordDialog } from '../../identity/password-dialog.tsx'
import { api } from '../../shell/api.ts'
import { signedOutEverywhere } from '../../shell/sign-out.ts'
import { showToast } from '../../shell/toasts.ts'
import { closeAccount as m } from '#messages/trust'

/** Closes the account of the person, and keeps everything. */
export const CloseSection = () => {
  const [asks, setAsks] = useState(false)
  const [, navigate] = useLocation()
  const close = async (password: string) => {
    await api('POST /v1/identity/me/closures', { body: { password } })
    navigate('/sign-in')
    signedOutEverywhere()
    showToast({ kind: 'good', text: m.done })
  }
  return (
    <Section title={m.title} lead={m.lead}>
      <p>
        <Button onClick={() => setAsks(true)}>{m.begin}</Button>
      </p>
      {asks && (
        <PasswordDialog title={m.confirmTitle} submitWords={m.confirm} submit={close} onClose={() => setAsks(false)}>
          <p>{m.consequence}</p>
        </PasswordDialog>
      )}
    </Section>
  )
}
