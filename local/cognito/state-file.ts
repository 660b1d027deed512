import { mkdirSync } from 'node:fs'
import { chmod, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import { replaceFile } from '../replace-file.ts'

const passkeySchema = z.strictObject({
  /** In base64url, like the key. */
  id: z.string(),
  /** A COSE key. */
  publicKey: z.string(),
  /** The number of signatures that the authenticator reported last; 0 if it does not count. */
  counter: z.number(),
  transports: z.array(z.string()),
  name: z.string(),
  attachment: z.string().optional(),
  createdAtMs: z.number(),
})

const userSchema = z.strictObject({
  /** The permanent id of the user, and the generated username. */
  sub: z.uuid(),
  email: z.string(),
  emailVerified: z.boolean(),
  /** The attributes that a user may write: name parts, by their OpenID Connect names. */
  attributes: z.record(z.string(), z.string()),
  status: z.enum(['UNCONFIRMED', 'CONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED']),
  enabled: z.boolean(),
  passwordHash: z.string(),
  /** The time when a temporary password expires; absent for a permanent one. */
  temporaryPasswordExpiresAtMs: z.number().optional(),
  groups: z.array(z.string()),
  /** The proved authenticator; `enabled` if sign-in asks for its code. `lastUsedStep` is the time step of the last accepted code. */
  totp: z.strictObject({ secretBase32: z.string(), enabled: z.boolean(), preferred: z.boolean(), lastUsedStep: z.number() }).optional(),
  /** A secret that was offered and is not proved yet. */
  pendingTotpSecretBase32: z.string().optional(),
  passkeys: z.array(passkeySchema).default([]),
  /** Whether a passkey stands for both factors of a user with an authenticator app. */
  passkeyMfa: z.boolean().default(false),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})

const groupSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  precedence: z.number().optional(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})

const stateSchema = z.strictObject({ version: z.literal(1), users: z.array(userSchema), groups: z.array(groupSchema) })

/** A user of the pool, as stored. */
export type User = Readonly<z.output<typeof userSchema>>
/** A passkey of a user, as stored. */
export type Passkey = Readonly<z.output<typeof passkeySchema>>
/** A group of the pool, as stored. */
export type Group = Readonly<z.output<typeof groupSchema>>
/** Everything that a pool keeps over a restart. */
export type PoolState = Readonly<z.output<typeof stateSchema>>

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/**
 * Reads the users and groups of a pool; an empty pool if there is no file yet.
 * @throws Error naming the file if it cannot be read or is damaged: a damaged file is never treated as an empty pool.
 */
export async function readPoolState(path: string): Promise<PoolState> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return { version: 1, users: [], groups: [] }
    throw new Error(`The user pool's state file ${path} cannot be read`, { cause: error })
  }
  await chmod(path, 0o600)
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`The user pool's state file ${path} is damaged: restore a good copy, or move it away to start with an empty pool`, {
      cause: error,
    })
  }
}

/** Replaces the whole file. */
export function writePoolState(path: string, state: PoolState): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  replaceFile(path, JSON.stringify(state, null, 2))
}
