import { useState } from 'react'
import { ButtonLink } from '../../components/button.tsx'
import { formatDate } from '../../components/format.ts'
import { EmptyState, Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import { type NameOf, useAccountNames } from '../lots/lot-data.ts'
import { dollarWords } from '../lots/lot-figures.tsx'
import { isByInstrument, type Portfolio, portfolioPath, useHoldings } from '../portfolios/portfolio-data.ts'
import { PortfolioPageFrame } from '../portfolios/portfolio-page-frame.tsx'
import { BudgetTable } from './budget-table.tsx'
import { CashSection } from './cash-section.tsx'
import { ClassSection } from './class-section.tsx'
import { isUnderWay, type Rebalancing, type RebalancingBody, useRebalancing } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { bodyOf, faultsOf, type Settings, usualSettings } from './settings.ts'
import { SettingsForm } from './settings-form.tsx'
import { SkipSection } from './skip-section.tsx'
import { TaxLine, TaxSource } from './tax-lines.tsx'
import { TradeSection } from './trade-section.tsx'
import { nothing, page as m } from '#messages/rebalancing'
import { shared } from '#messages/lots'

/** Less than this is rounding of prices and statements, in dollars. */
const leastShown = 1

/** How long a person may go on typing before proposals are asked for, in milliseconds. */
const patience = 400

/** The settings as they are written, and as they were last without faults for some time. */
const useSettings = (look: Look) => {
  const [settings, setSettings] = useState(() => usualSettings(look))
  const [valid, setValid] = useState(settings)
  const asked = useDelayed(valid, patience)
  const change = (part: Partial<Settings>): void => {
    const next = { ...settings, ...part }
    setSettings(next)
    if (Object.keys(faultsOf(next, look)).length === 0) setValid(next)
  }
  return { settings, asked, isAsked: asked === valid, change }
}

interface Shown {
  readonly portfolio: Portfolio
  readonly nameOf: NameOf
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}

/** The proposals beside one another, and what the chosen one consists of. */
const Result = ({
  answer,
  body,
  change,
  isWaiting,
  nameOf,
  portfolio,
  settings,
}: Shown & { readonly answer: Rebalancing; readonly body: RebalancingBody; readonly isWaiting: boolean }) => {
  const look = useLook()
  const [budget, setBudget] = useState<string | null>()
  const { date, proposals, taxSource, untradedValue } = answer
  const chosen = proposals.find(({ gainsBudget }) => gainsBudget === budget) ?? proposals[0]!
  const names = { isByInstrument: isByInstrument(portfolio), nameOf }
  return (
    <div className={`${styles['result']} ${isWaiting ? styles['waiting'] : ''}`} aria-busy={isWaiting}>
      <Section title={m.of(formatDate(date, look))} lead={m.compareLead}>
        <TaxSource answer={answer} />
        <BudgetTable answer={answer} chosen={chosen} onChoose={setBudget} />
        {taxSource !== 'unknown' && (
          <TaxLine proposal={chosen} request={`${JSON.stringify(body)} ${chosen.gainsBudget}`} isWaiting={isWaiting} />
        )}
        {Math.abs(Number(untradedValue)) >= leastShown && <Notice>{m.untraded(dollarWords(untradedValue, look))}</Notice>}
        {!chosen.isTriggered && chosen.trades.length === 0 && <Notice kind="good">{nothing[settings.mode]}</Notice>}
        {chosen.isTriggered && chosen.trades.length === 0 && <Notice kind="warn">{nothing.noTrades}</Notice>}
      </Section>
      <ClassSection proposal={chosen} isByInstrument={names.isByInstrument} />
      {(chosen.trades.length > 0 || settings.doNotSell.length > 0) && (
        <TradeSection
          {...names}
          date={date}
          taxSource={taxSource}
          trades={chosen.trades}
          isWaiting={isWaiting}
          doNotSell={settings.doNotSell}
          onKeep={doNotSell => change({ doNotSell })}
        />
      )}
      {chosen.skips.length > 0 && <SkipSection {...names} skips={chosen.skips} />}
      <CashSection cash={chosen.cash} nameOf={nameOf} />
    </div>
  )
}

const Proposals = ({ asked, isAsked, ...shown }: Shown & { readonly asked: Settings; readonly isAsked: boolean }) => {
  const body = bodyOf(asked, useLook())
  const { data, error, isPlaceholderData, refetch } = useRebalancing(shown.portfolio.id, body)
  if (isUnderWay(error)) return <Notice>{shared.calculating}</Notice>
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  return <Result {...shown} answer={data} body={body} isWaiting={isPlaceholderData || !isAsked} />
}

const Rebalance = ({ portfolio }: { readonly portfolio: Portfolio }) => {
  const look = useLook()
  const { asked, change, isAsked, settings } = useSettings(look)
  const accounts = useAccountNames(portfolio.householdId)
  const holdings = useHoldings(portfolio.id)
  const failed = accounts.error ?? holdings.error
  if (failed) return <Failure error={failed} retry={() => Promise.all([accounts.retry(), holdings.refetch()])} />
  if (!accounts.nameOf || !holdings.data) return <Loading />
  const held = holdings.data.items.flatMap(({ isShort, symbol }) => (symbol === null || isShort ? [] : [symbol]))
  const shown = { portfolio, nameOf: accounts.nameOf, settings, change }
  return (
    <>
      <p>{m.lead}</p>
      <SettingsForm
        settings={settings}
        faults={faultsOf(settings, look)}
        onChange={change}
        accountIds={portfolio.accountIds}
        nameOf={accounts.nameOf}
        symbols={[...new Set(held)].toSorted()}
      />
      <Proposals {...shown} asked={asked} isAsked={isAsked} />
    </>
  )
}

/** Trades that bring a portfolio back to its target with little tax. Nothing is ordered. */
const RebalancingPage = () => (
  <PortfolioPageFrame part="rebalance">
    {({ canEdit, portfolio }) =>
      portfolio.targetKind === 'none' ? (
        <EmptyState
          title={m.noTarget}
          action={canEdit && <ButtonLink href={`${portfolioPath(portfolio.id)}/edit`}>{m.setTarget}</ButtonLink>}
        >
          {m.noTargetLead}
        </EmptyState>
      ) : (
        <Rebalance key={portfolio.id} portfolio={portfolio} />
      )
    }
  </PortfolioPageFrame>
)

export default RebalancingPage
