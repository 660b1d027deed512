import { useApi } from '../../shell/api.ts'
import { Loading } from '../../components/page.tsx'
import type { Plan } from '../plan-header.tsx'
import { inputDifferences } from './input-differences.ts'
import show from './show.module.css'
import { compare as m } from '#messages/plan-analyses'

const shown = 8

const useInputs = (planId: string) =>
  useApi('GET /v1/planning/plans/{planId}/inputs', { params: { planId }, query: { limit: 200 } }).data?.items

/** A path of fields as words: `socialSecurity.claimingAgeMonths`. */
const fieldWords = (path: string): string =>
  path
    .replaceAll('.', ', ')
    .replaceAll(/([A-Z])/g, ' $1')
    .toLowerCase()

/** What is different in the inputs of another plan. */
export const PlanDifferences = ({ other, plan }: { readonly plan: Plan; readonly other: Plan }) => {
  const [own, theirs] = [useInputs(plan.id), useInputs(other.id)]
  if (!own || !theirs) return <Loading />
  const differences = inputDifferences(own, theirs)
  if (differences.length === 0) return <p>{m.same}</p>
  return (
    <ul className={show['list']}>
      {differences.slice(0, shown).map(difference => {
        const words =
          difference.kind === 'changed'
            ? m.changedField(difference.name, fieldWords(difference.field), difference.before, difference.after)
            : m[difference.kind](difference.name)
        return <li key={words}>{words}</li>
      })}
      {differences.length > shown && <li>{m.more(String(differences.length - shown))}</li>}
    </ul>
  )
}
