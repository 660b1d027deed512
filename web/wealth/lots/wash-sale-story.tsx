import { Link } from 'wouter'
import { Facts } from '../../components/facts.tsx'
import { formatDate } from '../../components/format.ts'
import { Badge, Card } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { sumOf } from '../account-kinds.ts'
import { type NameOf, registerPath, type WashSale } from './lot-data.ts'
import { Dollars, dollarWords, isZero, Quantity, shareWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { WashTimeline } from './wash-timeline.tsx'
import { wash as m } from '#messages/lots'

const kinds = { certain: 'good', watching: 'info', incomplete: 'warn' } as const

/** How certain the result is, in words. */
const State = ({
  nameOf,
  washSale: { gaps, longSales, openQuantity, state, window },
}: {
  readonly washSale: WashSale
  readonly nameOf: NameOf
}) => {
  const look = useLook()
  const date = (day: string) => formatDate(day, look)
  const words = {
    certain: m.certain,
    watching: (isZero(openQuantity) ? m.watchingDone : m.watching)(date(window.to)),
    incomplete: gaps.length > 0 ? m.incomplete : '',
  }
  return (
    <div>
      <Badge kind={kinds[state]}>{m.states[state]}</Badge> {words[state]}
      {gaps.length > 0 && (
        <ul>
          {gaps.map(({ accountId, from, to }) => (
            <li key={`${accountId} ${from}`}>
              <Link href={`/accounts/${accountId}`}>
                <bdi>{nameOf(accountId)}</bdi>
              </Link>
              {m.gap(date(from), date(to))}
            </li>
          ))}
        </ul>
      )}
      {longSales.length > 0 && (
        <>
          <p>{m.longSales}</p>
          <ul>
            {longSales.map(({ accountId, date: day, quantity, symbol, transactionId }) => (
              <li key={transactionId}>
                <Link href={registerPath(accountId, day)}>
                  {m.longSale(date(day), shareWords(quantity, look), symbol, nameOf(accountId))}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const Replacements = ({ nameOf, washSale: { replacements } }: { readonly washSale: WashSale; readonly nameOf: NameOf }) => {
  const look = useLook()
  const days = (count: number): string => {
    if (count === 0) return m.sameDay
    const size = Math.abs(count)
    return (count < 0 ? m.before : m.after)(size, String(size))
  }
  return (
    <ol className={`${styles['list']} ${styles['numbered']}`} aria-label={m.replacements}>
      {replacements.map(({ accountId, date, daysFromSale, disallowedLoss, isLost, quantity, symbol, transactionId }) => (
        <li key={`${transactionId} ${disallowedLoss} ${quantity}`}>
          {m.replacement(formatDate(date, look), days(daysFromSale), shareWords(quantity, look), symbol, nameOf(accountId))}{' '}
          {(isLost ? m.isLost : m.inBasis)(dollarWords(disallowedLoss, look))}{' '}
          <Link href={registerPath(accountId, date)} aria-label={m.showOf(symbol, formatDate(date, look))}>
            {m.show}
          </Link>
        </li>
      ))}
    </ol>
  )
}

/** What became of a loss: its state, its sums, the 61 days as a drawing, and the same facts as a list. */
export const WashSaleStory = ({
  nameOf,
  today,
  washSale,
}: {
  readonly washSale: WashSale
  readonly nameOf: NameOf
  readonly today: string
}) => {
  const look = useLook()
  const { loss, openLoss, openQuantity, replacements } = washSale
  const [shares, date] = [shareWords(loss.quantity, look), formatDate(loss.closedOn, look)]
  return (
    <Card>
      <div className={styles['story']}>
        <h2>{m.loss(dollarWords(sumOf([loss.disallowedLoss, openLoss]), look), shares, loss.symbol)}</h2>
        <p className={styles['quiet']}>{m.sold(date, nameOf(loss.accountId))}</p>
        <State washSale={washSale} nameOf={nameOf} />
        <Facts
          facts={[
            [m.disallowed, <Dollars key="disallowed" value={loss.disallowedLoss} />],
            [m.counts, <Dollars key="counts" value={openLoss} />],
            [m.open, <Quantity key="open" value={openQuantity} />],
          ]}
        />
        <WashTimeline washSale={washSale} nameOf={nameOf} title={m.timeline(shares, loss.symbol, date)} today={today} />
        {replacements.length > 0 && <Replacements washSale={washSale} nameOf={nameOf} />}
      </div>
    </Card>
  )
}
