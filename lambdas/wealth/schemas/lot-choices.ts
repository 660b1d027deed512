import * as z from 'zod'
import { calendarDate, instant, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'
import { decimal } from './transactions.ts'
import { gainsTax } from './unrealised.ts'
import { holdingTerm, lotMethod, standingMethod } from './lots.ts'

const symbol = z.string().trim().min(1).max(32).describe('A security.')
const shares = decimal
  .refine(text => Number(text) > 0, { error: 'must be above zero' })
  .meta({ id: 'SharesAboveZero', description: 'Shares above zero, as a decimal string.', example: '1.25' })
const stamps = { version: z.int(), createdAt: instant, updatedAt: instant }

export const electionFields = {
  method: standingMethod,
  effectiveOn: calendarDate.describe('The first day of the sales for which it holds.'),
}

export const election = z
  .strictObject({
    id: uuid,
    householdId: uuid,
    accountId: uuid,
    symbol: z.string().nullable().describe('Null: every security of the account without an election of its own.'),
    ...electionFields,
    ...stamps,
  })
  .meta({ id: 'LotElection', description: 'How lots are chosen from a day on.' })

export const newElection = z.strictObject({
  accountId: uuid.describe('The account.'),
  symbol: symbol.optional().describe('One security. Left out: every security of the account without an election of its own.'),
  ...electionFields,
})

export const pair = z
  .strictObject({
    id: uuid,
    householdId: uuid,
    symbol: z.string(),
    otherSymbol: z.string(),
    reason: z.string().nullable(),
    ...stamps,
  })
  .meta({ id: 'IdenticalSecurities', description: 'Two securities that are taken for substantially identical.' })

export const pairFields = { reason: prose.max(500).nullable().describe('Why you take them for substantially identical.') }

export const newPair = z
  .strictObject({ householdId: uuid.describe('The household.'), symbol, otherSymbol: symbol, reason: pairFields.reason.optional() })
  .refine(({ otherSymbol, symbol: one }) => one !== otherSymbol, { path: ['otherSymbol'], error: 'must be another security' })

const chosenLots = z
  .array(z.strictObject({ openingId: uuid.describe('The transaction that opened the lot.'), quantity: shares }))
  .max(1000)
  .superRefine((lots, context) => {
    const seen = new Set<string>()
    for (const [index, { openingId }] of lots.entries()) {
      if (seen.has(openingId)) context.addIssue({ code: 'custom', path: [index, 'openingId'], message: 'must not be chosen twice' })
      seen.add(openingId)
    }
  })

export const choiceBody = z
  .strictObject({
    method: lotMethod.nullable().describe('Null: the election of the account, without a choice for this sale.'),
    lots: chosenLots.default([]).describe('Of the method `specific`: lots that sum to the quantity of the sale.'),
    identifiedOn: calendarDate
      .optional()
      .describe('When the broker was given the choice, at the latest on the day of settlement. Left out: today.'),
  })
  .refine(({ lots, method }) => (method === 'specific') === lots.length > 0, {
    path: ['lots'],
    error: 'must be given for the method specific, and for no other',
  })

export const choice = z
  .strictObject({
    transactionId: uuid,
    method: lotMethod.nullable().describe('Null: no choice for this sale.'),
    usedMethod: lotMethod.describe('What holds: the choice, or the election of the security or the account.'),
    lots: z.array(z.strictObject({ openingId: uuid, quantity: z.string() })),
    identifiedOn: calendarDate.nullable(),
    settlesOn: calendarDate.describe('The last day on which the lots can be chosen.'),
    version: z.int().describe('The version of the transaction.'),
  })
  .meta({ id: 'LotChoice', description: 'How the lots of a sale are chosen.' })

export const previewBody = z.strictObject({
  accountId: uuid.describe('The account that sells.'),
  symbol: symbol.describe('The security.'),
  quantity: shares,
  price: decimal.optional().describe('Price of a share. Left out: the newest daily close.'),
  date: calendarDate.optional().describe('The day of the sale. Left out: today.'),
  lots: chosenLots.optional().describe('Your own choice, to be compared with the others. The lots sum to the quantity.'),
})

const dollars = z.string().nullable().describe('In US dollars. Null: not known.')

export const preview = z
  .strictObject({
    accountId: uuid,
    symbol: z.string(),
    quantity: z.string(),
    price: z.string(),
    date: calendarDate,
    usedMethod: lotMethod.describe('What holds without a choice.'),
    tax: gainsTax,
    choices: z.array(
      z.strictObject({
        method: lotMethod,
        proceeds: dollars,
        costBasis: dollars,
        shortTermGain: z.string().describe('After wash sales.'),
        longTermGain: z.string().describe('After wash sales.'),
        disallowedLoss: z.string().describe('The part of a loss that purchases of the 30 days before already disallow.'),
        tax: dollars.describe(
          'Tax of the year that the sale adds, below zero if it saves tax. Null: something of `tax.missing` has to be stated first.',
        ),
        lots: z.array(
          z.strictObject({
            openingId: uuid.nullable(),
            acquiredOn: calendarDate.nullable(),
            quantity: z.string(),
            proceeds: dollars,
            costBasis: dollars,
            gain: dollars,
            term: holdingTerm,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'LotPreview', description: 'A sale by each way to choose its lots.' })

nameSchemas({ ChosenLots: chosenLots })
