import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Button } from '../../components/button.tsx'
import { Count, Moment } from '../../components/figures.tsx'
import { formatInstant } from '../../components/format.ts'
import { List } from '../../components/list.tsx'
import { Badge, EmptyState, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { api, refreshQueries } from '../../shell/api.ts'
import { useApiPages } from '../../shell/api-pages.ts'
import { useLook } from '../../shell/preferences.ts'
import { showToast } from '../../shell/toasts.ts'
import { list, log as m, sources } from '#messages/rules'

type Run = ApiItem<'GET /v1/wealth/rule-runs'>

/** Undoes runs, the last one first, and says what was restored. After a failure it goes on with the one that failed. */
export const undoRuns = async (ruleRunIds: string[]): Promise<void> => {
  let [restored, kept] = [0, 0]
  for (let ruleRunId = ruleRunIds.at(-1); ruleRunId !== undefined; ruleRunId = ruleRunIds.at(-1)) {
    const undone = await api('POST /v1/wealth/rule-runs/{ruleRunId}/restorations', { params: { ruleRunId } })
    ruleRunIds.pop()
    restored += undone.restoredCount
    kept += undone.keptCount
    await refreshQueries('GET /v1/wealth/rule-runs')
  }
  showToast({ kind: 'good', text: list.undone(restored, kept) })
}

const UndoButton = ({ run }: { readonly run: Run }) => {
  const look = useLook()
  const undo = () => undoRuns([run.id]).catch((error: unknown) => showToast({ kind: 'bad', text: list.failed, error }))
  return (
    <Button kind="quiet" aria-label={m.undoOf(formatInstant(run.createdAt, look))} onClick={() => void undo()}>
      {m.undo}
    </Button>
  )
}

/** The runs of rules of a household, each of which can be undone. */
export const RuleLog = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const runs = useApiPages('GET /v1/wealth/rule-runs', { query: { householdId, limit: 20 } })
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={runs} empty={<EmptyState title={m.empty}>{m.emptyLead}</EmptyState>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              { key: 'when', header: m.when, cell: run => <Moment instant={run.createdAt} /> },
              { key: 'by', header: m.by, wide: true, cell: run => sources[run.source] },
              { key: 'read', header: m.read, align: 'end', wide: true, cell: run => <Count value={run.transactionCount} /> },
              { key: 'set', header: m.set, align: 'end', cell: run => <Count value={run.changeCount} /> },
              {
                key: 'undo',
                header: m.undo,
                cell: run =>
                  run.undoneAt !== null ? <Badge>{m.undone}</Badge> : canEdit && run.changeCount > 0 ? <UndoButton run={run} /> : null,
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
