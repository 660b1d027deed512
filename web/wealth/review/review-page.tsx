import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { EmptyState, Loading, Page } from '../../components/page.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import { showToast } from '../../shell/toasts.ts'
import { attempt } from '../attempt.ts'
import { RecurringList } from './recurring-list.tsx'
import { TransferList } from './transfer-list.tsx'
import { page as m, titles } from '#messages/review'

/** Looks for transfers and payments again. Whatever adds transactions has looked for them already. */
const FindButton = ({ householdId }: { readonly householdId: string }) => {
  const [busy, setBusy] = useState(false)
  const find = async () => {
    setBusy(true)
    try {
      const transfers = await api('POST /v1/wealth/transfers/detections', { body: { householdId } })
      const recurring = await api('POST /v1/wealth/recurring-transactions/detections', { body: { householdId } })
      await refreshQueries('GET /v1/wealth/transfers', 'GET /v1/wealth/recurring-transactions')
      showToast({ kind: 'good', text: m.found(transfers.found, recurring.found) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button kind="primary" busy={busy} onClick={() => void attempt(m.failed, find)}>
      {m.find}
    </Button>
  )
}

const ReviewPage = () => {
  const { canEdit, household, isPending } = useHouseholds()
  const actions = household && canEdit ? <FindButton key={household.id} householdId={household.id} /> : undefined
  return (
    <Page title={titles.review} lead={m.lead} actions={actions}>
      {household ? (
        <>
          <TransferList householdId={household.id} canEdit={canEdit} />
          <RecurringList householdId={household.id} canEdit={canEdit} />
        </>
      ) : isPending ? (
        <Loading />
      ) : (
        <EmptyState title={m.noHousehold} />
      )}
    </Page>
  )
}

export default ReviewPage
