import { formatDate, formatNumber } from '../../components/format.ts'
import type { Form } from '../../components/use-form.ts'
import type { InputContext, Values } from './leaf.ts'
import { TakeFigures } from './take-figures.tsx'
import { planBasis as m } from '#messages/plan-basis'

/** Where the cost basis of an account of a plan comes from, and what can be taken from the account that it is linked to. */
export const LotsDay = ({ context, form }: { readonly form: Form<Values>; readonly context: InputContext }) => {
  const { isHousehold, look, real } = context
  const { values } = form
  const isTaxable = values['kind'] === 'taxable' && isHousehold
  const account = real.accounts.find(({ accountId }) => accountId === values['linkedAccountId'])
  const written = (amount: string) => formatNumber(amount, { ...look, hidesAmounts: false }, 2)
  const day = String(values['basisAsOf'] ?? '')
  const source = day === '' ? (values['basis'] === '' ? m.open : m.entered) : m.taken(formatDate(day, look))
  return (
    <>
      {isTaxable && <p>{source}</p>}
      {account && context.asOfDate < real.date && <p>{m.otherDay(formatDate(context.asOfDate, look), formatDate(real.date, look))}</p>}
      {account && (
        <TakeFigures
          account={account}
          real={real}
          look={look}
          wantsBasis={isTaxable}
          onTake={({ balance, basis }) =>
            form.set({
              ...(balance === undefined ? {} : { balance: written(balance) }),
              ...(basis === undefined ? {} : { basis: written(basis), basisAsOf: real.date }),
            })
          }
        />
      )}
    </>
  )
}
