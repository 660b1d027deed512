import { expect, test } from 'vitest'
import { invitationMail } from '../../../lambdas/identity/invitation-mail.ts'

const token = 'A'.repeat(43)
const textWith = (frontUrl: string | undefined) =>
  invitationMail({
    to: 'ann@example.com',
    inviterName: 'Ada',
    householdName: 'Home',
    role: 'viewer',
    expiresAt: '2026-11-30T12:00:00Z',
    token,
    frontUrl,
  }).text

test('with the address of the pages, the mail has a link with the token in its fragment, and the token by itself', () => {
  const lines = textWith('https://app.nestegg.example').split('\n')
  expect(lines).toContain(`https://app.nestegg.example/invitation#token=${token}`)
  expect(lines).toContain(token)
  expect(lines).toContain('To accept, open this link. Sign in there, or sign up first:')
})

test('without the address, the mail names the page and has the token, and no link', () => {
  const text = textWith(undefined)
  expect(text.split('\n')).toContain(token)
  expect(text).toContain('Then open the page /invitation, and paste this token:')
  expect(text).not.toMatch(/https?:|#token/)
})
