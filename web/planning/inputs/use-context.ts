import type { Plan } from '../plan-header.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { useAccounts } from '../../wealth/use-household-data.ts'
import { isHousehold } from './is-household.ts'
import type { InputContext } from './leaf.ts'
import { noAccounts } from './real-accounts.ts'
import type { PlanInput } from './requests.ts'

const namesOf = (inputs: readonly PlanInput[], type: string): readonly string[] =>
  inputs.filter(({ inputType }) => inputType === type).map(({ inputName }) => inputName)

const birthDateOf = ({ inputValue }: PlanInput): string => (inputValue as { readonly birthDate?: string } | null)?.birthDate ?? ''

/** What the fields of the inputs of a plan refer to. */
export const useInputContext = (
  plan: Pick<Plan, 'asOfDate' | 'cmaId' | 'householdId'>,
  inputs: readonly PlanInput[],
): InputContext & { readonly isReady: boolean } => {
  const look = useLook()
  const { data: assumptions, isPending } = useApi(
    'GET /v1/planning/assumption-sets/{assumptionSetId}',
    { params: { assumptionSetId: plan.cmaId } },
    { staleTime: 300_000 },
  )
  const { data: real, isPending: isReading } = useApi('GET /v1/wealth/positions', { query: { householdId: plan.householdId } })
  const { data: accounts, isPending: isListing } = useAccounts(plan.householdId)
  return {
    isReady: !isPending && !isReading && !isListing,
    look,
    asOfDate: plan.asOfDate,
    people: inputs
      .filter(input => input.inputType === 'person' && birthDateOf(input) !== '')
      .map(input => ({ name: input.inputName, birthDate: birthDateOf(input) })),
    names: { person: namesOf(inputs, 'person'), account: namesOf(inputs, 'account'), income: namesOf(inputs, 'income') },
    assets: assumptions?.assumptions.assets.map(({ key, name }) => [key, name] as const) ?? [],
    isHousehold: isHousehold(inputs),
    real: real ?? noAccounts,
    accounts: accounts?.items ?? [],
  }
}
