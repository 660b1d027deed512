import { Link } from 'wouter'
import { formatDate, formatMoney } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { type AccountFigures, basisWithRest } from '../inputs/real-accounts.ts'
import type { PlanInput } from '../inputs/requests.ts'
import type { ShownPlan } from '../plan-header.tsx'
import { planBasis as m } from '#messages/plan-basis'
import { run } from '#messages/plan-results'

interface Taken {
  readonly name: string
  readonly linkedAccountId: string
  readonly basis: string
  readonly basisAsOf: string
}

/** The accounts of a plan of which the cost basis was taken from tax lots. */
const takenOf = (inputs: readonly PlanInput[]): readonly Taken[] =>
  inputs.flatMap(({ inputName, inputType, inputValue }) => {
    const { basis, basisAsOf, linkedAccountId } = inputValue as Partial<Taken>
    return inputType === 'account' && basis !== undefined && basisAsOf !== undefined && linkedAccountId !== undefined
      ? [{ name: inputName, linkedAccountId, basis, basisAsOf }]
      : []
  })

/** The basis that can be taken now, if it is another one. Both have at most two decimals. */
const otherBasis = ({ basis }: Taken, account: AccountFigures | undefined): string | undefined => {
  const now = account && (account.costBasis ?? basisWithRest(account))
  return now === undefined || now.startsWith('-') || Number(now) === Number(basis) ? undefined : now
}

const Differing = ({ canEdit, plan, taken }: ShownPlan & { readonly taken: readonly Taken[] }) => {
  const look = useLook()
  const { data: real } = useApi('GET /v1/wealth/positions', { query: { householdId: plan.householdId } })
  if (!real?.isCurrent) return null
  const money = (amount: string) => formatMoney(amount, look, { currency: 'USD', precision: 'exact' })
  const words = taken.flatMap(each => {
    const now = otherBasis(
      each,
      real.accounts.find(({ accountId }) => accountId === each.linkedAccountId),
    )
    return now === undefined ? [] : [m.other(each.name, money(each.basis), formatDate(each.basisAsOf, look), money(now))]
  })
  if (words.length === 0) return null
  return (
    <Notice>
      <div>
        {words.map(sentence => (
          <p key={sentence}>{sentence}</p>
        ))}
        {canEdit && <Link href={`/plans/${plan.id}/edit`}>{run.editPlan}</Link>}
      </div>
    </Notice>
  )
}

/** Says of which accounts of a plan the tax lots have another cost basis than the one that was taken from them. */
export const BasisNotice = (shown: ShownPlan) => {
  const { data: inputs } = useApi('GET /v1/planning/plans/{planId}/inputs', { params: { planId: shown.plan.id }, query: { limit: 200 } })
  const taken = takenOf(inputs?.items ?? [])
  return taken.length === 0 ? null : <Differing {...shown} taken={taken} />
}
