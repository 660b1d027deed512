import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { EmptyState, Page, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import type { Household } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { CategoryDialog } from './category-dialog.tsx'
import { RemoveCategory } from './remove-category.tsx'
import type { OwnCategory } from './own-category.ts'
import { categories as m, titles } from '#messages/categories'
import { categories as names } from '#messages/register'

type Shown = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly category: OwnCategory }

const parents = Object.entries(names) as [OwnCategory['parent'], string][]

const Categories = ({ canEdit, household }: { readonly household: Household; readonly canEdit: boolean }) => {
  const [shown, setShown] = useState<Shown>()
  const { data, error, refetch } = useApi('GET /v1/wealth/transaction-categories', {
    query: { householdId: household.id, limit: 1000, sort: 'name' },
  })
  const close = () => setShown(undefined)
  const add = canEdit && (
    <Button kind="primary" icon="plus" onClick={() => setShown({ kind: 'add' })}>
      {m.add}
    </Button>
  )
  return (
    <>
      <List
        list={{ items: data?.items, error, retry: refetch }}
        empty={
          <EmptyState title={m.empty} action={add}>
            {canEdit ? m.emptyLead : m.emptyForViewers}
          </EmptyState>
        }
      >
        {items => (
          <>
            <p>{add}</p>
            {parents
              .map(([parent, title]) => [title, items.filter(each => each.parent === parent)] as const)
              .filter(([, own]) => own.length > 0)
              .map(([title, own]) => (
                <Section key={title} title={title}>
                  <Table
                    caption={title}
                    rows={own}
                    rowKey={({ id }) => id}
                    columns={[
                      { key: 'name', header: m.name, grow: true, cell: ({ name }) => name },
                      {
                        key: 'actions',
                        header: m.actions,
                        hidesHeader: true,
                        align: 'end',
                        cell: category =>
                          canEdit && (
                            <>
                              <Button aria-label={m.changeOf(category.name)} onClick={() => setShown({ kind: 'change', category })}>
                                {m.change}
                              </Button>{' '}
                              <Button aria-label={m.removeOf(category.name)} onClick={() => setShown({ kind: 'remove', category })}>
                                {m.remove}
                              </Button>
                            </>
                          ),
                      },
                    ]}
                  />
                </Section>
              ))}
          </>
        )}
      </List>
      {shown?.kind === 'add' && <CategoryDialog householdId={household.id} onClose={close} />}
      {shown?.kind === 'change' && <CategoryDialog householdId={household.id} category={shown.category} onClose={close} />}
      {shown?.kind === 'remove' && <RemoveCategory category={shown.category} onClose={close} />}
    </>
  )
}

/** The categories that a household has added to those of all, by the one above them. */
const CategoriesPage = () => (
  <Page title={titles.categories} lead={m.lead}>
    <HouseholdGate>{(household, canEdit) => <Categories key={household.id} household={household} canEdit={canEdit} />}</HouseholdGate>
  </Page>
)

export default CategoriesPage
