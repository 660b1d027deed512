import * as z from 'zod'
import { accountTypes, balanceSources, taxTypes } from '../../../domain/wealth/index.ts'
import { money, nonNegativeMoney } from '../../../domain/shared/index.ts'
import { calendarDate, currency, instant, label, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

export const accountType = z.enum(accountTypes).meta({ id: 'AccountType', description: 'What kind of account it is.' })
const balanceSource = z.enum(balanceSources).meta({
  id: 'BalanceSource',
  description:
    'Where the balance comes from. `ledger`: the opening balance and all posted transactions. `stated`: the valuation that was stated last.',
})
const taxType = z.enum(taxTypes).meta({ id: 'TaxType', description: 'How the tax law treats the account.' })
const designatedBeneficiary = uuid.nullable().describe('Of a 529 account: the person for whom it saves.')
const mask = z
  .string()
  .trim()
  .min(1)
  .max(4, 'must be the last four characters of the number: the whole number is not stored')
  .meta({ id: 'AccountMask', description: 'The last characters of its number, at most four. The whole number is refused.' })

const limits = {
  openingBalance: money.describe('The balance before the first transaction of a ledger. What is owed is negative.'),
  creditLimit: nonNegativeMoney.nullable().describe('How far a checking account may be below zero, or how much a card may owe.'),
}

export const accountFields = {
  householdId: uuid.describe('The household of the account.'),
  ownerId: uuid.nullable().optional().describe('The person who owns it. Null: the household owns it jointly.'),
  name: label.describe('Name of the account.'),
  type: accountType,
  balanceSource: balanceSource.optional().describe('By default the usual one of the type.'),
  taxType: taxType.nullable().optional(),
  designatedBeneficiaryId: designatedBeneficiary.optional(),
  institutionName: label.nullable().optional().describe('The bank, broker or lender.'),
  currency: currency.optional().describe('By default the currency of the household. It never changes.'),
  mask: mask.nullable().optional(),
  openedOn: calendarDate.nullable().optional().describe('When it was opened.'),
  openingBalance: limits.openingBalance.optional(),
  currentBalance: money.optional().describe('What a stated account is worth today. It becomes its first valuation.'),
  creditLimit: limits.creditLimit.optional(),
  notes: prose.nullable().optional().describe('Notes of your choice.'),
}

export const accountPatchFields = {
  ownerId: uuid.nullable().describe('The person who owns it. Null: the household owns it jointly.'),
  name: accountFields.name,
  taxType: taxType.nullable(),
  designatedBeneficiaryId: designatedBeneficiary,
  institutionName: label.nullable().describe('The bank, broker or lender.'),
  mask: mask.nullable(),
  openedOn: calendarDate.nullable().describe('When it was opened.'),
  openingBalance: limits.openingBalance,
  creditLimit: limits.creditLimit,
  notes: prose.nullable().describe('Notes of your choice.'),
}

export const account = z.strictObject({
  id: uuid,
  householdId: uuid,
  ownerId: uuid.nullable(),
  name: z.string(),
  type: accountType,
  taxType: taxType.nullable(),
  designatedBeneficiaryId: uuid.nullable(),
  institutionName: z.string().nullable(),
  currency: z.string(),
  mask: z.string().nullable(),
  openedOn: calendarDate.nullable(),
  closedOn: calendarDate.nullable().describe('A closed account keeps its history.'),
  balanceSource,
  openingBalance: z.string(),
  currentBalance: z
    .string()
    .nullable()
    .describe('The balance today in the household’s timezone. What is owed is negative. Null for a stated account without a valuation.'),
  availableBalance: z.string().nullable().describe('Of a ledger: with pending transactions too. Otherwise as stated.'),
  vestedBalance: z.string().nullable(),
  unvestedBalance: z.string().nullable(),
  balanceDate: calendarDate.nullable().describe('The day of the last posted transaction, or of the last valuation.'),
  isStale: z.boolean().describe('The balance is old: look for newer transactions or state a new value.'),
  statedBalance: z.string().nullable().describe('What the institution has stated last.'),
  balanceStatedAt: instant.nullable(),
  creditLimit: z.string().nullable(),
  isConnected: z.boolean().describe('The account is read from the institution.'),
  notes: z.string().nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({ Account: account })
