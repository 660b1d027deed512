import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod'
import { UserPoolError } from './errors.ts'
import type { User } from './state-file.ts'

/** The parameter type AttributeListType. A blank value removes the attribute. */
export const attributeList = z.array(z.object({ Name: z.string().min(1).max(32), Value: z.string().max(2048).default('') }))

const nameParts = new Set(['name', 'given_name', 'family_name', 'middle_name', 'nickname'])
const email = z.email().max(128)

/** Checks that this can be an email address of the pool. @throws UserPoolError InvalidParameterException */
export function assertEmail(value: string): void {
  if (!email.safeParse(value).success) throw new UserPoolError('InvalidParameterException', 'Username should be an email.')
}

type AttributeInput = z.output<typeof attributeList>

const valueOf = (attributes: AttributeInput, name: string): string | undefined =>
  attributes.findLast(attribute => attribute.Name === name)?.Value

function applyNameParts(current: User['attributes'], changes: AttributeInput): User['attributes'] {
  const next = { ...current, ...Object.fromEntries(changes.map(({ Name, Value }) => [Name, Value])) }
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''))
}

/**
 * The attributes after a change by the user: name parts only, since the app client may write no others.
 * @throws UserPoolError NotAuthorizedException for any other attribute, with Cognito's message.
 */
export function writeOwnAttributes(current: User['attributes'], changes: AttributeInput): User['attributes'] {
  if (changes.some(({ Name }) => !nameParts.has(Name))) {
    throw new UserPoolError('NotAuthorizedException', 'A client attempted to write unauthorized attribute')
  }
  return applyNameParts(current, changes)
}

/**
 * The attributes at sign-up: name parts, and optionally the email address, which must equal the username.
 * @throws UserPoolError InvalidParameterException for another email address, NotAuthorizedException for any other attribute.
 */
export function writeSignUpAttributes(username: string, changes: AttributeInput): User['attributes'] {
  assertEmail(username)
  const repeated = valueOf(changes, 'email')
  if (repeated !== undefined && repeated.toLowerCase() !== username.toLowerCase()) {
    throw new UserPoolError('InvalidParameterException', 'The email attribute differs from the Username, which is the email address.')
  }
  return writeOwnAttributes(
    {},
    changes.filter(({ Name }) => Name !== 'email'),
  )
}

/**
 * The fields that an administrator's attributes change: name parts, `email` and `email_verified`. A new address is unverified by default.
 * @throws UserPoolError InvalidParameterException for an attribute that the pool does not have or that cannot change.
 */
export function writeAttributesAsAdmin(
  current: Pick<User, 'email' | 'emailVerified' | 'attributes'>,
  changes: AttributeInput,
): Pick<User, 'email' | 'emailVerified' | 'attributes'> {
  const others = changes.filter(({ Name }) => Name !== 'email' && Name !== 'email_verified')
  const foreign = others.find(({ Name }) => !nameParts.has(Name))
  if (foreign?.Name === 'sub') throw new UserPoolError('InvalidParameterException', 'user.sub: Attribute cannot be updated.')
  if (foreign) {
    throw new UserPoolError(
      'InvalidParameterException',
      `Attributes did not conform to the schema: ${foreign.Name}: Attribute does not exist in the schema.`,
    )
  }
  const newEmail = valueOf(changes, 'email') ?? current.email
  assertEmail(newEmail)
  const verified = valueOf(changes, 'email_verified')?.toLowerCase()
  return {
    email: newEmail,
    emailVerified: verified === undefined ? current.emailVerified && newEmail === current.email : verified === 'true',
    attributes: applyNameParts(current.attributes, others),
  }
}

/** All attributes of a user, as GetUser shows them. */
export function listAttributes(user: User): AttributeType[] {
  const attributes = { sub: user.sub, email: user.email, email_verified: String(user.emailVerified), ...user.attributes }
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
}
