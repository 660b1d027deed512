import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as base64url. */
export const newInvitationToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token: its SHA-256, in hexadecimal. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
