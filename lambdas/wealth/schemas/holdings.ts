import * as z from 'zod'
import { classSources, holdingKinds, priceSources } from '../../../domain/wealth/index.ts'
import { calendarDate, nameSchemas, uuid } from '../../runtime/schemas.ts'
import { targetWeight } from './portfolios.ts'

const money = (text: string) => z.string().describe(`${text} In the currency of the portfolio.`)
const maybeMoney = (text: string) => z.string().nullable().describe(`${text} In the currency of the portfolio. Null: not known.`)
const weight = (text: string) => z.number().nullable().describe(`${text} A fraction.`)

const holdingPrice = z.strictObject({
  price: z.string().describe('Of one unit, in its own currency.'),
  priceDate: calendarDate.describe('The day of the price.'),
  currency: z.string(),
  source: z
    .enum(priceSources)
    .meta({ id: 'PriceSource', description: '`market`: the newest daily close. `trade`: the last trade of the household.' }),
})

const holding = z.strictObject({
  accountId: uuid,
  kind: z.enum(holdingKinds).meta({
    id: 'HoldingKind',
    description: '`rest`: what a stated balance is more than the securities of the account: cash, or securities without transactions.',
  }),
  symbol: z.string().nullable().describe('Null for money.'),
  name: z.string().nullable().describe('Of the security, where the market data know it.'),
  isShort: z.boolean().describe('Sold short: quantity and value are below zero.'),
  quantity: z.string().nullable(),
  averageCost: maybeMoney('Cost of one unit, at the exchange rates of the purchases.'),
  costBasis: maybeMoney('What it has cost.'),
  price: holdingPrice.nullable(),
  currentValue: maybeMoney('What it is worth.'),
  unrealisedGain: maybeMoney('Value less cost.'),
  unrealisedGainPct: weight('The gain as a part of the cost.'),
  priceGain: maybeMoney('The part of the gain that the price made.'),
  currencyGain: maybeMoney('The part of the gain that the exchange rate made.'),
  weight: weight('Its part of the portfolio.'),
  classes: z.array(targetWeight).describe('Its asset classes: a fund is looked through where its composition is known.'),
  classSource: z.enum(classSources).meta({
    id: 'ClassSource',
    description: 'From where the classes are known: the household, the composition of the fund, the type of the security, or not at all.',
  }),
  gaps: z.array(z.strictObject({ kind: z.string(), message: z.string() })).describe('Why a figure is not known.'),
})

const allocationPart = z.strictObject({
  key: z.string().describe('An asset class or a symbol; `unclassified`: not known.'),
  value: money('What it is worth.'),
  weight: weight('Its part of the portfolio.'),
  target: weight('What it should be.'),
  lower: weight('The least that is in balance.'),
  upper: weight('The most that is in balance.'),
  isInside: z.boolean().nullable().describe('Whether it is in balance. Null without a target.'),
  difference: maybeMoney('What to buy to reach the target; below zero: to sell.'),
})

export const portfolioHoldings = z.strictObject({
  date: calendarDate.describe('The day of the values.'),
  currency: z.string(),
  totalValue: money('Sum of the values that are known.'),
  cashBalance: money('Money in it.'),
  investedValue: money('The rest.'),
  unrealisedGain: money('Sum of the gains that are known.'),
  unvaluedCount: z.int().describe('Holdings without a value: no sum contains them.'),
  oldestPriceDate: calendarDate.nullable().describe('The day of the oldest price.'),
  items: z.array(holding).describe('By value, the largest first.'),
  allocation: z.array(allocationPart).describe('By asset class, or by security if the target is of securities.'),
})

nameSchemas({ AllocationPart: allocationPart, Holding: holding, HoldingPrice: holdingPrice, PortfolioHoldings: portfolioHoldings })
