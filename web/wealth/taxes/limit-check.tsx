import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Facts } from '../../components/facts.tsx'
import { CalendarDate, Money } from '../../components/figures.tsx'
import { formatMoney } from '../../components/format.ts'
import { Badge, Card } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import styles from './taxes.module.css'
import { limits as m } from '#messages/taxes'

export type Limits = ApiAnswer<'GET /v1/wealth/contribution-limits'>
export type Check = Limits['checks'][number]

interface Shown {
  readonly check: Check
  readonly year: number
  /** The name of a person of the household. */
  readonly nameOf: (personId: string | null) => string
}

const kinds = { within: 'good', over: 'bad', incomplete: 'warn' } as const

const Amount = ({ value }: { readonly value: string }) => <Money value={value} currency="USD" precision="exact" />

/** How a limit is made up, part by part. */
const MakeUp = ({ limit, parts }: Pick<Check, 'limit' | 'parts'>) =>
  limit === null ? null : (
    <section>
      <h3>{m.makeUp}</h3>
      <Facts
        facts={[
          ...parts.map(
            ({ amount, kind, months }) =>
              [months === null ? m.parts[kind] : `${m.parts[kind]}, ${m.months(months)}`, <Amount key={kind} value={amount} />] as const,
          ),
          [m.limit, <Amount key="limit" value={limit} />],
        ]}
      />
    </section>
  )

const Missing = ({ check, nameOf, year }: Shown) =>
  check.missing.length === 0 ? null : (
    <section>
      <h3>{m.needs}</h3>
      <ul>
        {check.missing.map(({ fact, personId }) => (
          <li key={`${fact} ${personId}`}>
            {m.missing[fact](nameOf(personId))}
            {fact === 'birth_date' && personId !== null && (
              <>
                {' · '}
                <Link href={`/people/${personId}`}>{m.toPerson}</Link>
              </>
            )}
          </li>
        ))}
      </ul>
      <Link href={`/taxes/years/${year}`}>{m.toFacts}</Link>
    </section>
  )

const Deposits = ({ deposits, name }: Pick<Check, 'deposits'> & { readonly name: string }) => (
  <section>
    <h3>{m.deposits}</h3>
    {deposits.length === 0 ? (
      <p className={styles['quiet']}>{m.noDeposits}</p>
    ) : (
      <Table
        caption={m.depositsCaption(name)}
        rows={deposits}
        rowKey={({ transactionId }) => transactionId}
        columns={[
          { key: 'date', header: m.columns.date, cell: ({ date }) => <CalendarDate date={date} /> },
          {
            key: 'account',
            header: m.columns.account,
            cell: ({ accountId, accountName }) => (
              <Link href={`/accounts/${accountId}/register`}>
                <bdi>{accountName}</bdi>
              </Link>
            ),
          },
          { key: 'amount', header: m.columns.amount, align: 'end', cell: ({ amount }) => <Amount value={amount} /> },
        ]}
      />
    )}
  </section>
)

/** What an excess costs, by when and how it is corrected. */
const Excess = ({ check }: Pick<Shown, 'check'>) => {
  const look = useLook()
  const money = (amount: string) => formatMoney(amount, look, { currency: 'USD', precision: 'exact' })
  return (
    <section>
      <h3>{m.excess}</h3>
      <p>
        {check.consequence} {check.excisePerYear !== null && <strong>{m.excise(money(check.excisePerYear))}</strong>}
      </p>
      <p>{check.correction}</p>
      <p>
        {m.lastDay}{' '}
        <strong>
          <CalendarDate date={check.lastDayToCorrect} />
        </strong>
      </p>
      {Number(check.overElsewhere) > 0 && <p>{m.elsewhere(money(check.overElsewhere))}</p>}
    </section>
  )
}

/** One limit: a gauge with its words, which opens to its make-up, its deposits and what to do about an excess. */
export const LimitCheck = ({ accountName, check, nameOf, year }: Shown & { readonly accountName: string | undefined }) => {
  const look = useLook()
  const money = (amount: string) => formatMoney(amount, look, { currency: 'USD', precision: 'exact' })
  const { beneficiaryId, deposits, left, limit, over, sharedWithId, status, used } = check
  const about = [
    accountName,
    beneficiaryId !== null && m.to(nameOf(beneficiaryId)),
    sharedWithId !== null && m.with(nameOf(sharedWithId)),
  ].filter(Boolean)
  const name = [m.kinds[check.kind], ...about].join(', ')
  const share = limit === null || Number(limit) === 0 ? (status === 'over' ? 1 : 0) : Math.min(1, Number(used) / Number(limit))
  return (
    <Card>
      <details className={styles['check']}>
        <summary>
          {name} <Badge kind={kinds[status]}>{m.status[status]}</Badge>
          <span className={styles['figures']}>
            <span>{limit === null ? m.usedOnly(money(used)) : m.used(money(used), money(limit))}</span>
            {status === 'over' && over !== null && <strong>{m.over(money(over))}</strong>}
            {status === 'within' && left !== null && <span>{m.left(money(left))}</span>}
          </span>
        </summary>
        <div className={styles['body']}>
          <Missing check={check} nameOf={nameOf} year={year} />
          <MakeUp limit={limit} parts={check.parts} />
          <Deposits deposits={deposits} name={name} />
          <Excess check={check} />
        </div>
      </details>
      {limit !== null && (
        <progress
          className={`${styles['bar']} ${status === 'over' ? styles['over'] : ''}`}
          aria-label={m.gauge(name)}
          value={look.hidesAmounts ? 0 : share}
          max={1}
        />
      )}
    </Card>
  )
}
