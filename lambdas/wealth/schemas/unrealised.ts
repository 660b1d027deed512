import * as z from 'zod'
import { gainsTaxFacts } from '../../../domain/us-tax/index.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { coverageGap, dollars, holdingTerm, maybeDollars, price, priceDate, shares } from './lots.ts'
import { filingStatus } from './tax-years.ts'

const totals = z.strictObject({
  marketValue: dollars('What the shares are worth. Shares that were sold short count below zero.'),
  costBasis: dollars('Their basis.'),
  gains: dollars('Sum of the gains.'),
  losses: dollars('Sum of the losses, zero or less.'),
  net: dollars('Gains and losses together.'),
})

export const unrealisedReport = z
  .strictObject({
    asOf: calendarDate.describe('Today in the timezone of the household.'),
    isCurrent: z.boolean().describe('False while changes of the ledger are being calculated.'),
    totals: z.strictObject({ short: totals, long: totals }),
    unknownCount: z.int().describe('Lots in no total, because their price or basis is not known.'),
    lots: z
      .array(
        z.strictObject({
          openingId: uuid.describe('The transaction that opened the lot.'),
          accountId: uuid,
          symbol: z.string(),
          isShort: z.boolean(),
          acquiredOn: calendarDate,
          longTermOn: calendarDate.describe('The first day on which a sale is long-term.'),
          daysToLongTerm: z.int().nullable().describe('Null: it is long-term, or sold short.'),
          term: holdingTerm,
          quantity: shares,
          price,
          priceDate,
          costBasis: maybeDollars('With what wash sales have added.'),
          lossBasis: maybeDollars('Basis for a loss on a gift.'),
          marketValue: maybeDollars('Quantity times price.'),
          unrealisedGain: maybeDollars('What a sale at the price would gain.'),
        }),
      )
      .describe('Those that turn long-term soonest first.'),
  })
  .meta({ id: 'UnrealisedGains', description: 'Gains that a sale today would realise, in accounts in which gains are taxed.' })

export const gainsTax = z
  .strictObject({
    year: z.int(),
    missing: z.array(z.enum(gainsTaxFacts)).describe('What the facts of the year lack before the tax can be estimated.'),
    filingStatus: filingStatus.nullable(),
    state: z.string().nullable().describe('Null: no state tax is counted.'),
    tableYear: z.int().nullable().describe('The year of the published figures that are used.'),
    realisedShortTerm: dollars('Short-term gain of the year so far.'),
    realisedLongTerm: dollars('Long-term gain of the year so far, with what funds have distributed.'),
    factsVersion: z.int().describe('0: nothing is stated about the year.'),
  })
  .meta({
    id: 'GainsTax',
    description: 'What the tax of more gains is estimated with: federal and state, by the brackets of the household.',
  })

export const harvest = z
  .strictObject({
    date: calendarDate.describe('Today in the timezone of the household.'),
    isCurrent: z.boolean().describe('False while changes of the ledger are being calculated.'),
    candidates: z
      .array(
        z.strictObject({
          accountId: uuid,
          symbol: z.string(),
          price: z.string(),
          priceDate: calendarDate,
          quantity: shares,
          marketValue: dollars('Quantity times price.'),
          loss: dollars('What a sale would lose, above zero.'),
          disallowedLoss: dollars('The part that purchases of the last 30 days would disallow.'),
          shortTermLoss: dollars('The part that counts and is short-term.'),
          longTermLoss: dollars('The part that counts and is long-term.'),
          taxSaved: maybeDollars('Tax of the year that this sale alone saves, federal and state.'),
          waitUntil: calendarDate.nullable().describe('The first day on which the sale is no wash sale. Null: it is none today.'),
          symbols: z.array(z.string()).describe('The security and those that are substantially identical to it.'),
          doNotBuyUntil: calendarDate.describe('After a sale today, nobody of the household may buy one of them up to this day.'),
          lots: z.array(
            z.strictObject({
              openingId: uuid,
              acquiredOn: calendarDate,
              longTermOn: calendarDate,
              term: holdingTerm,
              quantity: shares,
              costBasis: dollars('With what wash sales have added.'),
              loss: dollars('Above zero.'),
              disallowedLoss: dollars('The part that would be disallowed.'),
            }),
          ),
        }),
      )
      .describe('Securities with lots at a loss, by account. Those without a wash sale first, by what they save.'),
    totals: z
      .strictObject({
        shortTermLoss: dollars('Short-term losses.'),
        longTermLoss: dollars('Long-term losses.'),
        taxSaved: maybeDollars('Tax of the year that is saved.'),
        carriedLoss: maybeDollars('Losses that are carried to the next year.'),
      })
      .describe('Of all candidates without a wash sale, sold together.'),
    tax: gainsTax,
    gaps: z
      .array(coverageGap)
      .describe('Accounts of which the records do not cover the last 30 days. A purchase there could make a wash sale.'),
    unknownCount: z.int().describe('Lots of which the price or basis is not known.'),
  })
  .meta({ id: 'HarvestCandidates', description: 'Losses that could be realised today.' })

nameSchemas({ UnrealisedTotals: totals })
