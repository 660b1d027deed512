import { useEffect, useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { SignInForm } from '../../identity/sign-in-form.tsx'
import { sessionsBegun } from '../../shell/session.ts'
import { useStore } from '../../shell/store.ts'

/** Sign-in of a person who is signed in, for what needs a recent sign-in. */
export const FreshSignIn = ({
  email,
  lead,
  onClose,
  onSignedIn,
  title,
}: {
  readonly email: string
  readonly title: string
  readonly lead: string
  readonly onClose: () => void
  readonly onSignedIn: () => void
}) => {
  const begun = useStore(sessionsBegun)
  const [before] = useState(begun)
  useEffect(() => {
    if (begun !== before) onSignedIn()
    // The function of the parent is a new one each time it draws.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [begun, before])
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{lead}</p>
      <SignInForm email={email} />
    </Dialog>
  )
}
