import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as base64url. */
export const newInvitationToken = (): string => randomBytes(32).toString('base64url')

/** The SHA-256 of a token, in hexadecimal. The database stores only this. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
