import * as z from 'zod'
import { currency, instant, label, timezone, uuid } from '../runtime/schemas.ts'

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
/** Cognito's own policy decides what is strong enough; this only keeps the size sane. */
export const password = z.string().min(1).max(256)
export const confirmationCode = z.string().regex(/^\d{6}$/, 'must be six digits')

export const me = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  role: z.enum(['member', 'admin']),
  company: z.string().nullable(),
  title: z.string().nullable(),
  licenseNumber: z.string().nullable(),
  mfaEnabled: z.boolean(),
  failedSignInCount: z.int(),
  lockedUntil: instant.nullable(),
  lastSignInAt: instant.nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const meFields = {
  firstName: label.max(100).nullable(),
  lastName: label.max(100).nullable(),
  company: label.nullable(),
  title: label.nullable(),
  licenseNumber: label.max(100).nullable(),
}

const settings = z.record(z.string().max(100), z.json())

export const preferenceFields = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z
    .string()
    .max(35)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language tag, like en-US'),
  timezone,
  currency,
  notifications: z.record(z.string().max(100), z.boolean()),
  trading: settings,
  dashboardLayout: settings,
}

export const preferences = z.strictObject({ ...preferenceFields, version: z.int(), updatedAt: instant })

export const householdFields = { name: label, timezone, currency: currency.default('USD') }

export const household = z.strictObject({
  id: uuid,
  ...householdFields,
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const tokens = z.strictObject({
  accessToken: z.string(),
  idToken: z.string().nullable(),
  refreshToken: z.string().nullable().describe('Null on a refresh: the one you have stays good.'),
  expiresInSeconds: z.int(),
  tokenType: z.literal('Bearer'),
})

export const challenge = z.strictObject({
  challenge: z.enum(['SOFTWARE_TOKEN_MFA', 'NEW_PASSWORD_REQUIRED', 'MFA_SETUP']),
  session: z.string(),
})

/** Exactly one of the two is there. */
export const signInResult = z.strictObject({ tokens: tokens.nullable(), challenge: challenge.nullable() })

export const userSummary = z.strictObject({
  id: uuid,
  email: z.string().nullable(),
  role: z.enum(['member', 'admin']),
  isActive: z.boolean(),
  failedSignInCount: z.int(),
  lockedUntil: instant.nullable(),
  lastSignInAt: instant.nullable(),
  createdAt: instant,
})
