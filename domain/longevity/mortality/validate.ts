import * as z from 'zod'
import { byKind, findIssues, type Issue, numberFrom, textOf, unless, wholeNumberFrom } from '../../shared/index.ts'
import type { MortalitySpec } from './lifetime.ts'

/** Age at the last birthday. A life ends before age 120. */
const ageAtDeath = wholeNumberFrom(0, 119)

const mortalitySpecSchema = byKind([
  z.object({ kind: z.literal('fixed'), deathAge: ageAtDeath }),
  z.object({ kind: z.literal('drawn'), sex: textOf(['male', 'female']), improvementAnnual: numberFrom(0, 0.1) }),
]) satisfies z.ZodType<MortalitySpec>

/** All issues of a value given as a specification for a person of this age; empty when it can be prepared. */
export function validateMortality(spec: unknown, currentAge: number): Issue[] {
  const ageIssues = findIssues(ageAtDeath, currentAge).map(({ message }) => ({ path: 'currentAge', message }))
  return [
    ...ageIssues,
    ...findIssues<MortalitySpec>(mortalitySpecSchema, spec, [
      mortality =>
        unless(
          ageIssues.length > 0 || mortality.kind === 'drawn' || mortality.deathAge >= currentAge,
          'deathAge',
          `must be at least the current age of ${currentAge}`,
        ),
    ]),
  ]
}
