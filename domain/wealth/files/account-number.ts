import { createHash } from 'node:crypto'

/**
 * What may be kept of an account number: its last four characters, and its hash to recognise the account. The hash hides a number from a
 * reader, not from somebody who tries all numbers.
 */
export const hideNumber = (number: string): { mask: string; numberHash: string } => {
  const plain = number.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  return { mask: plain.slice(-4), numberHash: createHash('sha256').update(plain, 'utf8').digest('hex') }
}
