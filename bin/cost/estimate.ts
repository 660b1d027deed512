import { Decimal } from '../../domain/shared/index.ts'
import type { Load } from './load.ts'
import type { Price, Prices } from './prices.ts'
import { billingOf } from './resource-types.ts'
import type { Resources } from './resources.ts'

/** One line of the bill of a month. */
export interface Line {
  readonly what: string
  readonly quantity: Decimal
  readonly price: Price
  /** The quantity times the price, not rounded. */
  readonly dollars: Decimal
}

export interface Service {
  readonly name: string
  readonly lines: readonly Line[]
  readonly dollars: Decimal
}

export interface Estimate {
  /** The most expensive service first, and the most expensive line of it. */
  readonly services: readonly Service[]
  readonly dollars: Decimal
}

const total = (items: readonly { readonly dollars: Decimal }[]): Decimal =>
  items.reduce((sum, { dollars }) => sum.plus(dollars), new Decimal(0))

const dearestFirst = <Item extends { readonly dollars: Decimal }>(items: readonly Item[]): Item[] =>
  items.toSorted((one, other) => other.dollars.comparedTo(one.dollars))

const decimalsOfQuantity = 6

/**
 * The bill of one month, before free tiers. A quantity is rounded to six decimals; the rest is exact.
 * @throws {UnpricedResource} for a resource of which the price is not known.
 */
export const estimate = (resources: Resources, load: Load, prices: Prices): Estimate => {
  const usages = [...Map.groupBy(resources.all, ({ type }) => type)].flatMap(([type, ofType]) => {
    const billing = billingOf(type, ofType)
    return typeof billing === 'function' ? billing(ofType, resources, load) : []
  })
  const lines = usages
    .map(({ what, quantity, price }): Line => {
      const rounded = quantity.toDecimalPlaces(decimalsOfQuantity)
      return { what, quantity: rounded, price: prices[price], dollars: rounded.times(prices[price].dollars) }
    })
    .filter(({ quantity }) => quantity.greaterThan(0))
  const services = [...Map.groupBy(lines, ({ price }) => price.service)].map(([name, ofService]) => ({
    name,
    lines: dearestFirst(ofService),
    dollars: total(ofService),
  }))
  return { services: dearestFirst(services), dollars: total(services) }
}
