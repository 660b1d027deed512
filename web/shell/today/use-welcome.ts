import { useApi } from '../api.ts'
import type { Household } from '../household.ts'
import { storedOnDevice, useStore } from '../store.ts'
import type { Today } from './today.ts'
import { useSecondFactor } from './use-second-factor.ts'

const steps = ['household', 'plan', 'security', 'look'] as const
export type StepName = (typeof steps)[number]

export interface Step {
  readonly name: StepName
  readonly state: 'open' | 'done' | 'skipped'
  /** The page where it is done. */
  readonly href: string
}

/** The steps that a person has skipped, by the id of the person. */
const skippedSteps = storedOnDevice<Readonly<Record<string, readonly StepName[]>>>('skipped-steps', {})

export interface Welcome {
  /** Undefined while it is not known what is done. */
  readonly steps: readonly Step[] | undefined
  readonly skip: (step: StepName) => void
  readonly resume: (step: StepName) => void
}

/** The first steps of a person: what is done by the state of the platform, and what the person has skipped on this device. */
export const useWelcome = (today: Today | undefined, household: Household | undefined): Welcome => {
  const { data: me } = useApi('GET /v1/identity/me')
  const preferences = useApi('GET /v1/identity/preferences', {}, { staleTime: 300_000 })
  const secondFactor = useSecondFactor()
  const skipped = useStore(skippedSteps)[me?.id ?? ''] ?? []
  const store = (names: readonly StepName[]) => {
    if (me) skippedSteps.set(all => ({ ...all, [me.id]: names }))
  }
  const counts = today?.household
  const done: Readonly<Record<StepName, boolean>> = {
    household: (counts?.members ?? 0) + (counts?.openInvitations ?? 0) > 1,
    plan: (counts?.plans ?? 0) > 0,
    security: secondFactor.isSecured === true,
    look: (preferences.data?.version ?? 1) > 1,
  }
  const hrefs: Readonly<Record<StepName, string>> = {
    household: household ? `/households/${household.id}` : '/households',
    plan: '/plans/new',
    security: '/settings/security',
    look: '/settings',
  }
  const isKnown = today !== undefined && !secondFactor.isPending && !preferences.isPending
  return {
    steps: isKnown
      ? steps.map(name => ({ name, href: hrefs[name], state: done[name] ? 'done' : skipped.includes(name) ? 'skipped' : 'open' }))
      : undefined,
    skip: step => store([...skipped, step]),
    resume: step => store(skipped.filter(each => each !== step)),
  }
}
