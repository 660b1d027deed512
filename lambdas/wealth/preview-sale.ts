import type * as z from 'zod'
import type { Transaction } from '../../db/database.ts'
import {
  areGainsTaxed,
  findLotElections,
  findLatestPrice,
  findSecurityLinks,
  type LedgerAccount,
  readLotHistory,
} from '../../db/queries/wealth/index.ts'
import { dateOfEpochDay, Decimal } from '../../domain/shared/index.ts'
import {
  type Closing,
  compareMethods,
  countedGain,
  dollarsOf,
  methodBy,
  type SaleChoice,
  saleEvent,
  securityFamilies,
  type StandingMethod,
  type TaxOfGains,
  textOfUnits,
  unitsOf,
} from '../../domain/wealth/index.ts'
import { invalidValue } from '../runtime/problem.ts'
import { dollarsText, readGainsTax } from './gains-tax.ts'
import { todayOf } from './household-day.ts'
import type { previewBody } from './schemas/lot-choices.ts'

const dollars = (cents: number | null | undefined): string | null => (cents === null || cents === undefined ? null : dollarsOf(cents))

const presentPart = (closing: Closing) => ({
  openingId: closing.openedBy,
  acquiredOn: closing.openedDay === null ? null : dateOfEpochDay(closing.openedDay),
  quantity: textOfUnits(closing.quantity),
  proceeds: dollars(closing.proceedsCents),
  costBasis: dollars(closing.basisCents),
  gain: dollars(countedGain(closing)),
  term: closing.term,
})

const sumOf = (closings: readonly Closing[], of: (closing: Closing) => number | null): number | null =>
  closings.reduce<number | null>((sum, closing) => {
    const cents = of(closing)
    return sum === null || cents === null ? null : sum + cents
  }, 0)

const presentChoice = (choice: SaleChoice, taxOf: TaxOfGains) => {
  const { closings, disallowedCents, longTermCents, method, shortTermCents } = choice
  const tax = taxOf({ shortTerm: shortTermCents / 100, longTerm: longTermCents / 100 })
  return {
    method,
    proceeds: dollars(sumOf(closings, ({ proceedsCents }) => proceedsCents)),
    costBasis: dollars(sumOf(closings, ({ basisCents }) => basisCents)),
    shortTermGain: dollarsOf(shortTermCents),
    longTermGain: dollarsOf(longTermCents),
    disallowedLoss: dollarsOf(disallowedCents),
    tax: tax && dollarsText(tax.tax),
    lots: closings.map(presentPart),
  }
}

/** Throws a 422 that names the field when a choice takes shares that are not held. */
const refuseProblems = ({ method, problems }: SaleChoice, quantity: string): void => {
  for (const problem of problems) {
    if (problem.kind === 'oversold') {
      const held = textOfUnits(unitsOf(quantity) - problem.quantity)
      throw invalidValue('body.quantity', `must be at most ${held}: the account holds ${held} of ${problem.symbol}`)
    }
    if (problem.kind === 'lot_not_held' && method === 'specific')
      throw invalidValue('body.lots', `must hold the shares that are chosen: ${textOfUnits(problem.quantity)} are missing`)
  }
}

/** A sale that has not been made, by each way to choose its lots. */
export const previewSale = async (
  transaction: Transaction,
  { currency, householdId, id: accountId }: LedgerAccount,
  { date, lots, price, quantity, symbol }: z.output<typeof previewBody>,
  methods: readonly StandingMethod[],
) => {
  const picked = (lots ?? []).reduce((sum, lot) => sum.plus(lot.quantity), new Decimal(0))
  if (lots && !picked.equals(quantity))
    throw invalidValue('body.lots', `must sum to ${quantity}, the quantity; they sum to ${picked.toFixed()}`)
  const day = date ?? (await todayOf(transaction, householdId))
  const paid = price ?? (await findLatestPrice(transaction, symbol))
  if (paid === undefined) throw invalidValue('body.price', 'is needed: the platform has no price of the security')
  if (currency !== 'USD') throw invalidValue('body.accountId', 'must be an account in US dollars')

  const links = await findSecurityLinks(transaction, householdId)
  const families = securityFamilies({ ...links, events: [...links.events, { symbol, newSymbol: null }] })
  const family = [...families.keys()].filter(other => families.get(other) === families.get(symbol))
  const history = await readLotHistory(transaction, householdId, family, links.identicalPairs)
  const sale = saleEvent({ accountId, symbol, quantity, date: day, proceeds: new Decimal(quantity).times(paid) })
  const picks = lots?.map(lot => ({ openedBy: lot.openingId, quantity: unitsOf(lot.quantity) })) ?? null
  const choices = compareMethods(history, sale, methods, picks)
  for (const choice of choices) refuseProblems(choice, quantity)
  const { presented, taxOf } = await readGainsTax(transaction, householdId, Number(day.slice(0, 4)))
  const isTaxed = await areGainsTaxed(transaction, accountId)
  return {
    accountId,
    symbol,
    quantity,
    price: paid,
    date: day,
    usedMethod: methodBy(await findLotElections(transaction, householdId))(accountId, symbol, day),
    tax: presented,
    // A sale in an account in which gains are not taxed changes no tax.
    choices: choices.map(choice => presentChoice(choice, isTaxed ? taxOf : () => ({ tax: 0, carriedLoss: 0 }))),
  }
}
