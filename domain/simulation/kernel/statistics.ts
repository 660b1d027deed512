import type { Statistics } from '../../numeric/index.ts'
import { EXACT_QUANTILE_PATHS } from '../spec.ts'
import type { Kernel } from './kernel.ts'

/** The most numbers that the kernel has room for at once. */
const ROOM = EXACT_QUANTILE_PATHS

/** The kernel's statistics, with the same bits as the plain ones. Numbers already in the kernel's memory are read there. */
export function kernelStatistics(kernel: Kernel): Statistics {
  const { addresses, doubles, functions, integers } = kernel
  const place = (values: Float64Array, address: number): number => {
    if (values.buffer === kernel.buffer) return values.byteOffset
    doubles(address, values.length).set(values)
    return address
  }
  /** Computes part by part, as much as there is room for; each part continues from the result of the part before. */
  const fold = (values: Float64Array, start: number, add: (total: number, at: number, count: number) => number): number => {
    let total = start
    for (let from = 0; from < values.length; from += ROOM) {
      const part = values.subarray(from, from + ROOM)
      total = add(total, place(part, addresses.SAMPLE), part.length)
    }
    return total
  }

  return {
    orderStatistics(size, ranks) {
      const wanted = integers(addresses.RANKS, ranks.length)
      const found = doubles(addresses.ORDER_STATISTICS, ranks.length)
      return values => {
        const at = place(values, addresses.SAMPLE)
        wanted.set(ranks)
        functions.orderStatistics(at, size, wanted.byteOffset, ranks.length, found.byteOffset, addresses.SCRATCH)
        return [...found]
      }
    },
    sum: values => fold(values, 0, functions.addAll),
    standardDeviation(values, mean) {
      if (values.length === 1) return 0
      const squares = fold(values, 0, (total, at, count) => functions.addSquaredDeviations(total, at, count, mean))
      return Math.sqrt(squares / (values.length - 1))
    },
    range: values => ({
      minimum: fold(values, Number.POSITIVE_INFINITY, functions.leastOf),
      maximum: fold(values, Number.NEGATIVE_INFINITY, functions.greatestOf),
    }),
    ratios(numerators, denominators) {
      if (numerators.length > ROOM) return numerators.map((numerator, i) => numerator / denominators[i]!)
      const out = doubles(addresses.SCRATCH, numerators.length)
      const above = place(numerators, addresses.SAMPLE)
      functions.divide(above, place(denominators, addresses.SCRATCH), out.byteOffset, numerators.length)
      return out
    },
    sumAnnualised: (growth, years) => fold(growth, 0, (total, at, count) => functions.addAnnualised(total, at, count, years)),
  }
}
