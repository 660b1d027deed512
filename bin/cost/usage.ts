import { Decimal } from '../../domain/shared/index.ts'
import type { Load } from './load.ts'
import type { PriceName } from './prices.ts'
import type { Resource, Resources } from './resources.ts'

/** What is used in a month, of one price. */
export interface Usage {
  readonly what: string
  readonly quantity: Decimal
  readonly price: PriceName
}

/** What resources of one type use in a month. */
export type UsageOf = (resources: readonly Resource[], environment: Resources, load: Load) => Usage[]

export const usage = (what: string, quantity: Decimal | number, price: PriceName): Usage => ({
  what,
  quantity: new Decimal(quantity),
  price,
})

const kilobytesOfGigabyte = 1_000_000

/** Gigabytes of so many pieces of a size in kilobytes. */
export const gigabytes = (count: Decimal | number, kilobytes: Decimal | number): Decimal =>
  new Decimal(count).times(kilobytes).dividedBy(kilobytesOfGigabyte)
