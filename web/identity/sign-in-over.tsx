import { Dialog } from '../components/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { signIn as m } from '#messages/identity'

/** Sign-in over the page, after the session has ended. The requests of the page wait, and go on after it. */
export const SignInOver = () => (
  <Dialog title={m.title}>
    <p>{m.over}</p>
    <SignInForm />
  </Dialog>
)
