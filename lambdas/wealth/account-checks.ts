import type { Transaction } from '../../db/database.ts'
import { type Account, accountRows } from '../../db/queries/wealth/accounts.ts'
import { personRows } from '../../db/queries/identity/index.ts'
import type { Issue } from '../../domain/shared/index.ts'
import { type AccountType, balanceFault, minorUnitFault, type TaxType, taxTypesOf } from '../../domain/wealth/index.ts'
import { fieldProblem, invalidReference, notFound } from '../runtime/problem.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { accounts } from './resources/accounts.ts'

/** The account. Throws 404 when there is none. */
export const requireAccount = async (transaction: Transaction, accountId: string): Promise<Account> => {
  const account = await accountRows.find(transaction, accountId)
  if (!account) throw notFound(accounts.one)
  return account
}

/** The account, locked for a change in several statements. Throws 404, 403 for a viewer, 412 when it has another version. */
export const lockAccount = async (transaction: Transaction, accountId: string, expectedVersion?: number): Promise<Account> =>
  requireRow(await accountRows.lock(transaction, accountId, expectedVersion), accounts)

/** Throws a 422 that names the field unless the person belongs to the household. */
export const requirePersonOf = async (
  transaction: Transaction,
  householdId: string,
  personId: string | null | undefined,
  path: string,
): Promise<void> => {
  if (personId === null || personId === undefined) return
  const person = await personRows.find(transaction, personId)
  if (person?.householdId !== householdId) throw invalidReference(path, 'person in the household')
}

interface Kind {
  readonly type: AccountType
  readonly currency: string
}

/** Throws a 400 with every fault; the messages of undefined are none. */
export const refuseFaults = (faults: readonly (readonly [field: string, message: string | undefined])[]): void => {
  const errors = faults.flatMap(([field, message]): Issue[] => (message === undefined ? [] : [{ path: `body.${field}`, message }]))
  if (errors.length > 0) throw fieldProblem('invalid-request', errors)
}

/** The fault of a balance of an account: of its type, or of its currency. */
export const faultOfBalance = (
  { currency, type }: Kind,
  balance: string | undefined,
  creditLimit: string | null = null,
): string | undefined =>
  balance === undefined ? undefined : (minorUnitFault(balance, currency) ?? balanceFault(type, balance, creditLimit))

/** The fault of an amount that has no rule but that of its currency. */
export const faultOfAmount = ({ currency }: Pick<Kind, 'currency'>, amount: string | null | undefined): string | undefined =>
  amount === undefined || amount === null ? undefined : minorUnitFault(amount, currency)

/** Only a 529 account saves for somebody. */
export const faultOfBeneficiary = (taxType: TaxType | null | undefined, personId: string | null | undefined): string | undefined =>
  personId !== null && personId !== undefined && taxType !== '529' ? 'must be left out: only a 529 account has one' : undefined

export const faultOfTaxType = ({ type }: Pick<Kind, 'type'>, taxType: TaxType | null | undefined): string | undefined => {
  const known = taxTypesOf(type)
  if (taxType === null || taxType === undefined || known.includes(taxType)) return undefined
  return known.length === 0 ? 'must be left out for this type of account' : `must be one of ${known.join(', ')} for this type of account`
}
