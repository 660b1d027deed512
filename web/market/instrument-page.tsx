import { useMemo } from 'react'
import { useParams } from 'wouter'
import { ApiProblem } from '../client/problem.ts'
import { ButtonLink } from '../components/button.tsx'
import { CalendarDate, Money, Percent } from '../components/figures.tsx'
import { Facts } from '../components/facts.tsx'
import { formatDate, formatNumber } from '../components/format.ts'
import { EmptyState, Loading, Page } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { useApi } from '../shell/api.ts'
import { useLook } from '../shell/preferences.ts'
import { CorporateActions, MarketCaps } from './corporate-actions.tsx'
import { DataQuality } from './data-quality.tsx'
import { PriceView } from './price-view.tsx'
import { symbolPath } from './symbol-link.tsx'
import type { Instrument } from './timeframes.ts'
import { chart, instrumentPage as m, types } from '#messages/market'
import { instrumentForm } from '#messages/market-forms'

const InstrumentFacts = ({ instrument }: { readonly instrument: Instrument }) => {
  const look = useLook()
  const { country, currency, currentPrice, dividendYield, expenseRatio, industry, marketCap, peRatio, priceDate, sector, symbols } =
    instrument
  const former = symbols.flatMap(({ symbol, validUntil }) => (validUntil === null ? [] : [m.until(symbol, formatDate(validUntil, look))]))
  return (
    <Facts
      facts={[
        [m.sector, sector],
        [m.industry, industry],
        [m.country, country],
        [
          m.knownPrice,
          currentPrice !== null && (
            <>
              <Money value={currentPrice} currency={currency} precision="exact" />
              {priceDate !== null && (
                <>
                  {', '}
                  <CalendarDate date={priceDate} />
                </>
              )}
            </>
          ),
        ],
        [m.marketCap, marketCap !== null && <Money value={marketCap} currency={currency} precision="short" />],
        [m.peRatio, peRatio !== null && formatNumber(peRatio, look, 1)],
        [m.dividendYield, dividendYield !== null && <Percent value={dividendYield} digits={2} />],
        [m.expenseRatio, expenseRatio !== null && <Percent value={expenseRatio} digits={2} />],
        [m.formerSymbols, former.join(', ')],
      ]}
    />
  )
}

const NoPrices = () => {
  const { data: me } = useApi('GET /v1/identity/me')
  if (me?.role !== 'admin') return <EmptyState title={m.noBars}>{m.noBarsForOthers}</EmptyState>
  return (
    <EmptyState
      title={m.noBars}
      action={
        <ButtonLink kind="primary" href="/market/load">
          {m.load}
        </ButtonLink>
      }
    >
      {m.noBarsForAdministrators}
    </EmptyState>
  )
}

const Contents = ({ instrument }: { readonly instrument: Instrument }) => {
  const { currency, series, symbol } = instrument
  const splits = useApi('GET /v1/market/instruments/{symbol}/splits', { params: { symbol } })
  const dividends = useApi('GET /v1/market/instruments/{symbol}/dividends', { params: { symbol } })
  const marks = useMemo(
    () => [
      ...(splits.data?.items ?? []).map(({ denominator, exDate, numerator }) => ({
        date: exDate,
        text: chart.split(numerator, denominator),
      })),
      ...(dividends.data?.items ?? []).map(({ exDate }) => ({ date: exDate, text: chart.dividend })),
    ],
    [splits.data, dividends.data],
  )
  const checked = series.find(({ timeframe }) => timeframe === '1d') ?? series[0]
  const failed = splits.error ?? dividends.error
  return (
    <>
      <InstrumentFacts instrument={instrument} />
      {checked ? <PriceView instrument={instrument} marks={marks} /> : <NoPrices />}
      {failed && <Failure error={failed} />}
      {splits.data && dividends.data && <CorporateActions splits={splits.data.items} dividends={dividends.data.items} />}
      <MarketCaps symbol={symbol} currency={currency} />
      {checked && <DataQuality symbol={symbol} series={checked} />}
    </>
  )
}

const InstrumentPage = () => {
  const isAdministrator = useApi('GET /v1/identity/me').data?.role === 'admin'
  const symbol = decodeURIComponent(useParams<{ symbol: string }>().symbol)
  const { data, error, refetch } = useApi('GET /v1/market/instruments/{symbol}', { params: { symbol } })
  const toList = <ButtonLink href="/market">{m.toList}</ButtonLink>
  if (error instanceof ApiProblem && error.status < 500)
    return (
      <Page title={m.notFound(symbol)} lead={m.notFoundLead}>
        <p>{toList}</p>
      </Page>
    )
  return (
    <Page
      title={data ? `${data.symbol} · ${data.name}` : symbol}
      lead={data && m.lead(types[data.type], data.exchangeCode, data.currency)}
      actions={
        <>
          {isAdministrator && data && <ButtonLink href={`${symbolPath(data.symbol)}/change`}>{instrumentForm.changeButton}</ButtonLink>}
          {toList}
        </>
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && <Contents key={data.symbol} instrument={data} />}
    </Page>
  )
}

export default InstrumentPage
