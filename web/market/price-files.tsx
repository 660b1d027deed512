import type { ApiItem } from '../../lambdas/api-types.ts'
import { Button } from '../components/button.tsx'
import { Moment } from '../components/figures.tsx'
import { formatNumber } from '../components/format.ts'
import { List } from '../components/list.tsx'
import { Section } from '../components/page.tsx'
import { Table } from '../components/table.tsx'
import { useApiPages } from '../shell/api-pages.ts'
import { type Look, useLook } from '../shell/preferences.ts'
import { showToast } from '../shell/toasts.ts'
import { undoFile } from './load-rows.ts'
import { priceFiles as m } from '#messages/market-forms'

type File = ApiItem<'GET /v1/market/price-files'>

const nameOf = ({ fileName }: File): string => fileName ?? m.pasted

const describe = ({ actionCount, replacedCount, storedCount }: File, look: Look): string => {
  const parts: readonly (readonly [number, (count: number, shown: string) => string])[] = [
    [storedCount - replacedCount, m.added],
    [replacedCount, m.replaced],
    [actionCount, m.actions],
  ]
  return parts.flatMap(([count, say]) => (count === 0 ? [] : [say(count, formatNumber(count, look))])).join(' · ')
}

const undo = async (file: File): Promise<void> => {
  try {
    await undoFile(file.id)
    showToast({ kind: 'good', text: m.undone(nameOf(file)) })
  } catch (error) {
    showToast({ kind: 'bad', text: m.notUndone(nameOf(file)), error })
  }
}

/** The price files that were stored, with a button that undoes each. */
export const PriceFiles = () => {
  const look = useLook()
  const list = useApiPages('GET /v1/market/price-files', { query: { limit: 20 } })
  return (
    <Section title={m.title} lead={m.lead}>
      <List list={list} empty={<p>{m.empty}</p>}>
        {items => (
          <Table
            caption={m.title}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'file',
                header: m.file,
                cell: file => (
                  <>
                    <bdi>{nameOf(file)}</bdi>
                    <div>
                      <small>{describe(file, look)}</small>
                    </div>
                  </>
                ),
              },
              { key: 'stored', header: m.stored, wide: true, cell: ({ createdAt }) => <Moment instant={createdAt} /> },
              {
                key: 'actions',
                header: m.undo,
                hidesHeader: true,
                align: 'end',
                cell: file =>
                  file.undoneAt === null ? (
                    <Button aria-label={m.undoOf(nameOf(file))} onClick={() => void undo(file)}>
                      {m.undo}
                    </Button>
                  ) : (
                    m.isUndone
                  ),
              },
            ]}
          />
        )}
      </List>
    </Section>
  )
}
