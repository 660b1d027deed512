import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { unmetRequirement } from '../../lambdas/identity/password-policy.ts'
import { UserPoolError } from './errors.ts'

const keyBytes = 32
const cost = { N: 2 ** 14, r: 8, p: 1 }

/**
 * Checks a password against the pool's policy: 12 characters or more, with an upper-case and a lower-case letter, a digit and a symbol.
 * @throws UserPoolError InvalidPasswordException, naming the first requirement that is not met.
 */
export function assertPasswordPolicy(password: string): void {
  const unmet = unmetRequirement(password)
  if (unmet !== undefined) throw new UserPoolError('InvalidPasswordException', `Password did not conform with policy: ${unmet}`)
}

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** Hashes a password with scrypt (RFC 7914; N = 2^14, r = 8, p = 1) and a fresh salt: `scrypt:<salt>:<key>` in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return `scrypt:${salt.toString('base64url')}:${key.toString('base64url')}`
}

/** Whether the password is the one that {@link hashPassword} hashed; compared in constant time. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, salt = '', key = ''] = hash.split(':')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url')), Buffer.from(key, 'base64url'))
}

const noPassword = `scrypt:${randomBytes(16).toString('base64url')}:${randomBytes(keyBytes).toString('base64url')}`

/** Takes the time of {@link verifyPassword} for a user who does not exist. No password is right. */
export const verifyNoPassword = (password: string): Promise<boolean> => verifyPassword(password, noPassword)

const alphabets = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%&*+=']

/** A random password that meets the policy, for invitations without one: 16 characters, from each alphabet in turn. */
export function generateTemporaryPassword(): string {
  return Array.from({ length: 16 }, (_, index) => alphabets[index % alphabets.length]!)
    .map(alphabet => alphabet[randomInt(alphabet.length)]!)
    .join('')
}
