import type { AllocationPart } from './portfolio-data.ts'
import styles from './portfolios.module.css'

type BarPart = Pick<AllocationPart, 'lower' | 'target' | 'upper' | 'weight'> & {
  /** The share before, as a second bar. */
  readonly before?: number
}

/** The largest figure of some bars: all are drawn to its scale. */
export const largestOf = (parts: readonly BarPart[]): number =>
  Math.max(0.01, ...parts.flatMap(({ before, target, upper, weight }) => [before ?? 0, target ?? 0, upper ?? 0, weight ?? 0]))

const percent = (fraction: number): string => `${Math.max(0, fraction) * 100}%`

/** A bar with the share, the target and the band. The words beside it say the same. */
export const TargetBar = ({ most, part: { before, lower, target, upper, weight } }: { readonly part: BarPart; readonly most: number }) => (
  <div className={styles['track']} aria-hidden="true">
    {lower !== null && upper !== null && (
      <div className={styles['band']} style={{ insetInlineStart: percent(lower / most), width: percent((upper - lower) / most) }} />
    )}
    {before !== undefined && <div className={styles['before']} style={{ width: percent(before / most) }} />}
    <div className={styles['fill']} style={{ width: percent((weight ?? 0) / most) }} />
    {target !== null && <div className={styles['marker']} style={{ insetInlineStart: percent(target / most) }} />}
  </div>
)
