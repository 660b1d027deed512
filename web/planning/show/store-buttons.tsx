import { useState } from 'react'
import { useLocation } from 'wouter'
import { ApiProblem } from '../../client/problem.ts'
import { Button } from '../../components/button.tsx'
import { ConflictDialog } from '../../components/use-conflict.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/field.tsx'
import { Form } from '../../components/form.tsx'
import { useForm } from '../../components/use-form.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { refreshPlan } from '../inputs/requests.ts'
import type { ShownPlan } from '../plan-header.tsx'
import { leverWords } from './lever-list.tsx'
import { changesOf, type Lever, type Moved, type PortfolioModel } from './levers.ts'
import { branchWith, storeWithUndo } from './store-changes.ts'
import type { ReadInput } from './stored-input.ts'
import styles from './what-if.module.css'
import { whatIf as m } from '#messages/plan-analyses'
import { form as words, problem } from '#messages/shell'

interface Given extends ShownPlan {
  readonly levers: readonly Lever[]
  readonly inputs: readonly ReadInput[]
  readonly models: readonly PortfolioModel[]
  readonly moved: Moved
  readonly onMove: (moved: Moved) => void
  /** The version of the plan that the sliders were moved from. */
  readonly since: number
  /** The person has seen a newer version. */
  readonly onSeen: (version: number) => void
}

/** Somebody else has changed the plan: its version, or one of its inputs, is not there any more. */
const isConflict = (error: unknown): boolean => error instanceof ApiProblem && [404, 409, 412].includes(error.status)

const ScenarioDialog = ({ inputs, models, moved, onClose, plan }: Given & { readonly onClose: () => void }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { name: m.scenarioDefault(plan.name) },
    check: ({ name }) => (name.trim() === '' ? { name: words.required } : {}),
    submit: async ({ name }, key) => {
      const branch = await branchWith(plan.id, name.trim(), changesOf(inputs, models, moved), key)
      showToast({ kind: 'good', text: m.scenarioMade(branch.name) })
      navigate(`/plans/${plan.id}/compare?with=${branch.id}`)
    },
  })
  return (
    <Dialog title={m.scenario} onClose={onClose}>
      <Form form={form} submit={m.scenario} onCancel={onClose}>
        <TextField {...form.text('name')} label={m.scenarioName} help={m.scenarioHelp} />
      </Form>
    </Dialog>
  )
}

/** Stores what the sliders say, makes a scenario of it, or forgets it. */
export const StoreButtons = (given: Given) => {
  const { canEdit, inputs, levers, models, moved, onMove, onSeen, plan, since } = given
  const look = useLook()
  const [busy, setBusy] = useState(false)
  const [dialog, setDialog] = useState<'scenario' | 'conflict'>()
  const store = async (seen = since): Promise<void> => {
    if (seen !== plan.version) {
      setDialog('conflict')
      return
    }
    setBusy(true)
    setDialog(undefined)
    try {
      await storeWithUndo(plan, changesOf(inputs, models, moved), m.storedNow(plan.name))
      onMove({})
    } catch (error) {
      if (isConflict(error)) {
        await refreshPlan()
        setDialog('conflict')
      } else {
        showToast({ kind: 'bad', text: problem.title, error, retry: () => void store() })
      }
    } finally {
      setBusy(false)
    }
  }
  const shown = levers.filter(({ key }) => moved[key] !== undefined)
  if (shown.length === 0) return null
  const valueWords = (lever: Lever, value: number) => leverWords(lever, value, { inputs, models, look })
  return (
    <div className={styles['buttons']}>
      {canEdit && (
        <>
          <Button kind="primary" busy={busy} onClick={() => void store()}>
            {m.store}
          </Button>
          <Button disabled={busy} onClick={() => setDialog('scenario')}>
            {m.scenario}
          </Button>
        </>
      )}
      <Button kind="quiet" disabled={busy} onClick={() => onMove({})}>
        {m.reset}
      </Button>
      {dialog === 'scenario' && <ScenarioDialog {...given} onClose={() => setDialog(undefined)} />}
      {dialog === 'conflict' && (
        <ConflictDialog
          fields={shown.map(lever => ({
            label: valueWords(lever, lever.stored).label,
            yours: valueWords(lever, moved[lever.key]!).words,
            theirs: valueWords(lever, lever.stored).words,
          }))}
          onKeepMine={() => {
            onSeen(plan.version)
            void store(plan.version)
          }}
          onTakeTheirs={() => {
            onMove({})
            setDialog(undefined)
          }}
        />
      )}
    </div>
  )
}
