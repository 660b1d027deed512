import { lazy, Suspense } from 'react'
import { ApiProblem } from '../client/problem.ts'
import { Dialog } from '../components/dialog.tsx'
import { Loading } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import type { Plan } from './plan-header.tsx'
import { planEdit as m } from '#messages/plan-edit'

/** Fetched only after a refusal: it has the words of all inputs. */
const Faults = lazy(() => import('./faults.tsx'))

/** Why a plan was not simulated, with a button for each input that has to be corrected. */
export const RefusedRun = ({
  error,
  onClose,
  plan,
  retry,
}: {
  readonly plan: Plan
  readonly error: unknown
  readonly onClose: () => void
  readonly retry: () => unknown
}) => {
  const faults = error instanceof ApiProblem ? error.problem.errors : []
  return (
    <Dialog title={m.notSimulable} onClose={onClose}>
      {faults.length === 0 ? (
        <Failure error={error} retry={retry} />
      ) : (
        <>
          <p>{m.notSimulableLead}</p>
          <Suspense fallback={<Loading />}>
            <Faults faults={faults} planId={plan.id} onClose={onClose} />
          </Suspense>
        </>
      )}
    </Dialog>
  )
}
