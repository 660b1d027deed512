import * as z from 'zod'
import {
  basisGapKinds,
  closingKinds,
  holdingTerms,
  lotMethods,
  lotOrigins,
  lotProblemKinds,
  standingMethods,
} from '../../../domain/wealth/index.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { accountType } from './accounts.ts'

export const lotMethod = z.enum(lotMethods).meta({ id: 'LotMethod', description: 'How the lots of a sale are chosen.' })
export const standingMethod = z
  .enum(standingMethods)
  .meta({ id: 'StandingLotMethod', description: 'How the lots of sales are chosen from a day on.' })
export const holdingTerm = z.enum(holdingTerms).meta({ id: 'HoldingTerm', description: 'Long-term: held for more than one year.' })
const origin = z.enum(lotOrigins).meta({ id: 'LotOrigin', description: 'How the shares came into the account.' })
const closingKind = z.enum(closingKinds).meta({ id: 'LotClosingKind', description: 'What closed the lot. `boot`: cash in a merger.' })

export const dollars = (text: string) => z.string().describe(`${text} In US dollars.`)
export const maybeDollars = (text: string) => z.string().nullable().describe(`${text} In US dollars. Null: not known.`)
export const shares = z.string().describe('Shares, as a decimal string.')
export const price = z.string().nullable().describe('The newest daily close. Null: the platform has no price of it.')
export const priceDate = calendarDate.nullable().describe('The day of the price.')

export const taxLot = z
  .strictObject({
    openingId: uuid.describe('The transaction that opened it.'),
    position: z.int().describe('Among the lots of this transaction, from 0.'),
    accountId: uuid,
    symbol: z.string(),
    origin,
    isShort: z.boolean().describe('Sold short: the basis is what the sale brought.'),
    acquiredOn: calendarDate,
    holdingFrom: calendarDate.describe(
      'The holding period begins on the day after. Earlier than `acquiredOn` where the law adds another period.',
    ),
    longTermOn: calendarDate.describe('The first day on which a sale is long-term.'),
    term: holdingTerm,
    quantity: shares,
    costBasis: maybeDollars('With what wash sales have added.'),
    washAdjustment: dollars('The part of the basis that wash sales have added.'),
    lossBasis: maybeDollars('Basis for a loss on a gift that was worth less than the giver’s basis.'),
    price,
    priceDate,
    marketValue: maybeDollars('Quantity times price.'),
    unrealisedGain: maybeDollars('What a sale at the price would gain.'),
  })
  .meta({ id: 'TaxLot', description: 'Shares that one transaction has opened and that none has closed.' })

export const lotProblem = z
  .strictObject({
    transactionId: uuid,
    accountId: uuid,
    symbol: z.string(),
    kind: z.enum(lotProblemKinds),
    message: z.string().describe('What is missing.'),
    quantity: shares.describe('Shares that are concerned.'),
    date: calendarDate,
  })
  .meta({ id: 'LotProblem', description: 'What the lots of a security lack.' })

export const position = z
  .strictObject({
    accountId: uuid,
    symbol: z.string(),
    isShort: z.boolean(),
    quantity: shares,
    lotCount: z.int(),
    costBasis: maybeDollars('The sum of its lots.'),
    washAdjustment: dollars('The part of the basis that wash sales have added.'),
    price,
    priceDate,
    marketValue: maybeDollars('Quantity times price.'),
    unrealisedShortTerm: maybeDollars('Gain of lots that are short-term today.'),
    unrealisedLongTerm: maybeDollars('Gain of lots that are long-term today.'),
    nextLongTermOn: calendarDate.nullable().describe('The next day on which a lot becomes long-term.'),
  })
  .meta({ id: 'Position', description: 'A security in an account: the sums of its tax lots.' })

const accountBasis = z
  .strictObject({
    accountId: uuid,
    name: z.string(),
    type: accountType,
    lotBasis: dollars('The known basis of its tax lots, less the proceeds of shares that were sold short.'),
    lotValue: maybeDollars('What these shares are worth.'),
    priceDate: calendarDate.nullable().describe('The day of the oldest of their prices.'),
    cash: maybeDollars('Cash by the ledger. Below zero if it was borrowed, or if deposits are missing.'),
    rest: maybeDollars('Of a stated balance, what is more than the shares are worth: cash, or shares without tax lots.'),
    costBasis: maybeDollars('Of the tax lots and the cash, unless that is below zero. Null as long as there are gaps.'),
    value: maybeDollars('What the shares and the cash are worth, or the stated balance.'),
    gaps: z
      .array(
        z.strictObject({
          kind: z.enum(basisGapKinds),
          symbol: z.string().nullable().describe('Null: it concerns the account.'),
          message: z.string(),
        }),
      )
      .describe('Why the cost basis is not known.'),
  })
  .meta({ id: 'AccountBasis', description: 'What the shares and the cash of an account have cost, for a plan.' })

export const positions = z.strictObject({
  date: calendarDate.describe('Today in the timezone of the household.'),
  isCurrent: z.boolean().describe('False while changes of the ledger are being calculated.'),
  items: z.array(position),
  problems: z.array(lotProblem).describe('What is incomplete, with the reason.'),
  accounts: z.array(accountBasis).describe('The open accounts that are no debts, by name, with their cost basis.'),
})

export const closing = z
  .strictObject({
    transactionId: uuid.describe('The sale, or what else closed the lot.'),
    position: z.int().describe('Among the closings of this transaction, from 0.'),
    accountId: uuid,
    symbol: z.string(),
    securityName: z.string().nullable(),
    kind: closingKind,
    openingId: uuid.nullable().describe('The transaction that opened the lot. Null: no lot was held.'),
    origin: origin.nullable(),
    quantity: shares,
    acquiredOn: calendarDate.nullable(),
    holdingFrom: calendarDate.nullable(),
    closedOn: calendarDate,
    term: holdingTerm,
    proceeds: maybeDollars('After fees.'),
    costBasis: maybeDollars('With what wash sales have added.'),
    disallowedLoss: dollars('The part of the loss that a wash sale disallows.'),
    gain: maybeDollars('What counts: proceeds less basis, and what is disallowed added.'),
    isTaxAdvantaged: z.boolean().describe('In a retirement or health savings account: the gain is not taxed.'),
  })
  .meta({ id: 'LotClosing', description: 'A part of a lot that a transaction has closed, with its gain.' })

export const coverageGap = z
  .strictObject({ accountId: uuid, from: calendarDate, to: calendarDate, reason: z.string() })
  .meta({ id: 'CoverageGap', description: 'Days of which an account has no records.' })

export const washState = z.enum(['certain', 'watching', 'incomplete']).meta({
  id: 'WashSaleState',
  description:
    '`watching`: the 30 days after the sale are not over. `incomplete`: the records of an account do not cover the 61 days, or there are `longSales`. `certain`: neither.',
})

export const washSale = z
  .strictObject({
    loss: closing,
    window: z.strictObject({ from: calendarDate, to: calendarDate }).describe('From 30 days before the sale to 30 days after it.'),
    state: washState,
    openQuantity: shares.describe('Shares of the loss that nothing has replaced.'),
    openLoss: dollars('The part of the loss that counts so far.'),
    replacements: z.array(
      z.strictObject({
        transactionId: uuid.describe('The transaction that opened the replacement shares.'),
        accountId: uuid,
        symbol: z.string(),
        date: calendarDate,
        daysFromSale: z.int().describe('Negative: before the sale.'),
        quantity: shares,
        disallowedLoss: dollars('The part of the loss that is disallowed for them.'),
        isLost: z.boolean().describe('Lost for good: the replacement is in a tax-advantaged account. Otherwise it is in their basis.'),
      }),
    ),
    longSales: z
      .array(z.strictObject({ transactionId: uuid, accountId: uuid, symbol: z.string(), date: calendarDate, quantity: shares }))
      .describe(
        'Of a loss on a short sale: sales of such shares in the 61 days. The loss may be disallowed for as many shares, IRC 1091(e)(1). That is not calculated.',
      ),
    gaps: z.array(coverageGap).describe('Accounts of which the records do not cover the 61 days.'),
  })
  .meta({ id: 'WashSale', description: 'A loss with the shares that replaced those that were sold.' })

export const watch = z.strictObject({
  date: calendarDate,
  items: z.array(
    z.strictObject({
      symbol: z.string(),
      symbols: z.array(z.string()).describe('The security and those that are substantially identical to it.'),
      kind: z.enum(['do_not_buy', 'do_not_sell']).describe('`do_not_sell`: a sale at a loss would be a wash sale.'),
      until: calendarDate.describe('The last day on which it would make a wash sale.'),
      transactionId: uuid.describe('The loss, or the purchase.'),
      accountId: uuid,
      quantity: shares,
      amount: maybeDollars('The loss that would be disallowed.'),
    }),
  ),
})

nameSchemas({ Positions: positions, WashSaleWatch: watch })
