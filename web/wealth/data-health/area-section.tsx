import { useState } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { formatDate, formatInstant, formatMoney, formatNumber, formatPercent } from '../../components/format.ts'
import { type AnyIcon, Icon } from '../../components/icon.tsx'
import { Section } from '../../components/page.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
import styles from './data-health.module.css'
import type { DataHealth, FactsOf, Finding, Shown } from './finding.ts'
import { fixOf } from './fix.ts'
import { areas, page as m, sentences, severities } from '#messages/data-health'

type Area = Finding['area']

const icons = { problem: 'alert', warning: 'clock', hint: 'trust' } as const satisfies Record<Finding['severity'], AnyIcon>

/** Subjects of an area that are shown at first. */
const fewSubjects = 10

const shownBy = (look: Look): Shown => ({
  money: (amount, currency) => formatMoney(amount, look, { currency, precision: 'exact' }),
  date: date => formatDate(date, look),
  moment: instant => formatInstant(instant, look),
  number: figure => formatNumber(figure, look, 8),
  percent: fraction => formatPercent(fraction, look, 1, true),
})

// The compiler cannot see that the facts are those of the check.
const sentenceOf = ({ check, facts }: Finding, shown: Shown): string =>
  (sentences[check] as (facts: FactsOf<typeof check>, shown: Shown) => string)(facts, shown)

const Found = ({
  finding,
  isAdministrator,
  name,
}: {
  readonly finding: Finding
  readonly isAdministrator: boolean
  readonly name: string
}) => {
  const look = useLook()
  const { action, href } = fixOf(finding, isAdministrator)
  const { severity } = finding
  return (
    <li className={styles['finding']}>
      <span className={`${styles['severity']} ${styles[severity]}`}>
        <Icon name={icons[severity]} /> {severities[severity]}
      </span>
      <p>{sentenceOf(finding, shownBy(look))}</p>
      <ButtonLink href={href} aria-label={m.fixOf(action, name)}>
        {action}
      </ButtonLink>
    </li>
  )
}

const nameOf = ({ subject: { id, kind, name } }: Finding): string =>
  kind === 'household' ? m.own : kind === 'security' && name !== id ? `${id} · ${name}` : name

/** The findings of an area by what they are about, the gravest first. */
export const AreaSection = ({
  area,
  findings,
  isAdministrator,
  leftOut,
}: {
  readonly area: Area
  readonly findings: readonly Finding[]
  readonly isAdministrator: boolean
  readonly leftOut: DataHealth['leftOut']
}) => {
  const look = useLook()
  const [showsAll, setShowsAll] = useState(false)
  const bySubject = [...Map.groupBy(findings, ({ subject: { id, kind } }) => `${kind} ${id}`)]
  const more = leftOut.filter(({ check }) => findings.some(finding => finding.check === check)).reduce((sum, { count }) => sum + count, 0)
  const asksAdministrator = !isAdministrator && (area === 'prices' || area === 'rates')
  return (
    <Section title={areas[area]} lead={asksAdministrator ? m.byAdministrators : undefined}>
      <ul className={styles['list']}>
        {(showsAll ? bySubject : bySubject.slice(0, fewSubjects)).map(([key, own]) => (
          <li key={key} className={styles['subject']}>
            <h3>
              <bdi>{nameOf(own[0]!)}</bdi>
            </h3>
            <ul>
              {own.map(finding => (
                <Found
                  key={`${finding.check} ${JSON.stringify(finding.facts)}`}
                  finding={finding}
                  isAdministrator={isAdministrator}
                  name={nameOf(finding)}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {!showsAll && bySubject.length > fewSubjects && (
        <p>
          <Button onClick={() => setShowsAll(true)}>{m.showAll(formatNumber(bySubject.length, look))}</Button>
        </p>
      )}
      {more > 0 && <p>{m.leftOut(formatNumber(more, look))}</p>}
    </Section>
  )
}
