import { Link } from 'wouter'
import { formatDate } from '../../components/format.ts'
import { Section } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { type NameOf, type Positions, registerPath } from './lot-data.ts'
import { shareWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { incomplete as m } from '#messages/lots'

/** What the lots lack, with the transaction that shows it. Nothing is shown if nothing is lacking. */
export const IncompleteList = ({ nameOf, problems }: { readonly problems: Positions['problems']; readonly nameOf: NameOf }) => {
  const look = useLook()
  if (problems.length === 0) return null
  return (
    <Section title={m.title} lead={m.lead}>
      <ul className={styles['list']}>
        {problems.map(({ accountId, date, kind, message, quantity, symbol, transactionId }) => (
          <li key={`${transactionId} ${kind} ${symbol}`}>
            <strong>
              <bdi>{symbol}</bdi>
            </strong>
            {', '}
            {shareWords(quantity, look)}, <bdi>{nameOf(accountId)}</bdi>: {message}{' '}
            <Link href={registerPath(accountId, date)}>{m.show(formatDate(date, look))}</Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
