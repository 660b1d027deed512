import { CalendarDate, Money } from '../../components/figures.tsx'
import { Card, Grid, Notice, Stat } from '../../components/page.tsx'
import type { Holdings } from './portfolio-data.ts'
import { figures as m } from '#messages/portfolios'

/** The sums of the holdings, and what no sum contains. */
export const KeyFigures = ({ holdings }: { readonly holdings: Holdings }) => {
  const { cashBalance, currency, investedValue, items, oldestPriceDate, totalValue, unrealisedGain, unvaluedCount } = holdings
  const gainless = items.filter(
    ({ currentValue, kind, unrealisedGain: gain }) => kind === 'security' && currentValue !== null && gain === null,
  )
  return (
    <>
      <Card>
        <Grid>
          <Stat label={m.total}>
            <Money value={totalValue} currency={currency} />
          </Stat>
          <Stat label={m.invested}>
            <Money value={investedValue} currency={currency} />
          </Stat>
          <Stat label={m.cash}>
            <Money value={cashBalance} currency={currency} />
          </Stat>
          <Stat label={m.gain} note={gainless.length > 0 ? m.gainless(gainless.length) : undefined}>
            <Money value={unrealisedGain} currency={currency} signed />
          </Stat>
          <Stat label={m.oldest}>{oldestPriceDate === null ? m.noPrices : <CalendarDate date={oldestPriceDate} />}</Stat>
        </Grid>
      </Card>
      {unvaluedCount > 0 && <Notice kind="warn">{m.unvalued(unvaluedCount)}</Notice>}
    </>
  )
}
