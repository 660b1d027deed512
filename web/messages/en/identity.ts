/** The words of the pages of identity. */

export const titles = { signIn: 'Sign in' }

export const signIn = {
  title: 'Sign in to Nestegg',
  over: 'Your session has ended. Sign in to go on where you were. Nothing you typed is lost.',
  email: 'Email address',
  password: 'Password',
  submit: 'Sign in',
  code: 'Code of the authenticator app',
  codeHelp: 'Six digits. They change every 30 seconds.',
  demonstration: 'Look round with the sample household',
}
