import * as z from 'zod'
import { nonNegativeMoney } from '../../../domain/shared/index.ts'
import { rebalancingAims, rebalancingModes, skipReasons, tradeReasons } from '../../../domain/wealth/index.ts'
import { calendarDate, givenOnce, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { dollars, maybeDollars, shares } from './lots.ts'

const accountAmount = z.strictObject({
  accountId: uuid.describe('An account of the portfolio.'),
  amount: nonNegativeMoney.describe('In US dollars.'),
})

const moneyOfAccount = (text: string) => z.array(accountAmount).max(100).superRefine(givenOnce('accountId')).default([]).describe(text)

const taxRate = (term: string) => z.number().min(0).max(0.99).describe(`Of one more dollar of ${term} gain: 0.15 is 15 %.`)

export const rebalancingBody = z.strictObject({
  mode: z
    .enum(rebalancingModes)
    .default('bands')
    .describe(
      '`bands`: only if a part is out of its band. `calendar`: in any case. `cash_flow`: purchases alone, with cash and new money.',
    ),
  aim: z.enum(rebalancingAims).default('target').describe('How far a part that is out of its band is brought back.'),
  minimumTrade: nonNegativeMoney.default('100.00').describe('The smallest trade, in US dollars.'),
  gainsBudgets: z
    .array(nonNegativeMoney.nullable())
    .min(1)
    .max(6)
    .default([null])
    .describe('The most net gain that may be realised, in US dollars: a proposal for each. Null: no limit.'),
  avoidShortTerm: z.boolean().default(true).describe('Whether lots with a short-term gain are kept.'),
  harvestLosses: z.boolean().default(false).describe('Whether losses are realised too.'),
  newCash: moneyOfAccount('Money that is put in.'),
  withdrawals: moneyOfAccount('Money that is to be taken out.'),
  minimumCash: moneyOfAccount('Money that stays in an account.'),
  doNotSell: z.array(z.string().min(1).max(200)).max(200).default([]).describe('Securities that are kept.'),
  candidates: z
    .array(
      z.strictObject({
        key: z.string().min(1).max(64).describe('The asset class.'),
        symbols: z.array(z.string().min(1).max(200)).min(1).max(20).describe('The preferred one first.'),
      }),
    )
    .max(50)
    .superRefine(givenOnce('key'))
    .default([])
    .describe('The securities that may be bought for a class. By default those that are held.'),
  taxRates: z
    .strictObject({ short: taxRate('short-term'), long: taxRate('long-term') })
    .optional()
    .describe('The tax of one more dollar of short-term and of long-term gain. By default by the facts of the tax year.'),
})

const soldLot = z.strictObject({
  openedBy: uuid.nullable().describe('The transaction that opened the lot. Null: shares without a lot.'),
  acquiredOn: calendarDate.nullable().describe('When its shares were acquired.'),
  quantity: shares,
  proceeds: dollars('What the sale brings.'),
  costBasis: maybeDollars('What they have cost.'),
  gain: maybeDollars('Proceeds less cost.'),
  isLong: z.boolean(),
})

const trade = z
  .strictObject({
    accountId: uuid,
    symbol: z.string(),
    side: z.enum(['buy', 'sell']),
    quantity: shares,
    amount: dollars('Quantity times price.'),
    lots: z.array(soldLot).describe('Of a sale in an account that is taxed: the lots to name to the broker.'),
    shortGain: dollars('Short-term gain.'),
    longGain: dollars('Long-term gain.'),
    tax: dollars('Of this trade alone. Below zero: what its losses save.'),
    reason: z.enum(tradeReasons),
    assetClass: z.string().nullable().describe('The class of which the security is most.'),
  })
  .meta({ id: 'ProposedTrade', description: 'A trade that brings the weights nearer to their targets.' })

const skip = z
  .strictObject({
    accountId: uuid.nullable(),
    symbol: z.string().nullable(),
    assetClass: z.string().nullable(),
    reason: z.enum(Object.keys(skipReasons) as [keyof typeof skipReasons]),
    message: z.string().describe('The reason in words.'),
    amount: dollars('What is not traded; of a class, how far it is out of its band.'),
  })
  .meta({ id: 'SkippedTrade', description: 'What is not done, and why.' })

const proposal = z
  .strictObject({
    gainsBudget: z.string().nullable(),
    isTriggered: z.boolean().describe('Whether the mode calls for trades.'),
    trades: z.array(trade).describe('Sales first.'),
    skips: z.array(skip),
    classes: z.array(
      z.strictObject({
        assetClass: z.string(),
        target: z.number(),
        lower: z.number(),
        upper: z.number(),
        before: z.number(),
        after: z.number(),
        isInside: z.boolean().describe('Whether it is in its band after the trades.'),
      }),
    ),
    cash: z.array(
      z.strictObject({
        accountId: uuid,
        before: dollars('Before.'),
        added: dollars('Put in.'),
        withdrawn: dollars('Taken out.'),
        sold: dollars('Proceeds of sales.'),
        bought: dollars('Cost of purchases.'),
        after: dollars('After.'),
      }),
    ),
    unclassified: z.strictObject({ before: dollars('Worth without a class before.'), after: dollars('After.') }),
    realised: z.strictObject({
      short: dollars('Short-term gain.'),
      long: dollars('Long-term gain.'),
      unknownBasisProceeds: dollars('Proceeds of shares of which the basis is not known: their gain is in no sum.'),
    }),
    tax: dollars('Of all gains together. Below zero: what losses save if other gains use them.'),
    trackingError: z.number().nullable().describe('Yearly standard deviation of the difference to the targets that is left.'),
    trackingErrorReason: z.enum(['no_covariance', 'class_not_covered']).nullable(),
    activeShare: z.number().describe('Half the sum of the differences to the targets.'),
    turnover: z.number().describe('The smaller of sales and purchases, as a part of the whole.'),
  })
  .meta({ id: 'RebalancingProposal', description: 'Trades for one budget of gains.' })

export const rebalancing = z.strictObject({
  date: calendarDate,
  taxRates: z.strictObject({ short: z.number(), long: z.number() }),
  taxSource: z
    .enum(['given', 'tax_year', 'unknown'])
    .describe('From where the rates are: the request, the facts of the tax year, or none: then no tax is counted.'),
  assumptions: z.string().nullable().describe('The assumption set of the tracking error.'),
  proposals: z.array(proposal).describe('In the order of the budgets.'),
  untradedValue: dollars(
    'Worth of the portfolio that no trade can touch: stated balances without securities, short sales, securities without a price.',
  ),
})

nameSchemas({ AccountAmount: accountAmount, Rebalancing: rebalancing })
