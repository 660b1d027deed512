import { Button } from '../../components/button.tsx'
import { FieldGroup } from '../../components/field-group.tsx'
import { formatDate, formatMoney } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import type { Look } from '../../shell/preferences.ts'
import { type AccountFigures, basisWithRest, type RealAccounts } from './real-accounts.ts'
import { planBasis as m } from '#messages/plan-basis'

/** What a person takes over: amounts as the server writes them. */
export interface Taken {
  readonly balance?: string
  readonly basis?: string
}

interface Props {
  readonly account: AccountFigures
  readonly real: RealAccounts
  readonly look: Look
  /** Whether the plan uses the cost basis of the account. */
  readonly wantsBasis: boolean
  readonly onTake: (taken: Taken) => void
}

const Worth = ({ account: { priceDate, value }, look }: Pick<Props, 'account' | 'look'>) => {
  if (value === null) return <p>{m.noValue}</p>
  const amount = formatMoney(value, look, { currency: 'USD', precision: 'exact' })
  return <p>{priceDate === null ? m.worth(amount) : m.pricesOf(amount, formatDate(priceDate, look))}</p>
}

/** Why the basis is not known, each security with its reason. */
const Gaps = ({ account: { gaps, lotBasis }, look }: Pick<Props, 'account' | 'look'>) => (
  <Notice kind="warn">
    <p>{m.unknown}</p>
    <ul>
      {gaps.map(({ kind, message, symbol }) => (
        <li key={`${symbol} ${kind}`}>
          {symbol !== null && (
            <>
              <bdi>{symbol}</bdi>:{' '}
            </>
          )}
          {message}
        </li>
      ))}
    </ul>
    {Number(lotBasis) !== 0 && <p>{m.knownPart(formatMoney(lotBasis, look, { currency: 'USD', precision: 'exact' }))}</p>}
  </Notice>
)

const Basis = ({ account, look, real }: Pick<Props, 'account' | 'look' | 'real'>) => {
  const money = (amount: string) => formatMoney(amount, look, { currency: 'USD', precision: 'exact' })
  const date = formatDate(real.date, look)
  const { cash, costBasis, lotBasis, rest } = account
  if (costBasis !== null)
    return (
      <>
        <p>{m.known(money(costBasis), date)}</p>
        {cash?.startsWith('-') && <p>{m.borrowed(money(cash))}</p>}
      </>
    )
  if (basisWithRest(account) !== undefined) return <p>{m.withRest(money(lotBasis), money(rest!), date)}</p>
  return <Gaps account={account} look={look} />
}

/** What the accounts of the household know of an account of a plan, and the button that takes it into the form. It is stored with the form. */
export const TakeFigures = ({ account, look, onTake, real, wantsBasis }: Props) => {
  const withRest = basisWithRest(account)
  const basis = wantsBasis && real.isCurrent ? (account.costBasis ?? withRest) : undefined
  // The plan has no negative amounts.
  const balance = account.value !== null && !account.value.startsWith('-') ? account.value : undefined
  const taken: Taken = { ...(balance === undefined ? {} : { balance }), ...(basis === undefined || basis.startsWith('-') ? {} : { basis }) }
  const words = () => {
    if (taken.basis === undefined) return m.takeBalance
    if (account.costBasis === null) return m.takeWithRest
    return taken.balance === undefined ? m.takeBasis : m.take
  }
  return (
    <FieldGroup legend={m.legend(account.name)} error={undefined}>
      <Worth account={account} look={look} />
      {wantsBasis && (real.isCurrent ? <Basis account={account} look={look} real={real} /> : <p>{m.calculating}</p>)}
      {Object.keys(taken).length > 0 && (
        <p>
          <Button onClick={() => onTake(taken)}>{words()}</Button>
        </p>
      )}
    </FieldGroup>
  )
}
