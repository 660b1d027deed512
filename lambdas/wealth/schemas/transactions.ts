import * as z from 'zod'
import {
  accountTypes,
  contributionSources,
  transactionCategories,
  transactionSources,
  transactionTypes,
  transferOrigins,
  entryFaults,
  provenances,
  taxCategories,
} from '../../../domain/wealth/index.ts'
import { money, nonNegativeMoney } from '../../../domain/shared/index.ts'
import { calendarDate, instant, label, prose, uuid } from '../../runtime/schemas.ts'

export const category = z.enum(transactionCategories).meta({ id: 'TransactionCategory', description: 'What a transaction is for.' })
export const type = z.enum(transactionTypes).meta({ id: 'TransactionType', description: '`cash`, or a kind of investment transaction.' })
export const source = z.enum(transactionSources).meta({ id: 'TransactionSource', description: 'Where a transaction comes from.' })

export const decimal = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,18})?$/, 'must be a number of zero or more as a decimal string with at most 18 decimals, like "1.25"')
  .meta({ id: 'Quantity', description: 'A quantity or price as a decimal string.', example: '1.25' })
const symbol = z.string().trim().min(1).max(32).describe('The symbol of a security.')
const score = z.number().min(0).max(1).multipleOf(0.01)
const tag = label.max(50)
const fileName = label.max(200)
const merchant = label.max(200)
const notes = prose.max(2000)

const basisShare = z
  .string()
  .regex(/^(0|1|0?\.\d{1,10}|0\.\d{1,10}|1\.0{1,10})$/, 'must be a number from 0 to 1 with at most ten decimals, like "0.2214"')
  .nullable()
  .meta({ id: 'BasisShare', description: 'Of a spin-off: the part of the cost basis that goes to the new security, as Form 8937 says.' })

/** The fields that an investment transaction has more. */
const securityFields = {
  settlementDate: calendarDate.nullable().describe('When the trade was settled.'),
  symbol: symbol.nullable().describe('The security.'),
  securityName: label.nullable().describe('Name of the security.'),
  securityId: label.max(64).nullable().describe('CUSIP, ISIN or the institution’s id of the security.'),
  quantity: decimal.nullable().describe('Units moved; the type says the direction.'),
  price: decimal.nullable().describe('Price of a unit.'),
  commission: nonNegativeMoney.nullable().describe('Commission, in the amount.'),
  regulatoryFees: nonNegativeMoney.nullable().describe('Fees of regulators, in the amount.'),
  otherFees: nonNegativeMoney.nullable().describe('Other fees, in the amount.'),
  load: nonNegativeMoney.nullable().describe('Sales charge of a fund, in the amount.'),
  penalty: nonNegativeMoney.nullable().describe('Penalty, in the amount.'),
  taxes: nonNegativeMoney.nullable().describe('Taxes on the trade itself, in the amount.'),
  taxWithheld: nonNegativeMoney.nullable().describe('Tax that was withheld: federal, or of an unknown authority.'),
  stateTaxWithheld: nonNegativeMoney.nullable().describe('Tax that the state has withheld.'),
  value: nonNegativeMoney.nullable().describe('Worth of units that change hands without money.'),
  acquiredDate: calendarDate.nullable().describe('When units that are transferred were bought.'),
  lotOrigin: z.enum(transferOrigins).nullable().describe('How units were acquired that come from outside of the household’s accounts.'),
  costBasis: nonNegativeMoney.nullable().describe('Cost basis of units that come from outside; of a gift, that of the giver.'),
  basisShare,
  isQualified: z.boolean().nullable().describe('Whether a dividend is qualified.'),
  taxYear: z
    .int()
    .min(1900)
    .max(2199)
    .nullable()
    .describe('The year for which a contribution counts, or of the contributions that a withdrawal returns.'),
  contributionSource: z
    .enum(contributionSources)
    .nullable()
    .describe(
      'Who put in a contribution, and with what tax. Null: the usual source of the tax type: of a SEP the employer, otherwise the person.',
    ),
  contributorId: uuid.nullable().describe('The person who gave a contribution. Null: the owner of the account.'),
  splitNumerator: z.int().min(1).max(1_000_000).nullable().describe('New units of a split: 3 in 3 for 2.'),
  splitDenominator: z.int().min(1).max(1_000_000).nullable().describe('Old units of a split: 2 in 3 for 2.'),
  newSymbol: symbol.nullable().describe('The symbol after a merger, spin-off or change of symbol.'),
  dataQualityScore: score.nullable().describe('How complete the record is, from 0 to 1.'),
  confidenceScore: score.nullable().describe('How certain the record is, from 0 to 1.'),
}
const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).partial().shape

/** The labels of a transaction: what can change. Null gives a label back to rules and to the bank. */
export const labelFields = {
  category: category.nullable().describe('Null: no category, `other`. It removes the own category unless `categoryId` is given too.'),
  categoryId: uuid.nullable().describe('The household’s own category. It sets `category` to its parent.'),
  merchantName: merchant.nullable().describe('Who was paid, or who paid.'),
  notes: notes.nullable().describe('Notes of your own.'),
  tags: z.array(tag).max(20).nullable().describe('Tags of your choice.'),
  attachments: z.array(fileName).max(20).nullable().describe('Names of files that you keep elsewhere.'),
}

const movement = {
  type: type.default('cash'),
  date: calendarDate.describe('The day of posting; of an investment, the day of the trade.'),
  amount: money.optional().describe('Positive: money in; negative: money out. Can be left out where no money moves.'),
  description: label.max(500).describe('What it is, as the institution would write it.'),
  checkNumber: label.max(32).nullable().optional().describe('Number of a check.'),
  ...optional(labelFields),
  ...optional(securityFields),
}

const bulkLabels = {
  category: labelFields.category,
  categoryId: labelFields.categoryId,
  merchantName: labelFields.merchantName,
  notes: labelFields.notes,
}
const someTags = z.array(tag).min(1).max(20)

/** Labels for many transactions at once, of those with the ids or of all that match the filter. */
export const bulkChange = <Filter extends z.ZodType>(filter: Filter) =>
  z
    .strictObject({
      householdId: uuid.describe('The household of the transactions.'),
      transactionIds: z.array(uuid).min(1).max(1000).optional().describe('The transactions.'),
      filter: filter.optional().describe('Instead of ids: all transactions that the list shows with this query.'),
      labels: z.strictObject(bulkLabels).partial().default({}).describe('The new labels.'),
      addedTags: someTags.optional().describe('Tags to add.'),
      removedTags: someTags.optional().describe('Tags to remove.'),
    })
    .superRefine(({ addedTags, filter, labels, removedTags, transactionIds }, context) => {
      if ((transactionIds === undefined) === (filter === undefined))
        context.addIssue({ code: 'custom', path: ['transactionIds'], message: 'must be given, or else a filter' })
      if (Object.keys(labels).length === 0 && !addedTags && !removedTags)
        context.addIssue({ code: 'custom', path: ['labels'], message: 'must change at least one label' })
    })

const setBy = z.enum(provenances).optional().describe('Who has set it.')
const labelProvenance = z.strictObject({ category: setBy, categoryId: setBy, merchantName: setBy, notes: setBy, tags: setBy })

/** Labels of a transaction before a change, and its version after it. */
const labelsBefore = z
  .strictObject({
    id: uuid.describe('The transaction.'),
    version: z.int().min(1).max(2_147_483_647).describe('The version that the change has made.'),
    category,
    categoryId: uuid.nullable().describe('The household’s own category.'),
    merchantName: merchant.nullable().describe('Who was paid, or who paid.'),
    notes: z.string().max(2000).nullable().describe('Notes.'),
    tags: z.array(z.string().min(1).max(255)).max(100).describe('Tags.'),
    provenance: labelProvenance.describe('Who has set each label.'),
  })
  .meta({ id: 'LabelsBefore' })
/** Most transactions that one request labels: the labels before fit in one answer. */
export const bulkLimit = 5000
export const bulkChanged = z.strictObject({
  changed: z.int().describe('The number of transactions that were changed.'),
  before: z.array(labelsBefore).describe('What they had before: the body of a restoration.'),
})
export const restoration = z.strictObject({
  householdId: uuid.describe('The household of the transactions.'),
  before: z.array(labelsBefore).min(1).max(bulkLimit).describe('The answer to the change.'),
})
export const restored = z.strictObject({
  restored: z
    .int()
    .describe('The number of transactions that have their labels again. Those that were changed since are left as they are.'),
})

const obeysRules = <Schema extends z.ZodType<Parameters<typeof entryFaults>[0]>>(schema: Schema) =>
  schema.superRefine((entry, context) => {
    for (const { message, path } of entryFaults(entry)) context.addIssue({ code: 'custom', path: [path], message })
  })

/** A transaction without its account: a replacement. */
export const replacement = obeysRules(z.strictObject(movement))
export const newTransaction = obeysRules(z.strictObject({ accountId: uuid.describe('The account.'), ...movement }))
export type Entry = z.output<typeof replacement>

export const split = z
  .strictObject({ amount: money, category, categoryId: uuid.nullable(), notes: z.string().nullable() })
  .meta({ id: 'TransactionSplit', description: 'A part of a divided transaction.' })

export const investment = z
  .strictObject({
    tradeDate: calendarDate,
    ...securityFields,
    taxCategory: z.enum(taxCategories).nullable().describe('How tax reports count it: follows from type and `isQualified`.'),
  })
  .meta({ id: 'InvestmentFields', description: 'What an investment transaction has more than one of cash.' })

export const transaction = z
  .strictObject({
    id: uuid,
    householdId: uuid,
    accountId: uuid,
    accountName: z.string(),
    currency: z.string().describe('The currency of the account.'),
    type,
    date: calendarDate,
    amount: money,
    description: z.string(),
    merchantName: z.string().nullable(),
    category,
    categoryId: uuid.nullable(),
    notes: z.string().nullable(),
    tags: z.array(z.string()),
    attachments: z.array(z.string()),
    checkNumber: z.string().nullable(),
    isPending: z.boolean(),
    source,
    importId: uuid.nullable(),
    reversesId: uuid.nullable().describe('The transaction that this one cancels.'),
    reversedById: uuid.nullable().describe('The transaction that cancels this one.'),
    provenance: z.record(z.string(), z.enum(provenances)).describe('Who has set a label.'),
    investment: investment.nullable(),
    splits: z.array(split),
    runningBalance: money
      .nullable()
      .describe('In the list of one account: its balance after this row. Null for a pending row and in other answers.'),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Transaction' })

export const reversal = z.strictObject({
  date: calendarDate
    .optional()
    .describe('When the reversal counts. By default the date of the transaction, so that past balances are corrected.'),
  notes: notes.nullable().optional().describe('Why it is reversed.'),
  replacement: replacement.optional().describe('The right transaction, in the same account.'),
})
export const reversed = z.strictObject({ reversal: transaction, replacement: transaction.nullable() }).meta({ id: 'ReversedTransaction' })

export const accountBalance = z
  .strictObject({
    accountId: uuid,
    accountName: z.string(),
    accountType: z.enum(accountTypes),
    currency: z.string(),
    date: calendarDate.nullable().describe('The day; null: after all transactions.'),
    openingBalance: money,
    balance: money.describe('The opening balance and all posted transactions up to the day, with it.'),
  })
  .meta({ id: 'AccountBalance' })

const weight = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'must be a number of zero or more as a decimal string')

export const splitList = z.strictObject({
  splits: z
    .array(
      z.strictObject({
        amount: money.optional().describe('Its amount. All amounts add up to that of the transaction.'),
        weight: weight.optional().describe('Instead of the amount: its share. Percent, or equal weights to divide evenly.'),
        category,
        categoryId: uuid.nullable().optional().describe('The household’s own category. It sets `category` to its parent.'),
        notes: notes.nullable().optional().describe('Notes on the part.'),
      }),
    )
    .max(100)
    .superRefine((parts, context) => {
      if (parts.length === 1) context.addIssue({ code: 'custom', message: 'must have two parts or more, or none' })
      const byWeight = parts[0]?.weight !== undefined
      for (const [index, part] of parts.entries()) {
        if ((part.amount === undefined) !== byWeight || (part.weight !== undefined) !== byWeight)
          context.addIssue({ code: 'custom', path: [index], message: 'must have either an amount or a weight, as the other parts have' })
      }
    })
    .describe('The parts in their order. An empty list makes the transaction whole again.'),
})
