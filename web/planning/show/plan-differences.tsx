import { useApi } from '../../shell/api.ts'
import { formatMoney } from '../../components/format.ts'
import { Loading } from '../../components/page.tsx'
import { type Look, useLook } from '../../shell/preferences.ts'
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

/** An amount, which is decimal text with cents, as money; anything else as it is. */
const valueWords = (value: string, look: Look): string =>
  /^\d+\.\d{2}$/.test(value) ? formatMoney(value, look, { precision: 'exact' }) : value

/** What is different in the terms of two plans that their figures depend on. */
const termDifferences = (plan: Plan, other: Plan): readonly string[] => [
  ...(['planningHorizonYears', 'asOfDate', 'stepsPerYear', 'randomSeed'] as const)
    .filter(term => plan[term] !== other[term])
    .map(term => m.changedTerm(m.terms[term], String(plan[term]), String(other[term]))),
  ...(plan.portfolioModelId === other.portfolioModelId ? [] : [m.otherModel]),
  ...(plan.cmaId === other.cmaId ? [] : [m.otherAssumptions]),
]

/** What is different in another plan: in its terms and in its inputs. */
export const PlanDifferences = ({ other, plan }: { readonly plan: Plan; readonly other: Plan }) => {
  const [own, theirs] = [useInputs(plan.id), useInputs(other.id)]
  const look = useLook()
  if (!own || !theirs) return <Loading />
  const differences = inputDifferences(own, theirs)
  const terms = termDifferences(plan, other)
  if (differences.length + terms.length === 0) return <p>{m.same}</p>
  return (
    <ul className={show['list']}>
      {terms.map(words => (
        <li key={words}>{words}</li>
      ))}
      {differences.slice(0, shown).map(difference => {
        const words =
          difference.kind === 'changed'
            ? m.changedField(
                difference.name,
                fieldWords(difference.field),
                valueWords(difference.before, look),
                valueWords(difference.after, look),
              )
            : m[difference.kind](difference.name)
        return <li key={words}>{words}</li>
      })}
      {differences.length > shown && <li>{m.more(String(differences.length - shown))}</li>}
    </ul>
  )
}
