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
  const most = largestOf(allocation)
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
            <TargetBar part={part} most={most} />
            <div className={styles['note']}>{[targetWords(part), need(part)].filter(Boolean).join(' · ')}</div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
