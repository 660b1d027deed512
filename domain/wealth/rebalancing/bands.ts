import { Decimal } from '../../shared/index.ts'
import type { Band } from './types.ts'

/** Five points, or a quarter of the target if that is nearer. */
export const usualBand: Band = { absolute: 0.05, relative: 0.25 }

/**
 * The least and the greatest weight of a band. A relative band says nothing of a target of zero: its width would be zero, so only the absolute one counts, and
 * without one `usualBand`. A band without a width is wide open.
 */
export const bandOf = (target: number, { absolute, relative }: Band): { readonly lower: number; readonly upper: number } => {
  const widths = [absolute ?? null, target === 0 ? null : (relative ?? null) && new Decimal(relative!).times(target).toNumber()].filter(
    width => width !== null,
  )
  const width = widths.length > 0 ? Math.min(...widths) : target === 0 ? usualBand.absolute! : 1
  return {
    lower: Math.max(0, new Decimal(target).minus(width).toNumber()),
    upper: Math.min(1, new Decimal(target).plus(width).toNumber()),
  }
}

/** Whether a value, in cents of a total, is inside of a band, or a dollar outside at most. Of nothing, every part is as it should be. */
export const isInBand = (
  cents: number,
  totalCents: number,
  { lower, upper }: { readonly lower: number; readonly upper: number },
): boolean => totalCents <= 0 || (cents >= lower * totalCents - 100 && cents <= upper * totalCents + 100)
