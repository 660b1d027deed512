import { ButtonLink } from '../../components/button.tsx'
import { Percent } from '../../components/figures.tsx'
import { formatMoney } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { BalanceMark, useTargetWords } from './balance.tsx'
import { partName } from './class-names.ts'
import { type AllocationPart, type Holdings, isByInstrument, portfolioPath } from './portfolio-data.ts'
import type { ShownPortfolio } from './portfolio-page-frame.tsx'
import styles from './portfolios.module.css'
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

const percent = (fraction: number): string => `${Math.max(0, fraction) * 100}%`

/** A bar with the share, the target and the band. Its words say the same. */
const Bar = ({ most, part: { lower, target, upper, weight } }: { readonly part: AllocationPart; readonly most: number }) => (
  <div className={styles['track']} aria-hidden="true">
    {lower !== null && upper !== null && (
      <div className={styles['band']} style={{ insetInlineStart: percent(lower / most), width: percent((upper - lower) / most) }} />
    )}
    <div className={styles['fill']} style={{ width: percent((weight ?? 0) / most) }} />
    {target !== null && <div className={styles['marker']} style={{ insetInlineStart: percent(target / most) }} />}
  </div>
)

/** The share of each part against its target and its band. */
export const TargetSection = ({ canEdit, holdings, portfolio }: ShownPortfolio & { readonly holdings: Holdings }) => {
  const { allocation, currency } = holdings
  const targetWords = useTargetWords()
  const need = useNeed(currency)
  if (portfolio.targetKind === 'none')
    return (
      <Section
        title={m.target}
        lead={m.noTarget}
        actions={canEdit ? <ButtonLink href={`${portfolioPath(portfolio.id)}/edit`}>{m.setTarget}</ButtonLink> : undefined}
      >
        {null}
      </Section>
    )
  const most = Math.max(0.01, ...allocation.flatMap(({ target, upper, weight }) => [target ?? 0, upper ?? 0, weight ?? 0]))
  return (
    <Section title={m.target} lead={m.targetLead}>
      <ul className={styles['bars']} aria-label={m.target}>
        {allocation.map(part => (
          <li key={part.key} className={styles['bar']}>
            <div className={styles['head']}>
              <strong>
                <bdi>{partName(part.key, isByInstrument(portfolio))}</bdi> {part.weight !== null && <Percent value={part.weight} />}
              </strong>
              <BalanceMark part={part} />
            </div>
            <Bar part={part} most={most} />
            <div className={styles['note']}>{[targetWords(part), need(part)].filter(Boolean).join(' · ')}</div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
