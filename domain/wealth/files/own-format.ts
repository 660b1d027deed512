import * as z from 'zod'
import { calendarDate, money } from '../../shared/index.ts'
import { accountTypes, taxTypes } from '../account-types.ts'
import { transactionCategories } from '../categories.ts'
import { transferOrigins } from '../lots/index.ts'
import { contributionSources } from '../ledger-terms.ts'
import { transactionTypes } from '../transaction-types.ts'
import { largestInteger } from './amounts.ts'
import { readText, textLimits } from './texts.ts'

/*
 * What our own exports hold, in JSON and in CSV. A file of our own is read exactly: texts are not trimmed.
 */

const text = (limit: number) =>
  z.string().superRefine((value, context) => {
    const read = readText(value, limit)
    if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault, input: value })
  })
const figure = z
  .string()
  .regex(/^-?\d{1,15}(?:\.\d{1,18})?$/, 'must be a number with at most 15 digits before the decimal point and 18 after it')
const score = z.string().regex(/^(?:0(?:\.\d{1,2})?|1(?:\.0{1,2})?)$/, 'must lie between 0 and 1, with at most two decimals')
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code, like USD')
const whole = z.int().min(1).max(largestInteger)
const ownCategory = text(80).optional()

const split = z.strictObject({
  amount: money,
  label: text(textLimits.name).optional(),
  category: z.enum(transactionCategories).optional(),
  ownCategory,
  notes: text(textLimits.notes).optional(),
})

export const ownTransaction = z.strictObject({
  type: z.enum(transactionTypes),
  date: calendarDate,
  tradeDate: calendarDate.optional(),
  settlementDate: calendarDate.optional(),
  amount: money,
  currency: currency.optional(),
  description: text(textLimits.description),
  merchantName: text(textLimits.name).optional(),
  notes: text(textLimits.notes).optional(),
  externalId: text(textLimits.identifier).optional(),
  checkNumber: text(textLimits.name).optional(),
  label: text(textLimits.name).optional(),
  category: z.enum(transactionCategories).optional(),
  ownCategory,
  attachments: z.array(text(textLimits.name)).max(20).optional(),
  dataQualityScore: score.optional(),
  confidenceScore: score.optional(),
  tags: z.array(text(textLimits.name)).max(100).optional(),
  splits: z.array(split).max(1000).optional(),
  isPending: z.boolean().optional(),
  pendingId: text(textLimits.identifier).optional(),
  transferAccount: text(textLimits.name).optional(),
  key: text(textLimits.identifier).optional(),
  reverses: text(textLimits.identifier).optional(),
  runningBalance: money.optional(),
  symbol: text(textLimits.symbol).optional(),
  securityName: text(textLimits.name).optional(),
  securityId: text(textLimits.name).optional(),
  quantity: figure.optional(),
  price: figure.optional(),
  value: money.optional(),
  acquiredDate: calendarDate.optional(),
  lotOrigin: z.enum(transferOrigins).optional(),
  costBasis: money.optional(),
  basisShare: figure.optional(),
  charges: z
    .strictObject({
      commission: money.optional(),
      fees: money.optional(),
      regulatoryFees: money.optional(),
      load: money.optional(),
      penalty: money.optional(),
      taxes: money.optional(),
      taxWithheld: money.optional(),
      stateTaxWithheld: money.optional(),
    })
    .optional(),
  isQualified: z.boolean().optional(),
  taxYear: z.int().min(1900).max(2199).optional(),
  contributionSource: z.enum(contributionSources).optional(),
  contributor: text(textLimits.name).optional(),
  splitRatio: z.strictObject({ numerator: whole, denominator: whole }).optional(),
  newSymbol: text(textLimits.symbol).optional(),
})

const holding = z.strictObject({
  symbol: text(textLimits.symbol).optional(),
  securityName: text(textLimits.name).optional(),
  securityId: text(textLimits.name).optional(),
  quantity: figure,
  price: figure.optional(),
  marketValue: money.optional(),
  costBasis: money.optional(),
  date: calendarDate.optional(),
  currency: currency.optional(),
  isCash: z.boolean().optional(),
})
export const ownHolding = holding

export const ownAccount = z.strictObject({
  key: text(textLimits.name),
  name: text(textLimits.name).optional(),
  mask: text(4).optional(),
  numberHash: z
    .string()
    .regex(/^[\da-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
  externalId: text(textLimits.identifier).optional(),
  type: z.enum(accountTypes).optional(),
  taxType: z.enum(taxTypes).optional(),
  currency: currency.optional(),
  balance: money.optional(),
  balanceDate: calendarDate.optional(),
  availableBalance: money.optional(),
  cashBalance: money.optional(),
  creditLimit: money.optional(),
  institutionName: text(textLimits.name).optional(),
  institutionId: text(textLimits.name).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
})

/** Name of the format in a JSON export. */
export const ownFormatName = 'nestegg-transactions'

/** A value without members that are undefined. */
export const withoutUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value
