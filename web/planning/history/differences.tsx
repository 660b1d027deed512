import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { type DifferenceRow, DifferenceTable } from '../../components/versions.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { termText } from '../edit/terms-values.ts'
import type { InputContext } from '../inputs/leaf.ts'
import { inputLines, type Line } from '../inputs/lines.ts'
import { isInputType } from '../inputs/descriptions.ts'
import { useInputs } from '../inputs/requests.ts'
import { useInputContext } from '../inputs/use-context.ts'
import type { Plan } from '../plan-header.tsx'
import { planTerms } from '#messages/plan-edit'
import { types } from '#messages/plan-fields'
import { planHistory as m } from '#messages/plan-history'
import { versions as words } from '#messages/versions'

type Difference = ApiAnswer<'GET /v1/planning/plans/{planId}/differences'>['differences'][number]

interface StoredInput {
  readonly inputType: string
  readonly inputValue: unknown
}

const linesOf = (stored: unknown, context: InputContext): readonly Line[] => {
  const { inputType, inputValue } = (stored ?? { inputType: '', inputValue: {} }) as StoredInput
  return isInputType(inputType) ? inputLines(inputType, inputValue, context) : []
}

const typeOf = ({ after, before }: Difference): string => {
  const { inputType } = (after ?? before) as unknown as StoredInput
  return isInputType(inputType) ? types[inputType] : inputType
}

/** The rows of an input: only the fields that differ. The first row of an added or removed input says so. */
const inputRows = (difference: Difference, name: string, context: InputContext): readonly DifferenceRow[] => {
  const [before, after] = [linesOf(difference.before, context), linesOf(difference.after, context)]
  const labels = [...new Set([...before, ...after].map(({ label }) => label))]
  const textOf = (lines: readonly Line[], label: string) =>
    lines
      .filter(line => line.label === label)
      .map(({ text }) => text)
      .join(', ') || words.nothing
  const rows = labels
    .map(label => ({ key: `${name} ${label}`, field: label, before: textOf(before, label), after: textOf(after, label) }))
    .filter(row => row.before !== row.after)
  const title = `${name} (${typeOf(difference)})`
  return [{ key: name, field: m[difference.kind](title), before: '', after: '' }, ...rows]
}

/** What has changed between two versions, in words. */
export const Differences = ({ from, plan, to }: { readonly plan: Plan; readonly from: number; readonly to: number }) => {
  const look = useLook()
  const { data, error, refetch } = useApi('GET /v1/planning/plans/{planId}/differences', {
    params: { planId: plan.id },
    query: { from, to },
  })
  const context = useInputContext(plan, useInputs(plan.id).data ?? [])
  const models = useApi('GET /v1/planning/portfolio-models', { query: { limit: 200, sort: 'riskLevel' } }).data?.items ?? []
  const sets = useApi('GET /v1/planning/assumption-sets', { query: { limit: 200, sort: 'name' } }).data?.items ?? []
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  if (data.differences.length === 0) return <p>{words.same}</p>
  const nameOf = (id: string) => [...models, ...sets].find(each => each.id === id)?.name
  const rows = data.differences.flatMap((difference): readonly DifferenceRow[] => {
    const [, name = ''] = /^inputs\.(.*)$/s.exec(difference.path) ?? []
    if (difference.path.startsWith('inputs.')) return inputRows(difference, name, context)
    const term = difference.path.replace('plan.', '')
    const texts = (planTerms.fields as Readonly<Record<string, { readonly label: string }>>)[term]
    const textOf = (value: unknown) => termText(term, term === 'confidenceLevel' ? Number(value) : value, look, nameOf)
    return [{ key: difference.path, field: texts?.label ?? term, before: textOf(difference.before), after: textOf(difference.after) }]
  })
  return <DifferenceTable rows={rows} />
}
