import { Percent } from '../../components/figures.tsx'
import { formatMoney } from '../../components/format.ts'
import { useLook } from '../../shell/preferences.ts'
import { BalanceMark, useTargetWords } from './balance.tsx'
import { partName } from './class-names.ts'
import { type AllocationPart, type Holdings, isByInstrument, type Portfolio } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { largestOf, TargetBar } from './target-bar.tsx'
import { allocation as m } from '#messages/portfolios'

/** What is to be bought or sold to reach the target; nothing if the part is in balance. */
const useNeed = (currency: string): ((part: AllocationPart) => string | undefined) => {
  const look = useLook()
  return ({ difference, isInside }) => {
    if (difference === null || isInside !== false) return undefined
    const amount = formatMoney(difference.replace('-', ''), look, { currency })
    return difference.startsWith('-') ? m.sell(amount) : m.buy(amount)
  }
}

/** The share of each part with its target and its band. */
export const TargetBars = ({
  holdings: { allocation, currency },
  portfolio,
}: {
  readonly holdings: Holdings
  readonly portfolio: Portfolio
}) => {
  const targetWords = useTargetWords()
  const need = useNeed(currency)
  const most = largestOf(allocation)
  return (
    <ul className={styles['bars']} aria-label={m.target}>
      {allocation.map(part => (
        <li key={part.key} className={styles['bar']}>
          <div className={styles['head']}>
            <strong>
              <bdi>{partName(part.key, isByInstrument(portfolio))}</bdi> {part.weight !== null && <Percent value={part.weight} />}
            </strong>
            <BalanceMark part={part} />
          </div>
          <TargetBar part={part} most={most} />
          <div className={styles['note']}>{[targetWords(part), need(part)].filter(Boolean).join(' · ')}</div>
        </li>
      ))}
    </ul>
  )
}
