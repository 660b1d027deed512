import * as z from 'zod'
import { themes } from '../../db/schema/identity/preferences.ts'
import { householdRoles } from '../../db/schema/identity/households.ts'
import { userRoles } from '../../db/schema/identity/users.ts'
import { currency, instant, label, nameSchemas, timezone, uuid } from '../runtime/schemas.ts'
import { passkeyAssertion } from './passkey-schemas.ts'

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  // RFC 5321, section 4.5.3.1.1. SES refuses a longer one.
  .pipe(z.email().refine(address => address.indexOf('@') <= 64, 'must have at most 64 characters before the @'))
  .meta({
    description: 'An email address with at most 64 characters before the @. Upper and lower case are equal.',
    example: 'reader@example.com',
  })
/** Cognito's policy decides whether a password is strong enough. This only limits the size. */
export const password = z.string().min(1).max(256).describe('A password. The user pool decides how strong it must be.')
export const confirmationCode = z
  .string()
  .regex(/^\d{6}$/, 'must be six digits')
  .meta({
    id: 'ConfirmationCode',
    description: 'The six digits that were sent by email, or that the authenticator app shows.',
    example: '123456',
  })

export const refreshTokenIn = z.enum(['body', 'cookie']).default('body').meta({
  id: 'RefreshTokenPlace',
  description: 'Where the answer has the refresh token: in its body, or in a cookie that only the browser can read.',
})

/** The body of a request that takes a refresh token, which may be in the cookie instead. */
export const sentRefreshToken = z.strictObject({
  refreshToken: z.string().min(1).max(8192).optional().describe('The newest refresh token. Left out: that of the cookie.'),
})

const userRole = z.enum(userRoles).meta({ id: 'UserRole', description: 'What the user may do on the platform.' })

export const me = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  isVerified: z.boolean(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  role: userRole,
  company: z.string().nullable(),
  title: z.string().nullable(),
  licenseNumber: z.string().nullable(),
  mfaEnabled: z.boolean().describe('Whether an authenticator app is enrolled, so that a sign-in with the password needs its code.'),
  failedLoginAttempts: z.int(),
  lockedUntil: instant.nullable(),
  lastLogin: instant.nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const meFields = {
  firstName: label.max(100).nullable().describe('Given name.'),
  lastName: label.max(100).nullable().describe('Family name.'),
  company: label.nullable().describe('Company of a professional user.'),
  title: label.nullable().describe('Professional title.'),
  licenseNumber: label.max(100).nullable().describe('Number of a professional licence.'),
}

const settings = z.record(z.string().max(100), z.json())

export const preferenceFields = {
  theme: z.enum(themes).meta({ id: 'Theme', description: 'Colours of the application; `system` follows the device.' }),
  locale: z
    .string()
    .max(35)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language tag, like en-US')
    .meta({ id: 'Locale', description: 'A BCP 47 language tag.', example: 'en-US' }),
  timezone,
  currency,
  notifications: z.record(z.string().max(100), z.boolean()).describe('Whether notifications are sent, by kind.'),
  trading: settings.describe('Settings of the trading pages, by name.'),
  dashboardLayout: settings.describe('Layout of the dashboard, by name.'),
}

export const preferences = z.strictObject({ ...preferenceFields, version: z.int(), updatedAt: instant })

export const householdFields = { name: label.describe('Name of the household.'), timezone, currency: currency.default('USD') }

export const householdRole = z.enum(householdRoles).meta({
  id: 'HouseholdRole',
  description:
    'Viewers can read the data of the household. Editors can also change it. Owners can also manage the household and its members.',
})

export const household = z.strictObject({
  id: uuid,
  role: householdRole.describe('Your role in the household.'),
  ...householdFields,
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const member = z.strictObject({
  householdId: uuid,
  userId: uuid,
  role: householdRole,
  email: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  joinedAt: instant,
  version: z.int(),
})

export const invitation = z.strictObject({
  id: uuid,
  householdId: uuid,
  email: z.string().describe('The address to which the invitation was sent.'),
  role: householdRole.describe('The role that the invited person gets.'),
  expiresAt: instant.describe('When the invitation expires.'),
  createdAt: instant,
  createdBy: uuid.nullable().describe('The owner who sent the invitation.'),
})

export const tokens = z.strictObject({
  accessToken: z.string(),
  idToken: z.string().nullable(),
  refreshToken: z.string().nullable().describe('Replaces the one that was sent, if one was. Null when it is in the cookie.'),
  expiresInSeconds: z.int(),
  tokenType: z.literal('Bearer'),
})

export const challenge = z.strictObject({
  challenge: z.enum(['SOFTWARE_TOKEN_MFA', 'NEW_PASSWORD_REQUIRED', 'MFA_SETUP']),
  session: z.string(),
})

const session = z.string().max(4096).describe('The `session` of the challenge.')

/** The answer to a challenge of a sign-in. */
export const challengeAnswer = z.discriminatedUnion('challenge', [
  z.strictObject({
    challenge: z.literal('SOFTWARE_TOKEN_MFA').describe('Answer with a code of the authenticator app.'),
    email,
    session,
    code: confirmationCode,
    refreshTokenIn,
  }),
  z.strictObject({
    challenge: z.literal('NEW_PASSWORD_REQUIRED').describe('Answer with a new password.'),
    email,
    session,
    newPassword: password,
    refreshTokenIn,
  }),
  z.strictObject({
    challenge: z.literal('WEB_AUTHN').describe('Answer with a passkey.'),
    email,
    session,
    credential: passkeyAssertion,
    refreshTokenIn,
  }),
])
export type ChallengeAnswer = z.output<typeof challengeAnswer>

/** Exactly one of the two is set. */
export const signInResult = z.strictObject({ tokens: tokens.nullable(), challenge: challenge.nullable() })

export const userSummary = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  role: userRole,
  isActive: z.boolean(),
  failedLoginAttempts: z.int(),
  lockedUntil: instant.nullable(),
  lastLogin: instant.nullable(),
  createdAt: instant,
})

nameSchemas({
  Challenge: challenge,
  CurrentUser: me,
  Household: household,
  HouseholdInvitation: invitation,
  HouseholdMember: member,
  Preferences: preferences,
  SignInResult: signInResult,
  Tokens: tokens,
  UserSummary: userSummary,
})
