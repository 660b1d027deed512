import { formatPercent } from '../../components/format.ts'
import { Icon } from '../../components/icon.tsx'
import { useLook } from '../../shell/preferences.ts'
import type { AllocationPart } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { allocation as m } from '#messages/portfolios'

/** Parts with a share outside of their band. */
export const outsideOf = (parts: readonly AllocationPart[]): readonly AllocationPart[] => parts.filter(({ isInside }) => isInside === false)

/** Whether the share of a part is in its band, with an icon. Nothing without a target. */
export const BalanceMark = ({
  part: { isInside, upper, weight },
}: {
  readonly part: Pick<AllocationPart, 'isInside' | 'upper' | 'weight'>
}) =>
  isInside === null ? null : (
    <span className={isInside ? styles['inside'] : styles['outside']}>
      <Icon name={isInside ? 'check' : 'alert'} /> {isInside ? m.inside : (weight ?? 0) > (upper ?? 0) ? m.above : m.below}
    </span>
  )

/** The target and the band of a part in words; undefined without a target. */
export const useTargetWords = (): ((part: Pick<AllocationPart, 'lower' | 'target' | 'upper'>) => string | undefined) => {
  const look = useLook()
  const percent = (fraction: number) => formatPercent(fraction, look, 1)
  return ({ lower, target, upper }) =>
    target === null || lower === null || upper === null ? undefined : m.targetOf(percent(target), percent(lower), percent(upper))
}
