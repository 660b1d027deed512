import { type CalendarDate, daysBetween } from '../../shared/index.ts'
import { bridgeCurrencies, rateAgeDays } from '../exchange-rates.ts'
import { type Finding, found } from './checks.ts'
import type { HealthFacts, NewestRate } from './facts.ts'

const later = (dates: readonly (CalendarDate | undefined)[]): CalendarDate | undefined =>
  dates
    .filter(date => date !== undefined)
    .toSorted()
    .at(-1)

/** The last day on which one currency could be converted into another: directly, in the other direction, or through the dollar or the euro. */
const lastConversion = (rates: readonly NewestRate[], from: string, to: string): CalendarDate | undefined => {
  const dates = new Map(rates.map(({ base, date, quote }) => [`${base}${quote}`, date]))
  const direct = (one: string, other: string) => later([dates.get(`${one}${other}`), dates.get(`${other}${one}`)])
  const through = (bridge: string): CalendarDate | undefined => {
    const [there, onwards] = [direct(from, bridge), direct(bridge, to)]
    return there !== undefined && onwards !== undefined ? (there < onwards ? there : onwards) : undefined
  }
  return later([direct(from, to), ...bridgeCurrencies.map(through)])
}

/** Currencies of open accounts and held securities that cannot be converted into that of the household today. */
export const checkRates = ({ accounts, household, rates, securities, today }: HealthFacts): Finding[] => {
  const quote = household.currency
  const used = new Set([
    ...accounts.filter(({ closedOn }) => closedOn === null).map(({ currency }) => currency),
    ...securities.flatMap(({ close, listing }) => (close !== null && listing ? [listing.currency] : [])),
  ])
  used.delete(quote)
  return [...used].flatMap(currency => {
    const subject = { kind: 'currency', id: currency, name: currency } as const
    const date = lastConversion(rates, currency, quote)
    if (date === undefined) return [found('missing_rate', subject, { quote })]
    const days = daysBetween(date, today)
    return days > rateAgeDays ? [found('stale_rate', subject, { quote, date, days })] : []
  })
}
