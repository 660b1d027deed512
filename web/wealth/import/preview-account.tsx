import type { ApiItem } from '../../../lambdas/api-types.ts'
import { CheckboxField, SelectField } from '../../components/field.tsx'
import { CalendarDate, Count, Money } from '../../components/figures.tsx'
import { filterField } from '../../components/filters.tsx'
import { formatDate, formatMoney, formatNumber } from '../../components/format.ts'
import { Badge, Grid, Notice, Section, Stat } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import styles from './import.module.css'
import { type PreviewAccount, type PreviewRow, type Reading, withAccount } from './choices.ts'
import { preview as m, verdicts } from '#messages/import'

type Account = ApiItem<'GET /v1/wealth/accounts'>

const kinds = { new: 'good', duplicate: 'plain', doubtful: 'warn' } as const

/** What a row is, and why it is not new. */
const What = ({ row: { date, description, merchantName, reason, verdict } }: { readonly row: PreviewRow }) => (
  <div className={styles['what']}>
    <strong>{merchantName ?? description}</strong>
    <span className={styles['details']}>
      <Badge kind={kinds[verdict]}>{verdicts[verdict]}</Badge> <CalendarDate date={date} />
    </span>
    {reason !== null && <span className={styles['details']}>{reason}</span>}
  </div>
)

const nameOf = ({ mask, name }: PreviewAccount): string => {
  const parts = [name, mask === null ? null : m.ending(mask)].filter(part => part !== null)
  return parts.length === 0 ? m.unnamed : m.accountOf(parts.join(', '))
}

/** One account of a file: where its rows go, the balances, and the rows as they would be stored. */
export const PreviewOfAccount = ({
  account,
  accounts,
  onRead,
  reading,
}: {
  readonly account: PreviewAccount
  readonly accounts: readonly Account[]
  readonly reading: Reading
  readonly onRead: (reading: Reading) => void
}) => {
  const look = useLook()
  const isLeftOut = reading.accounts?.some(each => each.key === account.key && each.accountId === null)
  const value = account.accountId ?? (isLeftOut ? 'none' : '')
  const options = [
    ['', m.chooseAccount] as const,
    ...accounts.map(each => [each.id, each.mask === null ? each.name : `${each.name}, ${m.ending(each.mask)}`] as const),
    ['none', m.noAccount] as const,
  ]
  const currency = account.currency === null ? {} : { currency: account.currency }
  const opening = account.openingBalance
  return (
    <Section title={nameOf(account)}>
      {account.rowCount > 0 && (
        <SelectField
          {...filterField(`account-${account.key}`, value, id =>
            onRead(withAccount(reading, account.key, id === 'none' || id === '' ? null : id)),
          )}
          label={m.account}
          options={options}
        />
      )}
      {account.problem !== null && <Notice kind="bad">{account.problem}</Notice>}
      <Grid>
        <Stat label={m.fresh}>
          <Count value={account.newCount} />
        </Stat>
        <Stat label={m.duplicates}>
          <Count value={account.duplicateCount} />
        </Stat>
        {account.doubtfulCount > 0 && (
          <Stat label={m.doubtful}>
            <Count value={account.doubtfulCount} />
          </Stat>
        )}
        {account.balance !== null && (
          <Stat label={m.balance(account.balanceDate === null ? '' : formatDate(account.balanceDate, look))}>
            <Money value={account.balance} precision="exact" {...currency} />
          </Stat>
        )}
        {account.balanceAfter !== null && (
          <Stat label={m.after}>
            <Money value={account.balanceAfter} precision="exact" {...currency} />
          </Stat>
        )}
      </Grid>
      {opening !== null && account.balanceAfter !== account.balance && (
        <CheckboxField
          id="import-opening"
          name="setOpeningBalance"
          error={undefined}
          label={m.setOpening(formatMoney(opening, look, { precision: 'exact', ...currency }))}
          checked={reading.setOpeningBalance ?? false}
          onChange={setOpeningBalance => onRead({ ...reading, setOpeningBalance })}
        />
      )}
      {account.holdingCount > 0 && <p>{m.holdings(account.holdingCount, formatNumber(account.holdingCount, look))}</p>}
      {account.rows.length < account.rowCount && (
        <p>{m.shown(account.rowCount, formatNumber(account.rows.length, look), formatNumber(account.rowCount, look))}</p>
      )}
      {account.rows.length > 0 && (
        <Table
          isTall
          caption={m.rows(nameOf(account))}
          rows={account.rows}
          rowKey={({ line, symbol, verdict }) => `${line} ${verdict} ${symbol}`}
          columns={[
            { key: 'line', header: m.line, align: 'end', wide: true, cell: ({ line }) => line },
            { key: 'what', header: m.description, grow: true, cell: row => <What row={row} /> },
            {
              key: 'amount',
              header: m.amount,
              align: 'end',
              cell: ({ amount }) => <Money value={amount} precision="exact" {...currency} />,
            },
          ]}
        />
      )}
    </Section>
  )
}
