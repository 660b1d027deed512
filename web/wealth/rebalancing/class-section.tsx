import { formatPercent } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { dollarWords, isZero } from '../lots/lot-figures.tsx'
import { BalanceMark, useTargetWords } from '../portfolios/balance.tsx'
import { partName } from '../portfolios/class-names.ts'
import bars from '../portfolios/portfolios.module.css'
import { largestOf, TargetBar } from '../portfolios/target-bar.tsx'
import type { Proposal } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { classes as m } from '#messages/rebalancing'

/** The share of each class before and after the trades, against its target and its band. */
export const ClassSection = ({
  isByInstrument,
  proposal: { classes, unclassified },
}: {
  readonly proposal: Proposal
  readonly isByInstrument: boolean
}) => {
  const look = useLook()
  const targetWords = useTargetWords()
  const parts = classes.map(({ after, ...part }) => ({ ...part, weight: after }))
  const most = largestOf(parts)
  const percent = (fraction: number) => formatPercent(fraction, look)
  return (
    <Section title={m.title} lead={m.lead}>
      <ul className={bars['bars']} aria-label={m.title}>
        {parts.map(part => (
          <li key={part.assetClass} className={bars['bar']}>
            <div className={bars['head']}>
              <strong>
                <bdi>{partName(part.assetClass, isByInstrument)}</bdi>
              </strong>
              <BalanceMark part={part} />
            </div>
            <TargetBar part={part} most={most} />
            <div className={bars['note']}>{[m.change(percent(part.before), percent(part.weight)), targetWords(part)].join(' · ')}</div>
          </li>
        ))}
      </ul>
      {!(isZero(unclassified.before) && isZero(unclassified.after)) && (
        <p className={styles['quiet']}>{m.unclassified(dollarWords(unclassified.before, look), dollarWords(unclassified.after, look))}</p>
      )}
    </Section>
  )
}
