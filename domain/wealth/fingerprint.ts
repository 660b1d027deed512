import { hash } from 'node:crypto'
import type { TransactionType } from './transaction-types.ts'

/** What two transactions of an account have in common when they can be the same one. */
export interface Fingerprinted {
  /** YYYY-MM-DD. */
  readonly date: string
  readonly amount: string
  readonly description: string
  readonly type: TransactionType
  readonly symbol?: string | null | undefined
  readonly quantity?: string | null | undefined
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()

/** A decimal without zeros at its end: `1.50` and `1.5` are the same. */
export const shortestDecimal = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal)

const digest = (text: string): string => hash('sha256', text, 'hex').slice(0, 32)

/** What makes a transaction equal to another: 32 hexadecimal digits of the SHA-256 of its date, amount, description and security. */
export const fingerprintOf = ({ amount, date, description, quantity, symbol, type }: Fingerprinted): string => {
  const parts = [date, shortestDecimal(amount), plain(description)]
  const ofSecurity = type === 'cash' ? [] : [type, plain(symbol ?? ''), shortestDecimal(quantity ?? '')]
  return digest([...parts, ...ofSecurity].join('\n'))
}

/** The fingerprint of the transaction that cancels another one, as `wealth.add_reversal` gives it: a transaction is cancelled once. */
export const fingerprintOfReversal = (originalId: string): string => digest(`reverses\n${originalId}`)
