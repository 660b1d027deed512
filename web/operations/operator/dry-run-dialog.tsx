import { type ReactNode, useState } from 'react'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Button, type ButtonKind } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { formatInstant, formatNumber } from '../../components/format.ts'
import { Declined } from '../../components/use-form.ts'
import { api } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import styles from './operator.module.css'
import type { PolicyBody } from './policy-values.ts'
import { policyForm, retention as m } from '#messages/operator'
import { form } from '#messages/shell'

export type DryRun = ApiAnswer<'POST /v1/operations/retention-dry-runs'>

/** What a policy would do now, and the button that goes on. */
export const DryRunDialog = ({
  go,
  kind,
  note,
  onClose,
  onGo,
  result: { cutoff, held, records },
  title,
}: {
  readonly title: string
  readonly result: DryRun
  /** What has not happened yet. */
  readonly note: string
  readonly go: string
  readonly kind: ButtonKind
  readonly onClose: () => void
  readonly onGo: () => void
}) => {
  const look = useLook()
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{m.dryRunText(formatNumber(records, look), formatInstant(cutoff, look))}</p>
      {held > 0 && <p>{m.held(formatNumber(held, look))}</p>}
      <p>{note}</p>
      <p className={styles['actions']}>
        <Button kind={kind} onClick={onGo}>
          {go}
        </Button>
        <Button onClick={onClose}>{form.cancel}</Button>
      </p>
    </Dialog>
  )
}

interface Question {
  readonly result: DryRun
  readonly settle: (stores: boolean) => void
}

/**
 * Counts what a policy would do before it is stored, and asks. `confirm` ends when the person stores it, and throws Declined when not; what the
 * server refuses is thrown as it is.
 */
export const useCountFirst = (): { readonly confirm: (body: PolicyBody) => Promise<void>; readonly dialog: ReactNode } => {
  const [question, setQuestion] = useState<Question>()
  const confirm = async ({ action, conditions, retentionPeriodDays, tableName }: PolicyBody): Promise<void> => {
    const body = { action, retentionPeriodDays, tableName, ...(conditions ? { conditions } : {}) }
    const result = await api('POST /v1/operations/retention-dry-runs', { body })
    const stores = await new Promise<boolean>(settle => setQuestion({ result, settle }))
    setQuestion(undefined)
    if (!stores) throw new Declined('Not stored')
  }
  const dialog = question && (
    <DryRunDialog
      title={policyForm.countTitle}
      result={question.result}
      note={policyForm.nothingStored}
      go={policyForm.storeNow}
      kind="primary"
      onGo={() => question.settle(true)}
      onClose={() => question.settle(false)}
    />
  )
  return { confirm, dialog }
}
