import { useState } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { DateField } from '../../components/field.tsx'
import { formatDate } from '../../components/format.ts'
import { EmptyState, Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useLook } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import { useAccountNames } from '../lots/lot-data.ts'
import { todayIn } from '../today.ts'
import { PerformanceSection } from '../performance/performance-section.tsx'
import { AllocationSection } from './allocation-section.tsx'
import { HoldingSection } from './holding-section.tsx'
import { KeyFigures } from './key-figures.tsx'
import { useHoldings } from './portfolio-data.ts'
import { PortfolioPageFrame, type ShownPortfolio } from './portfolio-page-frame.tsx'
import styles from './portfolios.module.css'
import { TargetSection } from './target-section.tsx'
import { figures as m } from '#messages/portfolios'
import { investments } from '#messages/lots'

/** The day of the holdings, which the address keeps. No day is today. */
const DayField = ({
  date,
  fault,
  onChange,
}: {
  readonly date: string
  readonly fault: string | undefined
  readonly onChange: (date: string) => void
}) => (
  <div className={`${styles['day']} no-print`}>
    <DateField id="portfolio-day" name="date" label={m.day} help={m.dayHelp} value={date} error={fault} onChange={onChange} />
    {date !== '' && <Button onClick={() => onChange('')}>{m.today}</Button>}
  </div>
)

/** What a portfolio holds on a day: each section is a file of its own. */
const Sections = ({ date, ...shown }: ShownPortfolio & { readonly date: string }) => {
  const { portfolio } = shown
  const { data, error, refetch } = useHoldings(portfolio.id, date)
  const accounts = useAccountNames(portfolio.householdId)
  const failed = error ?? accounts.error
  if (failed) return <Failure error={failed} retry={() => Promise.all([refetch(), accounts.retry()])} />
  if (!data || !accounts.nameOf) return <Loading />
  if (data.items.length === 0)
    return (
      <EmptyState title={m.empty} action={<ButtonLink href="/accounts/import">{investments.import}</ButtonLink>}>
        {m.emptyLead}
      </EmptyState>
    )
  return (
    <>
      <KeyFigures holdings={data} />
      <AllocationSection holdings={data} portfolio={portfolio} />
      <TargetSection {...shown} holdings={data} />
      <HoldingSection {...shown} holdings={data} nameOf={accounts.nameOf} />
      {date === '' && <PerformanceSection householdId={portfolio.householdId} portfolioId={portfolio.id} accountOf={accounts.nameOf} />}
    </>
  )
}

const Shown = (shown: ShownPortfolio) => {
  const look = useLook()
  const { read, write } = useAddress()
  const [typed, setTyped] = useState(read('date'))
  const today = todayIn(shown.household.timezone)
  const isAfter = typed > today
  const date = useDelayed(isAfter ? '' : typed)
  const choose = (day: string) => {
    setTyped(day)
    if (day <= today) write({ date: day })
  }
  return (
    <>
      <DayField date={typed} fault={isAfter ? m.afterToday(formatDate(today, look)) : undefined} onChange={choose} />
      {!isAfter && <Sections {...shown} date={date === today ? '' : date} />}
    </>
  )
}

/** What a portfolio holds, today or on a past day, and how it is divided. */
const PortfolioPage = () => (
  <PortfolioPageFrame part="overview">{shown => <Shown key={shown.portfolio.id} {...shown} />}</PortfolioPageFrame>
)

export default PortfolioPage
