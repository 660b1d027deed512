import type { Mail } from '../runtime/mail.ts'

/** The mail to the owner of an address with which someone tried to sign up again. The answer of the API does not show that it was sent. */
export const existingAccountMail = (to: string): Mail => ({
  to,
  subject: 'You already have an account',
  text: [
    'Someone tried to sign up to Nestegg with this address, which already has an account. Nothing was changed.',
    '',
    'If it was you, sign in. If you do not know the password, reset it. If you have not confirmed the address yet, request a new code first.',
    'If it was not you, ignore this mail.',
  ].join('\n'),
})
