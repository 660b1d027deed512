import type { OrderStatistics } from '../numeric/quantiles.ts'
import { EXACT_QUANTILE_PATHS } from '../spec.ts'
import type { Kernel } from './kernel.ts'

/** The kernel's exact order statistics, for samples of up to EXACT_QUANTILE_PATHS. A sample that lies in the kernel is read there. */
export const kernelOrderStatistics =
  ({ addresses, buffer, doubles, functions, integers }: Kernel): OrderStatistics<Float64Array> =>
  (size, ranks) => {
    const wanted = integers(addresses.RANKS, ranks.length)
    const sample = doubles(addresses.SAMPLE, size)
    const found = doubles(addresses.ORDER_STATISTICS, ranks.length)
    return values => {
      const inside = values.buffer === buffer
      if (!inside) sample.set(values)
      wanted.set(ranks)
      const at = inside ? values.byteOffset : sample.byteOffset
      functions.orderStatistics(at, size, wanted.byteOffset, ranks.length, found.byteOffset, addresses.SCRATCH)
      return [...found]
    }
  }

/** sumAnnualised by the kernel, as many at a time as it has room for. */
export function kernelSumAnnualised({ addresses, doubles, functions }: Kernel, growth: Float64Array, years: number): number {
  let total = 0
  for (let from = 0; from < growth.length; from += EXACT_QUANTILE_PATHS) {
    const part = growth.subarray(from, from + EXACT_QUANTILE_PATHS)
    doubles(addresses.SAMPLE, part.length).set(part)
    total = functions.addAnnualised(total, addresses.SAMPLE, part.length, years)
  }
  return total
}
