import type { HouseholdRole } from '../../db/queries/identity/households.ts'
import type { Mail } from '../runtime/mail.ts'

export interface InvitationMail {
  readonly to: string
  /** Null when neither the name nor the address of the person is known. */
  readonly inviterName: string | null
  readonly householdName: string
  readonly role: HouseholdRole
  /** RFC 3339, in UTC. */
  readonly expiresAt: string
  readonly token: string
  /** The address that users open; undefined if it is not known. It never comes from a request, which could name another site. */
  readonly frontUrl: string | undefined
}

const rights: Readonly<Record<HouseholdRole, string>> = {
  viewer: 'You will be able to read its plans and accounts, but not to change them.',
  editor: 'You will be able to read and change its plans and accounts.',
  owner: 'You will be able to read and change its plans and accounts, and to manage the household and its members.',
}
const roleName: Readonly<Record<HouseholdRole, string>> = { viewer: 'a viewer', editor: 'an editor', owner: 'an owner' }

/** Names come from users. Each is put on one line, so that it cannot look like a paragraph of the mail. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const longDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** The page that accepts invitations. A browser sends the fragment to no server, so no log has the token. */
const linkTo = (frontUrl: string, token: string): string => `${frontUrl}/invitation#token=${token}`

/** The mail that invites a person to a household. It is the only place where the token is written. */
export const invitationMail = ({ expiresAt, frontUrl, householdName, inviterName, role, to, token }: InvitationMail): Mail => {
  const inviter = oneLine(inviterName ?? 'An owner')
  const household = `“${oneLine(householdName)}”`
  return {
    to,
    subject: `${inviter} invites you to the household ${household}`,
    text: [
      `${inviter} invites you to the household ${household} on Nestegg, as ${roleName[role]}.`,
      rights[role],
      '',
      ...(frontUrl === undefined
        ? ['To accept, sign in to Nestegg, or sign up first. Then open the page /invitation, and paste this token:']
        : [
            'To accept, open this link. Sign in there, or sign up first:',
            '',
            linkTo(frontUrl, token),
            '',
            'Or paste this token on that page:',
          ]),
      '',
      token,
      '',
      'Over the API, send the token to POST /v1/identity/invitation-acceptances.',
      '',
      `The token works once, until ${longDate.format(new Date(expiresAt))} UTC. Keep it secret: anyone who has it can accept.`,
      'If you do not know who invites you, ignore this mail. Nothing will happen.',
    ].join('\n'),
  }
}
